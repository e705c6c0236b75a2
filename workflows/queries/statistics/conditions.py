"""Which of the rows that an event made a figure counts."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, exists, not_, or_, true, tuple_

from workflows.models import Case, CaseItem, Deadline, DeadlinePause
from workflows.models.deadline import Clock
from workflows.queries.statistics.asked import Asked, Grain
from workflows.queries.statistics.days import DayOf, WholeSecond
from workflows.queries.statistics.sources import PROMISED, STATUTE, Event, Versions, not_by
from workflows.states import CaseState, ItemState

#: Time that counts for another item, or for all of them: no special procedure of §45.
NOT_SPECIAL = ("predecessor", "all_blocked")
#: What is asked, the versions that are known → the condition.
Condition = Callable[[Asked, Versions], Any]

ALL: Condition = lambda asked, known: true()  # noqa: E731


def facts(asked: Asked, known: Versions) -> dict[str, Any]:
    """What the figures of finished rows are made of; each is worked out once for a row."""
    items = asked.grain is Grain.ITEMS
    begun, ended = (
        (CaseItem.started_at, CaseItem.decided_at) if items else (Case.accepted_at, Case.decided_at)
    )
    return {
        "begun": DayOf(begun),
        "ended": DayOf(ended),
        "due_on": DayOf(PROMISED.due_at),
        "late": WholeSecond(ended) > PROMISED.due_at,
        "unlawful": WholeSecond(ended) > STATUTE.due_at,
        "statute": STATUTE.limit,
        "at_once": _at_once(known) if items else not_(true()),
        "procedure": _procedure(items),
        "refused": CaseItem.state == ItemState.REJECTED if items else not_(true()),
        "told": not_(true()) if items else Case.supplement.is_not(None),
    }


def _at_once(known: Versions) -> Any:
    """An item that the catalogue wants done at once (即办件)."""
    return tuple_(Case.version_id, CaseItem.code).in_(sorted(known.instant))


def _procedure(items: bool) -> Any:
    """A special procedure stopped its time."""
    mine = DeadlinePause.item_id == CaseItem.id if items else DeadlinePause.case_id == Case.id
    return exists().where(mine, DeadlinePause.kind.not_in(NOT_SPECIAL))


#: A figure of finished rows → what has to hold of their facts.
FINISHED: Mapping[str, Callable[[Any], Any]] = {
    "finished": lambda row: true(),
    "special": lambda row: and_(row.procedure, not_(row.at_once)),
    "same_day": lambda row: row.ended == row.begun,
    "limited": lambda row: row.due_on.is_not(None),
    "longer": lambda row: and_(row.due_on.is_not(None), not_(row.at_once)),
    "early": lambda row: and_(row.ended < row.due_on, not_(row.at_once)),
    "on_time": lambda row: and_(row.due_on.is_not(None), not_(row.late)),
    "late": lambda row: row.late,
    "unlawful": lambda row: row.unlawful,
    "statutory": lambda row: row.statute.is_not(None),
}
OF_CASES: Mapping[str, Callable[[Any], Any]] = {**FINISHED, "once": lambda row: not_(row.told)}
OF_ITEMS: Mapping[str, Callable[[Any], Any]] = {
    **FINISHED,
    "granted": lambda row: not_(row.refused),
    "refused": lambda row: row.refused,
    "instant": lambda row: row.at_once,
    "committed": lambda row: not_(or_(row.at_once, row.procedure)),
}


def _of(holds: Callable[[Any], Any]) -> Condition:
    """A condition on facts, for a list: on the rows themselves."""
    return lambda asked, known: holds(SimpleNamespace(**facts(asked, known)))


def _pending(asked: Asked, known: Versions) -> Any:
    return not_by(asked, Case.accepted_at)


def _supplementing(asked: Asked, known: Versions) -> Any:
    told = Case.supplement["at"].as_string() < asked.ends.isoformat()
    return and_(_pending(asked, known), told, not_by(asked, Case.supplemented_at))


def _unsigned(asked: Asked, known: Versions) -> Any:
    """Its department had not signed for it by the end."""
    return exists().where(
        Deadline.item_id == CaseItem.id, Deadline.clock == Clock.SIGN_FOR,
        not_by(asked, Deadline.closed_at),
    )  # fmt: skip


def _declined(asked: Asked, known: Versions) -> Any:
    return Case.state.in_((CaseState.REFUSED, CaseState.NOT_REQUIRED))


#: Figure → the event whose rows it counts, and which of them.
CASES: Mapping[str, tuple[Event, Condition]] = {
    "received": (Event.RECEIVED, ALL),
    "told": (Event.RECEIVED, lambda asked, known: Case.supplement.is_not(None)),
    "accepted": (Event.ACCEPTED, ALL),
    "dropped": (Event.DROPPED, ALL),
    "declined": (Event.DROPPED, _declined),
    "pending": (Event.STANDING, _pending),
    "supplementing": (Event.STANDING, _supplementing),
    "standing": (Event.STANDING, lambda asked, known: Case.accepted_at < asked.ends),
    **{code: (Event.FINISHED, _of(holds)) for code, holds in OF_CASES.items()},
}
ITEMS: Mapping[str, tuple[Event, Condition]] = {
    "received": (Event.RECEIVED, ALL),
    "dropped": (Event.DROPPED, ALL),
    "unsigned": (Event.STANDING, _unsigned),
    "standing": (Event.STANDING, ALL),
    **{code: (Event.FINISHED, _of(holds)) for code, holds in OF_ITEMS.items()},
}
COUNTED: Mapping[Grain, Mapping[str, tuple[Event, Condition]]] = {
    Grain.CASES: CASES,
    Grain.ITEMS: ITEMS,
}
OF_FINISHED: Mapping[Grain, Mapping[str, Callable[[Any], Any]]] = {
    Grain.CASES: OF_CASES,
    Grain.ITEMS: OF_ITEMS,
}
