"""What is looked at does not grow with what is over: no table of cases is read from end to end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.databases import as_new
from tests.hall import Hall
from workflows.queries import dashboard
from workflows.queries.holding import held
from workflows.queries.statistics.asked import KEYS, Asked, By, Grain
from workflows.queries.statistics.columns import columns
from workflows.queries.statistics.counting import count
from workflows.queries.statistics.opened import how_many, opened
from workflows.queries.statistics.sources import versions

#: What has a row for each case there ever was; and the indexes that hold only what is open.
OPEN_ONLY = ("ix_tasks_open", "ix_deadlines_open", "ix_deadlines_due", "ix_cases_going")
GROWING = ("cases", "case_items", "deadlines", "tasks", "history", "deadline_pauses")


@contextmanager
def statements(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is asked meanwhile, with its values."""
    found: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        found.append((statement, values))

    bound = session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    yield found
    event.remove(bound, "before_cursor_execute", note)


def read_from_end_to_end(session: Session, ask: Callable[[], object]) -> list[str]:
    """The tables of cases that a question reads as a whole, by the plan of SQLite."""
    with statements(session) as asked:
        ask()
    found = []
    for statement, values in asked:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row[-1].split() for row in plan]
        found += [
            " ".join(step)
            for step in steps
            if step[0] == "SCAN" and step[1] in GROWING and step[-1] not in OPEN_ONLY
        ]
    return found


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, seeded_sqlite: Path) -> str:
    """The plans of SQLite: it has no statistics that a small table could mislead."""
    return as_new(seeded_sqlite)


def test_the_past_is_not_read(hall: Hall) -> None:
    hall.accepted()
    now, calendars = hall.clock.now(), hall.services.calendar
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    with hall.read() as session:
        known = versions(session)
        questions: list[Callable[[], object]] = [
            partial(dashboard.ages, session, first, calendars),
            partial(dashboard.flow, session, first),
            partial(dashboard.loads, session, now, 9),
            partial(dashboard.coming, session, now, calendars("cn")),
            partial(held, session, now, Asked(Grain.CASES, first, last), calendars),
        ]
        for grain, keys in KEYS.items():
            whole = Asked(grain, first, last)
            questions += [
                partial(count, session, Asked(grain, first, last, by), calendars)
                for by in (By.NOTHING, *keys)
            ]
            for column in columns(grain, By.NOTHING):
                questions.append(partial(how_many, session, whole, column, known))
                questions.append(partial(opened, session, whole, column, known, (0, 9)))
        for ask in questions:
            assert not read_from_end_to_end(session, ask), ask
