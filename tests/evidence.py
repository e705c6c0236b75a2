"""What every action owes: who may, the one row it leaves behind, and that a refusal leaves none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from server.view import minute
from tests.hall import Hall
from workflows.actions import Action, Actor, NotPermitted
from workflows.clock import OFFICE_ZONE
from workflows.errors import WorkflowError
from workflows.models import Base, HistoryEvent
from workflows.permissions import Role

E = TypeVar("E", bound=WorkflowError)


def everything(hall: Hall) -> dict[str, list[str]]:
    """Every row of every table."""
    with hall.read() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


@contextmanager
def refused(
    hall: Hall, error: type[E], match: str | None = None
) -> Iterator[pytest.ExceptionInfo[E]]:
    """What is done here is refused for this reason, and has changed nothing at all."""
    before = everything(hall)
    with pytest.raises(error, match=match) as caught:
        yield caught
    assert everything(hall) == before


def only(hall: Hall, key: str, action: Action, *roles: Role) -> None:
    """Whoever has none of these roles is refused, and nothing has changed."""
    before = everything(hall)
    for role in sorted(set(Role) - set(roles)):
        with pytest.raises(NotPermitted):
            hall.act(Actor(f"a person of the role {role}", frozenset({role})), key, action)
    assert everything(hall) == before


def one_row(hall: Hall, who: str | Actor, key: str, action: Action) -> HistoryEvent:
    """Perform an action; the one row it has added to the whole history, as it must be."""
    with hall.read() as session:
        before = session.scalar(select(func.max(HistoryEvent.id))) or 0
    subject = hall.act(who, key, action)
    with hall.read() as session:
        rows = session.scalars(select(HistoryEvent).where(HistoryEvent.id > before)).all()
    [row] = rows
    actor = hall.actor(who) if isinstance(who, str) else who
    assert (row.subject, row.action, row.actor) == (subject.key, action.name, actor.name)
    assert row.at == hall.clock.now()
    assert row.to_state == str(subject.state)
    return row


def path(row: HistoryEvent) -> tuple[str, str]:
    """From which state to which."""
    return row.from_state, row.to_state


def climbed(
    hall: Hall, number: str, clock: str, item: str | None = None, basis: str = "promised"
) -> list[tuple[str, str, str]]:
    """(when, light, to whom) of every rung that was climbed on one clock."""
    return [
        (minute(event.at), event.details["light"], event.details["to"])
        for event in hall.history(number)
        if event.action in ("warn", "escalate")
        and (event.details["clock"], event.details["item"]) == (clock, item)
        and event.details["basis"] == basis
    ]


def pass_days(hall: Hall, first: str, last: str) -> None:
    """Let the clockwork look twice every midnight."""
    moment = datetime.fromisoformat(first).replace(tzinfo=OFFICE_ZONE)
    end = datetime.fromisoformat(last).replace(tzinfo=OFFICE_ZONE)
    hall.clock.set(moment)
    while hall.clock.now() <= end:
        hall.sweep()
        assert hall.sweep() == 0
        hall.clock.advance(days=1)
