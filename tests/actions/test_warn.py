"""预警: the light turns yellow once, and those who work on it are reminded."""

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.climb import NotDue
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.warn import Warn
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.queries.worklist import notices
from workflows.states import NotAllowedInState


def warning(hall: Hall, number: str, item: str = "R08") -> Warn:
    """The warning of an item's promise."""
    return Warn(hall.deadline(number, Clock.ITEM, item=item).id)


def test_it_comes_on_the_working_day_before_the_last_and_not_earlier(hall: Hall) -> None:
    number = hall.accepted()  # due on Monday 03-09
    hall.at("2026-03-05T23:59:59")
    with refused(hall, NotDue):
        hall.act("system", number, warning(hall, number))
    hall.at("2026-03-06T00:00")
    row = one_row(hall, "system", number, warning(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "clock": "item", "basis": "promised", "item": "R08", "due": "2026-03-09 23:59",
        "light": "yellow", "to": "handler", "rung": 1,
    }  # fmt: skip


def test_the_post_that_works_on_it_is_told(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-06T00:00")
    hall.act("system", number, warning(hall, number))
    with hall.read() as session:
        [notice] = notices(session, [("SJ", "handler")], [])
        assert notice.sentence % notice.params == (
            "食品经营许可新办（餐饮服务）将于2026-03-09 23:59到期，请抓紧办理。"
        )
        assert notices(session, [("SJ", "checker"), ("GA", "handler")], []) == []


def test_it_comes_once(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-06T00:00")
    warn = warning(hall, number)
    hall.act("system", number, warn)
    with refused(hall, NotDue):
        hall.act("system", number, warn)


def test_what_is_done_or_does_not_run_is_not_warned_about(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-03-06T00:00")
    with refused(hall, NotDue):
        hall.act("system", number, warning(hall, number, "R13"))
    with refused(hall, NotDue):
        hall.act("system", number, Warn(0))


def test_the_clock_of_another_case_cannot_be_climbed(hall: Hall) -> None:
    number, other = hall.accepted(), hall.accepted()
    hall.at("2026-03-06T00:00")
    with refused(hall, NotDue):
        hall.act("system", number, warning(hall, other))


def test_a_case_that_was_not_accepted_warns_nobody(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖"))
    hall.act("lead", number, ConfirmDecline(True, "情况属实"))
    with refused(hall, NotAllowedInState):
        hall.act("system", number, Warn(1))


def test_only_the_clock_warns(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-06T00:00")
    only(hall, number, warning(hall, number), Role.SYSTEM)


def test_a_case_that_is_over_and_promised_nothing_has_no_clock_to_climb(hall: Hall) -> None:
    number = hall.accepted()
    warn = warning(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    hall.at("2026-03-06T00:00")
    with refused(hall, NotDue):
        hall.act("system", number, warn)
