"""An import over many open deadlines: foretold, counted again, and the same however it goes."""

import json
import os
import signal
from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from server.context import Services
from server.db import connect
from server.scheduler import recount_some, sweep_once
from server.settings import Settings
from tests.bench.finished import fill_open
from tests.calendars import arranged, day, imported, stored
from tests.hall import LARGE, Hall
from tests.processes import PROCESSES
from tests.simulated import process_of
from tests.test_races import run_all
from tests.wide import wide
from workflows.actions.foretelling import foretell
from workflows.calendar import WorkCalendar, Year
from workflows.clock import FixedClock
from workflows.models import Case, Deadline, HistoryEvent
from workflows.queries.timeline import verify
from workflows.simulation.job import _calendar, asked

COPIES = 25
SINCE = day(1, 1)


def announced(hall: Hall) -> dict[str, WorkCalendar]:
    """The calendar as it would be."""
    action = arranged()
    year = Year("official", action.source, action.holidays, action.worked)
    return {"cn": hall.services.almanac.with_years("cn", {"cn": {2027: year}})}


def busy(hall: Hall) -> None:
    """Cases of two departments by the dozen, and one of many items."""
    hall.at("2027-01-25T09:30")
    wide(hall, 2)
    fill_open(hall, COPIES)
    hall.accepted(LARGE)


def ends(hall: Hall) -> dict[int, tuple[datetime | None, datetime | None, bool]]:
    """When everything open is due, and what is looked at next."""
    query = select(Deadline.id, Deadline.due_at, Deadline.next_at, Deadline.provisional)
    query = query.where(Deadline.closed_at.is_(None))
    with hall.read() as session:
        return {row[0]: (row[1], row[2], row[3]) for row in session.execute(query)}


def rows_of_history(hall: Hall) -> Counter[str]:
    """How often each case was counted again."""
    query = select(HistoryEvent.subject).where(HistoryEvent.action == "recount_deadlines")
    with hall.read() as session:
        return Counter(session.scalars(query))


def test_what_is_foretold_is_what_comes_and_nothing_is_written_before(hall: Hall) -> None:
    busy(hall)
    before = ends(hall)
    with hall.read() as session:
        found = foretell(session, hall.clock.now(), SINCE, announced(hall))
    assert ends(hall) == before and not rows_of_history(hall)
    imported(hall)
    hall.clock.advance(seconds=5)
    hall.sweep()
    after = ends(hall)
    moved = [key for key in before if before[key][0] != after[key][0]]
    assert found.moved == len(moved) > 3 * COPIES
    assert found.looked == len([key for key, (due, _n, _p) in before.items() if due])
    assert found.confirmed == found.looked - found.moved and found.late == 0
    assert sum(found.departments.values()) == sum(found.days.values()) == found.moved
    assert {"W000", "W001", None} <= found.departments.keys()
    assert len(found.first) == min(200, found.moved)
    first = found.first[0]
    clock = next(
        row
        for row in hall.case(first.number).deadlines
        if (row.clock, row.basis, row.due_at) == (first.clock, first.basis, first.after)
    )
    assert before[clock.id][0] == first.before
    with hall.read() as session:
        assert foretell(session, hall.clock.now(), SINCE, announced(hall)).moved == 0


def test_only_what_is_due_on_or_after_the_first_day_that_changed_is_looked_at(hall: Hall) -> None:
    busy(hall)
    with hall.read() as session:
        assert foretell(session, hall.clock.now(), day(12, 1), announced(hall)).looked == 0


def work(settings: Settings, now: datetime, gate: Any) -> None:
    """A scheduler in a process of its own."""
    services = Services(settings, FixedClock(now), connect(settings.database_url))
    gate.wait()
    sweep_once(services)


def test_two_schedulers_at_once_count_every_case_once(hall: Hall) -> None:
    busy(hall)
    imported(hall)
    hall.clock.advance(seconds=5)
    gate = PROCESSES.Barrier(2)
    run_all(work, [(hall.services.settings, hall.clock.now(), gate)] * 2)
    assert_all_counted(hall)


def killed(settings: Settings, now: datetime, started: Any) -> None:
    """A scheduler that will be killed in the middle of a turn."""
    services = Services(settings, FixedClock(now), connect(settings.database_url))
    started.set()
    while recount_some(services, 7):
        pass


def test_a_recount_that_is_killed_in_the_middle_ends_as_if_it_had_not_been(hall: Hall) -> None:
    busy(hall)
    imported(hall)
    hall.clock.advance(seconds=5)
    arguments = (hall.services.settings, hall.clock.now())
    for wanted in (5, 12, 20):
        started = PROCESSES.Event()
        process = PROCESSES.Process(target=killed, args=(*arguments, started))
        process.start()
        started.wait(60)
        while process.is_alive() and sum(rows_of_history(hall).values()) < wanted:
            process.join(0.005)
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert 5 <= sum(rows_of_history(hall).values())
    hall.sweep()
    assert_all_counted(hall)


def assert_all_counted(hall: Hall) -> None:
    """Every case has one row, the numbers of the calendar agree, and the record is whole."""
    with hall.read() as session:
        cases = session.scalar(select(func.count(Case.id)))
        assert cases is not None
        found = foretell(session, hall.clock.now(), SINCE, announced(hall))
        real = session.scalars(select(Case).order_by(Case.id.desc())).first()
        assert real is not None and verify(session, real).fault is None
    assert (found.moved, found.confirmed) == (0, 0)
    counted = rows_of_history(hall)
    assert len(counted) == cases and set(counted.values()) == {1}
    calendar = stored(hall)
    assert calendar.recount_at is None
    assert (calendar.recounted, calendar.changed, calendar.failed) == (cases, cases, 0)


def test_what_is_imported_while_cases_are_counted_begins_from_the_first_again(hall: Hall) -> None:
    busy(hall)
    imported(hall)
    hall.clock.advance(seconds=5)
    assert recount_some(hall.services, 10)
    imported(hall, revision=1, worked=frozenset())
    assert stored(hall).recount_after == 0
    hall.sweep()
    assert sum(rows_of_history(hall).values()) == 10, "the newer one is not known everywhere yet"
    hall.clock.advance(seconds=5)
    hall.sweep()
    action = arranged(worked=frozenset())
    year = Year("official", action.source, action.holidays, action.worked)
    newest = {"cn": hall.services.almanac.with_years("cn", {"cn": {2027: year}})}
    with hall.read() as session:
        assert foretell(session, hall.clock.now(), SINCE, newest).moved == 0
    assert max(rows_of_history(hall).values()) == 2


def test_a_simulation_counts_with_what_was_imported(hall: Hall) -> None:
    imported(hall)
    hall.clock.advance(seconds=2)
    given = json.loads(
        asked("p", {}, process_of("restaurant")[2], None, hall.services.almanac.imported())
    )
    calendar = _calendar("cn", given["calendars"])
    assert calendar.year(2027) == hall.services.calendar().year(2027)
    assert not calendar.is_provisional(2027) and calendar.is_workday(day(2, 20))
