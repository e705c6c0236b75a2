"""The lifecycles: which action leads from which state to which.

cases     a case (办件), its items (事项): the law's own lifecycle
house     processes, the organisation, calendars
watch     cards and ladders, bulletins, inspections
voices    ratings, complaints
"""

from typing import TypeVar

from workflows.errors import N_, WorkflowError
from workflows.states.cases import (
    CASES,
    DECIDED_ITEMS,
    FINAL_CASES,
    GRANTED_ITEMS,
    ITEMS,
    CaseState,
    ItemState,
)
from workflows.states.house import CALENDARS, ORGANISATION, PROCESSES, ProcessState
from workflows.states.voices import COMPLAINTS, RATINGS, ComplaintState, RatingState
from workflows.states.watch import (
    BULLETINS,
    CARDS,
    INSPECTIONS,
    LADDERS,
    BulletinState,
    CardState,
    InspectionState,
    Level,
)

__all__ = [
    "BULLETINS", "CALENDARS", "CARDS", "CASES", "COMPLAINTS", "DECIDED_ITEMS", "FINAL_CASES",
    "GRANTED_ITEMS", "INSPECTIONS", "ITEMS", "LADDERS", "ORGANISATION", "PROCESSES", "RATINGS",
    "BulletinState", "CardState", "CaseState", "ComplaintState", "InspectionState", "ItemState",
    "Level", "NotAllowedInState", "ProcessState", "RatingState", "next_states",
]  # fmt: skip


class NotAllowedInState(WorkflowError):
    """The state table has no such step."""

    sentence = N_("“%(state)s”状态下不能办理“%(action)s”。")


S = TypeVar("S", bound=str)


def next_states(
    table: dict[tuple[str, str], tuple[S, ...]], state: str, action: str
) -> tuple[S, ...]:
    """Where an action may lead; NotAllowedInState when the table has no such step."""
    try:
        return table[state, action]
    except KeyError:
        raise NotAllowedInState(state=str(state), action=action) from None
