"""联合踏勘、联合会审: called once, for all who need it, by who leads."""

from dataclasses import replace

from server.view import minute
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.talking import VISITED, clock_of, meeting, seats, told, visit, visited
from workflows.actions.base import ReasonMissing
from workflows.actions.call_meeting import (
    InvitedAlready,
    ItemOver,
    MeetingPast,
    NobodyComes,
    NobodyInvited,
    PlaceTooLong,
)
from workflows.actions.meetings import NotLeading
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import ItemUnknown
from workflows.models import MeetingKind
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_the_items_of_one_visiting_group_are_invited_together(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    row = one_row(hall, "lead", number, visit("R08"))
    assert path(row) == ("in_review", "in_review")
    assert row.details["items"] == ["R08", "R09", "R10"]
    assert row.details["departments"] == ["城市管理局", "市场监督管理局", "消防救援大队"]
    assert (row.details["kind"], row.details["number"]) == ("visit", "TK〔2026〕第000001号")
    assert (row.details["at"], row.details["place"]) == ("2026-03-04 09:00", "经营场所")
    assert set(seats(hall, number)) == {"SJ", "XF", "CG"}
    assert {one[:2] for one in told(hall, number)} == {
        ("SJ", "handler"), ("XF", "handler"), ("CG", "handler"),
    }  # fmt: skip


def test_who_wants_one_item_alone_says_so_and_a_meeting_takes_nobody_along(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    hall.act("lead", number, replace(visit("R08"), kind=MeetingKind.MEETING))
    assert list(seats(hall, number)) == ["SJ"]
    hall.act("lead", number, visit("R10", alone=True))
    assert list(seats(hall, number)) == ["CG"]


def test_a_department_without_an_item_may_be_asked_to_come(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    hall.act("lead", number, visit("R08", departments=["HB", "SJ"]))
    assert set(seats(hall, number)) == {"SJ", "XF", "CG", "HB"}
    assert seats(hall, number)["HB"].item_id is None


def test_its_time_runs_from_the_meeting_on_and_no_other_clock_stops(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    before = hall.deadline(number, Clock.ITEM, item="R08").due_at
    hall.act("lead", number, visit("R08"))
    assert minute(clock_of(hall, meeting(hall, number)).due_at) == "2026-03-05 23:59"
    assert hall.deadline(number, Clock.ITEM, item="R08").due_at == before
    assert hall.case(number).pauses == []


def test_the_window_lead_calls_or_the_department_that_leads(hall: Hall) -> None:
    number = hall.accepted({**VISITED, "needs_utilities": True})
    only(hall, number, visit("R08"), Role.APPROVER, Role.WINDOW_LEAD)
    for who in ("xf.handler", "cg.checker"):
        with refused(hall, NotLeading, "市场监督管理局"):
            hall.act(who, number, visit("R08"))
    hall.act("sj.checker", number, visit("R08"))
    with refused(hall, NotLeading, "供水供电供气企业"):
        hall.act("sj.checker", number, visit("R15"))
    hall.act("gy.handler", number, visit("R15"))  # their group has a leader of its own


def test_the_same_items_are_not_visited_again_before_the_minutes_are_written(hall: Hall) -> None:
    number = visited(hall)
    with refused(hall, InvitedAlready, "R08、R09、R10"):
        hall.act("lead", number, visit("R09"))
    hall.act("lead", number, replace(visit("R08"), kind=MeetingKind.MEETING))


def test_an_invitation_says_when_where_what_about_and_to_whom(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    with refused(hall, NobodyInvited):
        hall.act("lead", number, visit())
    with refused(hall, MeetingPast, "2026-03-02 09:30"):
        hall.act("lead", number, visit("R08", at="2026-03-02T09:30"))
    for empty in ({"place": ""}, {"topic": " "}):
        with refused(hall, ReasonMissing):
            hall.act("lead", number, replace(visit("R08"), **empty))  # type: ignore[arg-type]
    with refused(hall, PlaceTooLong, "200"):
        hall.act("lead", number, replace(visit("R08"), place="很远" * 101))
    with refused(hall, ItemUnknown, "R12"):
        hall.act("lead", number, visit("R12"))
    with refused(hall, NobodyComes, "XX"):
        hall.act("lead", number, visit("R08", departments=["XX"]))


def test_what_is_decided_is_neither_invited_nor_taken_along(hall: Hall) -> None:
    number = hall.accepted(VISITED)
    hall.grant(number, "R01")
    hall.grant(number, "R10")
    with refused(hall, ItemOver, "R10"):
        hall.act("lead", number, visit("R10"))
    hall.act("lead", number, visit("R08"))
    assert set(seats(hall, number)) == {"SJ", "XF"}


def test_a_case_that_is_over_is_not_visited(hall: Hall) -> None:
    number = visited(hall)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    assert clock_of(hall, meeting(hall, number)).next_at is None
    with refused(hall, NotAllowedInState):
        hall.act("lead", number, visit("R08"))
