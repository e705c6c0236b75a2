"""R08: a refusal without reason, or without a second person (否定报批; 行政许可法 §38(2), §72(7)).

The house refuses both; the rule watches that no such row is in the history all the same: a
refusal that says nothing, or that whoever proposed it has confirmed, or nobody.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_

from workflows.errors import N_
from workflows.states import CaseState
from workflows.watch.found import Found, Level
from workflows.watch.look import Event, Look, said
from workflows.watch.rule import Family, Rule

REFUSALS = ("decide", "confirm_refusal", "decline", "confirm_decline")
ENDED = (CaseState.REFUSED, CaseState.NOT_REQUIRED)
#: What confirms, and what it confirms.
PROPOSED = {"confirm_refusal": "decide", "confirm_decline": "decline"}


def find(look: Look) -> Iterator[Found]:
    """Every refusal that lacks a reason or a second person."""
    refused = or_(said("decision") == "refused", said("decision").is_(None))
    touched = {event.subject for event in look.events(look.rows(*REFUSALS).where(refused))}
    for events in look.whole(touched, *REFUSALS).values():
        for place, event in enumerate(events):
            wrong = _wrong(event, events[:place])
            if wrong:
                yield look.found(
                    f"{event.subject}/{event.item or ''}/{event.sequence}", event.at,
                    case=event.subject, item=event.item, department=event.department,
                    person=event.actor, evidence=(event.proof,), facts={"wrong": wrong},
                )  # fmt: skip


def _wrong(event: Event, before: Sequence[Event]) -> list[str]:
    """What a refusal lacks: a reason, a second person."""
    if event.action == "decide" and event.details.get("decision") != "refused":
        return []
    reason = event.details.get("reason") or event.details.get("opinion") or ""
    found = ["reason"] if len(reason.strip()) < 2 else []
    return found + (["second"] if _alone(event, before) else [])


def _alone(event: Event, before: Sequence[Event]) -> bool:
    """Whether it took effect by one person."""
    if event.action not in PROPOSED:
        return event.to_state in ENDED
    if not event.details.get("confirmed"):
        return False
    proposals = [
        row for row in before if row.action == PROPOSED[event.action] and row.item == event.item
    ]
    return not proposals or proposals[-1].actor == event.actor


RULE = Rule(
    "R08", Family.COURSE, Level.RED, N_("不予决定没有理由或者没有否定报批"),
    "行政许可法38(2)、72(7)", find,
)  # fmt: skip
