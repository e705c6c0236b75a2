"""By a newer calendar open deadlines move, each change in the history; what is over stays."""

from datetime import datetime

import pytest
from sqlalchemy import update

from server.scheduler import recount_some
from tests.calendars import OFF, day, imported, stored
from tests.hall import LARGE, Hall
from tests.moving import publish, timers
from workflows.actions import NotPermitted
from workflows.actions.recount_deadlines import NothingMoves, RecountDeadlines
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.suspend_case import Ground, SuspendCase
from workflows.clock import OFFICE_ZONE, office_day
from workflows.models import Deadline
from workflows.models.deadline import Basis, Clock
from workflows.queries.timeline import verify_all

#: The last working days of January: what is begun now ends around the Spring Festival.
BEGINS = "2027-01-25T09:30"


def known(hall: Hall) -> None:
    """The announced year is imported, and every process has looked at it."""
    imported(hall)
    hall.clock.advance(seconds=5)


def ends(hall: Hall, number: str) -> dict[int, datetime | None]:
    return {row.id: row.due_at for row in hall.case(number).deadlines}


def test_every_open_deadline_moves_to_where_the_new_calendar_puts_it(hall: Hall) -> None:
    hall.at(BEGINS)
    number = hall.accepted(LARGE)
    was = hall.deadline(number, Clock.ITEM, item="R08")
    assert was.provisional
    known(hall)
    hall.act("system", number, RecountDeadlines())
    now = hall.deadline(number, Clock.ITEM, item="R08")
    assert was.due_at and now.due_at and now.yellow_at and now.next_at
    calendar = hall.services.calendar()
    days = calendar.workdays_between(day(1, 25), office_day(now.due_at))
    assert days == int(was.limit.removesuffix("wd")) and not now.provisional
    assert now.due_at != was.due_at and now.next_at == now.yellow_at


def test_each_change_is_in_one_row_of_the_history_of_the_case(hall: Hall) -> None:
    hall.at(BEGINS)
    number = hall.accepted()
    before = hall.case(number)
    known(hall)
    hall.act("system", number, RecountDeadlines())
    event = hall.history(number)[-1]
    assert (event.action, event.actor) == ("recount_deadlines", "system")
    wall = {
        row.id: row.due_at and f"{row.due_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        for row in (*before.deadlines, *hall.case(number).deadlines)
    }
    changed = event.details["recounted"]
    assert {(one["clock"], one["basis"], one["item"]) for one in changed} >= {
        ("item", "promised", "R08"), ("item", "statutory", "R08"), ("case", "promised", None),
    }  # fmt: skip
    assert {one["to"] for one in changed} <= set(wall.values())
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))


def test_a_second_count_finds_nothing_and_writes_nothing(hall: Hall) -> None:
    hall.at(BEGINS)
    number = hall.accepted()
    known(hall)
    hall.act("system", number, RecountDeadlines())
    length, due = len(hall.history(number)), ends(hall, number)
    with pytest.raises(NothingMoves):
        hall.act("system", number, RecountDeadlines())
    assert (len(hall.history(number)), ends(hall, number)) == (length, due)


def test_by_the_same_calendar_no_clock_of_any_kind_moves(hall: Hall) -> None:
    """What is counted again is counted as it was begun: with pauses, timers and hours."""
    publish(hall)
    reviewed = hall.accepted(LARGE)
    hall.sign_for(reviewed, "R08")
    hall.opine(reviewed, "R08")
    hall.sign_for(reviewed, "R11")
    hall.suspend(reviewed, "R11")
    suspended = hall.accepted()
    hall.act("lead", suspended, SuspendCase("依法听证", ground=Ground.HEARING, planned_days=5))
    waiting = hall.receive(without=("M03",))
    hall.act("window1", waiting, ReturnForSupplement({"M03": "没有提交"}))
    decided = hall.decided()
    assert timers(hall, reviewed)
    for number in (reviewed, suspended, waiting, decided):
        with pytest.raises(NothingMoves):
            hall.act("system", number, RecountDeadlines())


def test_a_pause_still_takes_its_days_out(hall: Hall) -> None:
    hall.at(BEGINS)
    number = hall.accepted(LARGE)
    hall.sign_for(number, "R11")
    hall.at("2027-01-26T10:00")
    hall.suspend(number, "R11", days=10)
    hall.at("2027-01-29T10:00")
    hall.resume(number, "R11")
    known(hall)
    hall.act("system", number, RecountDeadlines())
    row = hall.deadline(number, Clock.ITEM, item="R11")
    assert row.due_at is not None
    counted = hall.services.calendar().workdays_between(day(1, 25), office_day(row.due_at))
    assert counted == int(row.limit.removesuffix("wd")) + 3


def test_what_is_closed_and_what_was_judged_stays_what_it_was(hall: Hall) -> None:
    hall.at(BEGINS)
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.at("2027-02-24T10:00")
    for _ in range(3):
        hall.sweep()
    rows = {row.id: row for row in hall.case(number).deadlines}
    over = [row for row in rows.values() if row.due_at and row.due_at < hall.clock.now()]
    assert any(row.closed_at for row in rows.values()) and any(not row.closed_at for row in over)
    with hall.services.database.writing.begin() as connection:  # one that was judged and put off
        extended = next(row for row in over if not row.closed_at and row.clock is Clock.ITEM)
        later = update(Deadline).where(Deadline.id == extended.id).values(extension_days=30)
        connection.execute(later)
    known(hall)
    try:
        hall.act("system", number, RecountDeadlines())
    except NothingMoves:
        pass
    for row in hall.case(number).deadlines:
        was = rows[row.id]
        if was in over or was.closed_at:
            assert (row.due_at, row.yellow_at, row.next_at, row.rung) == (
                was.due_at, was.yellow_at, was.next_at, was.rung,
            )  # fmt: skip


def test_only_the_clockwork_counts_again(hall: Hall) -> None:
    number = hall.accepted()
    for who in ("admin", "supervisor", "lead"):
        with pytest.raises(NotPermitted):
            hall.act(who, number, RecountDeadlines())


def test_an_import_is_counted_once_it_is_known_and_before_anything_fires(hall: Hall) -> None:
    hall.at(BEGINS)
    numbers = [hall.accepted() for _ in range(3)]
    statutory = hall.deadline(numbers[0], Clock.ITEM, Basis.STATUTORY, item="R08")
    imported(hall)
    hall.clock.advance(seconds=4)
    assert not recount_some(hall.services), "some process may not have looked at it yet"
    assert hall.sweep() == 0
    hall.clock.advance(seconds=1)
    assert recount_some(hall.services, 2), "in turns"
    calendar = stored(hall)
    assert (calendar.recounted, calendar.changed, calendar.failed) == (2, 2, 0)
    assert hall.actions(numbers[2])[-1] != "recount_deadlines"
    hall.sweep()
    calendar = stored(hall)
    assert (calendar.recounted, calendar.changed, calendar.recount_at) == (3, 3, None)
    assert [hall.actions(number)[-1] for number in numbers] == ["recount_deadlines"] * 3
    later = hall.deadline(numbers[0], Clock.ITEM, Basis.STATUTORY, item="R08")
    assert later.due_at != statutory.due_at


def test_nothing_fires_by_the_old_calendar_while_an_import_waits(hall: Hall) -> None:
    """行政许可法 §74: what was only late by a calendar that is wrong is not late."""
    hall.at(BEGINS)
    number = hall.receive()
    notice = hall.deadline(number, Clock.NOTICE, Basis.STATUTORY)
    assert notice.due_at and office_day(notice.due_at) == day(2, 1)
    off = (*OFF, *[type(OFF[0])(day(1, 26), day(1, 27), "抗灾")])
    hall.at("2027-02-02T08:00")
    imported(hall, off=off)
    hall.sweep()
    assert hall.case(number).state == "submitted", "being counted: nothing is due"
    hall.clock.advance(seconds=5)
    hall.sweep()
    assert hall.case(number).state == "in_review", "it was over before the import: judged"


def test_a_case_that_fails_holds_up_no_other(hall: Hall) -> None:
    hall.at(BEGINS)
    bad, good = hall.accepted(), hall.accepted()
    with hall.services.database.writing.begin() as connection:
        case_id = hall.case(bad).id
        connection.execute(update(Deadline).where(Deadline.case_id == case_id).values(limit="??"))
    known(hall)
    hall.sweep()
    calendar = stored(hall)
    assert (calendar.failed, calendar.changed, calendar.recount_at) == (1, 1, None)
    assert hall.actions(good)[-1] == "recount_deadlines"
