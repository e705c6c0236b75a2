"""补正: complete when the last of it is in, and accepted from that day."""

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.accept import Accept
from workflows.actions.materials import MaterialUnknown, NothingHandedIn
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, NotAllowedInState


def told(hall: Hall) -> str:
    """A case whose applicant was told of two faults."""
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有", "M07": "没有标注尺寸"}))
    return number


def test_part_of_what_was_asked_leaves_the_case_with_the_applicant(hall: Hall) -> None:
    number = told(hall)
    row = one_row(hall, "window1", number, Supplement(["M07"]))
    assert path(row) == ("supplementing", "supplementing")
    assert row.details == {"materials": ["M07"], "still_missing": ["M03"]}
    assert hall.deadline(number, Clock.SUPPLEMENT).closed_at is None


def test_with_the_last_of_it_the_case_is_with_the_window_again_for_five_days(hall: Hall) -> None:
    number = told(hall)
    hall.act("window1", number, Supplement(["M07"]))
    hall.at("2026-03-05T11:00")
    row = one_row(hall, "window2", number, Supplement(["M03"]))
    assert path(row) == ("supplementing", "submitted")
    assert hall.deadline(number, Clock.SUPPLEMENT).closed_at == hall.clock.now()
    assert day(hall.deadline(number, Clock.NOTICE, Basis.STATUTORY).due_at) == "2026-03-12"


def test_the_day_of_acceptance_is_the_day_on_which_everything_was_complete(hall: Hall) -> None:
    number = told(hall)
    hall.at("2026-03-05T11:00")
    hall.act("window1", number, Supplement(["M03", "M07"]))
    hall.at("2026-03-09T09:00")
    hall.act("window1", number, Accept())
    assert day(hall.case(number).accepted_at) == "2026-03-05"
    assert day(hall.deadline(number, Clock.ITEM, item="R08").due_at) == "2026-03-12"


def test_only_what_was_asked_for_is_taken(hall: Hall) -> None:
    number = told(hall)
    with refused(hall, MaterialUnknown, "M04"):
        hall.act("window1", number, Supplement(["M03", "M04"]))
    with refused(hall, NothingHandedIn):
        hall.act("window1", number, Supplement())


def test_nothing_is_supplemented_that_was_not_asked_for_or_is_complete(hall: Hall) -> None:
    number = told(hall)
    hall.act("window1", number, Supplement(["M03", "M07"]))
    assert hall.case(number).state is CaseState.SUBMITTED
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, Supplement(["M03"]))


def test_only_the_window_takes_what_was_missing(hall: Hall) -> None:
    only(hall, told(hall), Supplement(["M03"]), Role.WINDOW, Role.WINDOW_LEAD)
