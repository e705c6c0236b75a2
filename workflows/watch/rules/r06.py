"""R06: a limit was extended after it was over, twice, or by more than the law allows (§42).

The house refuses all three; the rule watches that no such row is in the history all the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from workflows.clock import passed
from workflows.deadlines import due
from workflows.errors import N_
from workflows.models import CaseItem, Deadline, DeadlinePause
from workflows.models.deadline import Clock
from workflows.watch.found import Found, Level
from workflows.watch.look import Event, Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every extension that was asked for or granted against the law."""
    touched = {event.subject for event in look.events(look.rows(*ACTS))}
    for events in look.whole(touched, *ACTS).values():
        granted: dict[str | None, int] = {}
        for event in events:
            wrong = _wrong(look, event, granted.get(event.item, 0))
            if event.action == "extend_deadline":
                granted[event.item] = granted.get(event.item, 0) + 1
            if wrong:
                lead = look.catalogue(event.version_id).theme.lead
                yield look.found(
                    f"{event.subject}/{event.item or ''}/{event.sequence}", event.at,
                    case=event.subject, item=event.item, department=event.department or lead,
                    person=event.actor, evidence=(event.proof,),
                    facts={"wrong": wrong, "days": event.details.get("days")},
                )  # fmt: skip


ACTS = ("request_extension", "extend_deadline")


def _wrong(look: Look, event: Event, before: int) -> list[str]:
    """What is against the law: late, twice, long."""
    catalogue = look.catalogue(event.version_id)
    if event.item is None:
        most = catalogue.theme.cap_extension.days
    else:
        most = (catalogue.item(event.item).extension or catalogue.rules.extension).days
    ends = _without_it(look, event)
    found = {
        "late": any(passed(event.at, end) for end in ends),
        "twice": before > 0,
        "long": int(event.details.get("days") or 0) > most,
    }
    return [name for name, holds in found.items() if holds]


def _without_it(look: Look, event: Event) -> list[datetime]:
    """When the limits would have been over without any extension."""
    clock = Clock.CASE if event.item is None else Clock.ITEM
    query = (
        select(Deadline)
        .outerjoin(CaseItem, CaseItem.id == Deadline.item_id)
        .where(Deadline.case_id == event.case_id, Deadline.clock == clock)
        .where(CaseItem.code == event.item if event.item else Deadline.item_id.is_(None))
        .where(Deadline.started_at <= event.at)
    )
    pauses = look.session.scalars(
        select(DeadlinePause).where(DeadlinePause.case_id == event.case_id)
    ).all()
    calendar = look.calendar(event.region)
    ledgers = [replace(row.ledger(pauses), extension_days=0) for row in look.session.scalars(query)]
    return [end for ledger in ledgers if (end := due(ledger, calendar).at) is not None]


RULE = Rule(
    "R06", Family.LIMITS, Level.RED, N_("逾期、再次或者超长延期"), "行政许可法42", find
)  # fmt: skip
