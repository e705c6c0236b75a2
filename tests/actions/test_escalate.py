"""超期上报: one duty higher at a time, and no duty twice."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.climb import NotDue
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.escalate import Escalate
from workflows.actions.warn import Warn
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.queries.worklist import notices
from workflows.states import NotAllowedInState


def overdue(hall: Hall) -> tuple[str, Escalate]:
    """A case whose food licence (due 03-09) was warned about, and the red of it."""
    number = hall.accepted()
    clock = hall.deadline(number, Clock.ITEM, item="R08").id
    hall.at("2026-03-06T00:00")
    hall.act("system", number, Warn(clock))
    return number, Escalate(clock)


def test_the_last_second_of_the_limit_is_in_time(hall: Hall) -> None:
    number, red = overdue(hall)
    hall.at("2026-03-09T23:59:59")
    with refused(hall, NotDue):
        hall.act("system", number, red)
    hall.at("2026-03-10T00:00")
    row = one_row(hall, "system", number, red)
    assert path(row) == ("in_review", "in_review")
    assert (row.details["light"], row.details["to"]) == ("red", "checker")


def test_each_duty_is_told_in_its_turn_and_once(hall: Hall) -> None:
    number, red = overdue(hall)
    told = []
    for moment in ("2026-03-10T00:00", "2026-03-11T00:00", "2026-03-13T00:00"):
        hall.at(moment)
        told.append(one_row(hall, "system", number, red).details["to"])
        with refused(hall, NotDue):
            hall.act("system", number, red)
    assert told == ["checker", "approver", "chief"]
    with hall.read() as session:
        for duty in told:
            [notice] = notices(session, [("SJ", duty)], [])
            assert (notice.level, notice.params["due"]) == ("red", "2026-03-09 23:59")
    hall.at("2026-12-31T00:00")
    with refused(hall, NotDue):
        hall.act("system", number, red)


def test_a_warning_is_no_escalation_and_the_other_way_round(hall: Hall) -> None:
    number = hall.accepted()
    clock = hall.deadline(number, Clock.ITEM, item="R08").id
    hall.at("2026-03-10T00:00")
    with refused(hall, NotDue):
        hall.act("system", number, Escalate(clock))
    hall.act("system", number, Warn(clock))
    with refused(hall, NotDue):
        hall.act("system", number, Warn(clock))


def test_a_broken_statute_goes_to_the_supervisors(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-17T00:00")
    clock = hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R08").id
    row = one_row(hall, "system", number, Escalate(clock))
    assert (row.details["light"], row.details["to"]) == ("purple", "supervisor")
    with hall.read() as session:
        assert notices(session, [], ["supervisor"])[0].level == "purple"


def test_a_case_that_was_never_accepted_has_nothing_to_escalate(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖"))
    hall.act("lead", number, ConfirmDecline(True, "情况属实"))
    with refused(hall, NotAllowedInState):
        hall.act("system", number, Escalate(1))


def test_only_the_clock_escalates(hall: Hall) -> None:
    number, red = overdue(hall)
    hall.at("2026-03-10T00:00")
    only(hall, number, red, Role.SYSTEM)
