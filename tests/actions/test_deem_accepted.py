"""视为受理: five working days of silence accept the application, from the day of receipt."""

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.accept import Accept
from workflows.actions.climb import NotDue
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.deem_accepted import DeemAccepted
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.actions.warn import Warn
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.queries.worklist import notices
from workflows.states import CaseState, NotAllowedInState


def silence(hall: Hall, number: str, warned: bool = True) -> DeemAccepted:
    """What five days of silence lead to, after the warning on the last of them."""
    clock = hall.deadline(number, Clock.NOTICE, Basis.STATUTORY).id
    if warned:
        hall.act("system", number, Warn(clock))
    return DeemAccepted(clock)


def test_the_fifth_working_day_belongs_to_the_hall(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-09T23:59:59")
    deem = silence(hall, number)
    with refused(hall, NotDue):
        hall.act("system", number, deem)


def test_the_clocks_start_on_the_day_of_receipt_and_not_today(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.at("2026-03-10T00:00")
    row = one_row(hall, "system", number, silence(hall, number))
    assert path(row) == ("submitted", "in_review")
    assert row.details["accepted_at"].startswith("2026-03-02")
    assert day(hall.case(number).accepted_at) == "2026-03-02"
    assert day(hall.deadline(number, Clock.ITEM, item="R08").due_at) == "2026-03-09"
    assert day(hall.deadline(number, Clock.CASE, Basis.STATUTORY).due_at) == "2026-05-08"


def test_the_time_to_sign_for_it_starts_only_now(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-10T00:00")
    hall.act("system", number, silence(hall, number))
    assert day(hall.deadline(number, Clock.SIGN_FOR, item="R08").due_at) == "2026-03-10"


def test_supervisors_and_leads_are_told_at_once(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-10T00:00")
    hall.act("system", number, silence(hall, number))
    with hall.read() as session:
        for role in ("supervisor", "window_lead"):
            assert "视为" in notices(session, [], [role])[0].sentence


def test_a_proposal_to_decline_does_not_stop_the_five_days(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_QUALIFIED, "场所不合要求"))
    hall.at("2026-03-10T00:00")
    row = one_row(hall, "system", number, silence(hall, number))
    assert path(row) == ("declining", "in_review")


def test_after_a_supplement_the_day_is_the_one_on_which_everything_was_there(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    hall.at("2026-03-05T11:00")
    hall.act("window1", number, Supplement(["M03"]))
    hall.at("2026-03-13T00:00")
    hall.act("system", number, silence(hall, number))
    assert day(hall.case(number).accepted_at) == "2026-03-05"


def test_what_was_accepted_in_time_is_not_deemed_accepted(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Accept())
    hall.at("2026-03-10T00:00")
    with refused(hall, NotAllowedInState):
        hall.act("system", number, silence(hall, number, warned=False))
    assert hall.case(number).state is CaseState.IN_REVIEW


def test_only_the_clock_deems(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-10T00:00")
    only(hall, number, silence(hall, number), Role.SYSTEM)
