"""R11: results written down in batches, minutes after acceptance (先办后录、补录嫌疑).

A decision that the law gives twenty days for is not made in ten minutes, and not three times in
an hour by the same person: it was made before, outside the hall, and entered afterwards.  What is
granted on a promise (告知承诺) or decided on the spot (即办件) is meant to be quick.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from workflows.errors import N_
from workflows.models import CaseItem, HistoryEvent
from workflows.watch.elapsed import Seconds
from workflows.watch.found import Found, Level
from workflows.watch.look import Event, Look, said
from workflows.watch.rule import Family, Parameter, Rule

#: So many of a batch are named as evidence.
NAMED = 20
#: 承诺件: an item with a limit of days.
KIND = "承诺件"


def find(look: Look) -> Iterator[Found]:
    """Every decision of such a batch, whichever of them is looked at."""
    seen = list(look.events(_quick(look)))
    if not seen:
        return
    within = timedelta(minutes=look.figures["within"])
    first, last = min(row.at for row in seen) - within, max(row.at for row in seen) + within
    around = _quick(look.at_all()).where(HistoryEvent.at >= first, HistoryEvent.at <= last)
    for batch in _batches(look, [row for row in look.events(around) if _has_days(look, row)]):
        first_of_it = [row.proof for row in batch[:NAMED]]
        for event in batch:
            yield look.found(
                f"{event.subject}/{event.item}/{event.sequence}", event.at, case=event.subject,
                item=event.item, department=event.department, person=event.actor,
                evidence=tuple(dict.fromkeys((*first_of_it, event.proof))),
                facts={"batch": len(batch)},
            )  # fmt: skip


def _quick(look: Look) -> Select[Any]:
    """Grants so soon after the item began, but for those on a promise."""
    soon = Seconds(CaseItem.started_at, HistoryEvent.at) <= look.figures["minutes"] * 60
    return look.rows("decide").where(
        said("decision") == "granted", CaseItem.commitment.is_(False), soon
    )


def _has_days(look: Look, event: Event) -> bool:
    return event.item is not None and look.catalogue(event.version_id).item(event.item).kind == KIND


def _batches(look: Look, events: Sequence[Event]) -> Iterator[list[Event]]:
    """Runs of enough decisions of one person, each soon after the one before."""
    by_person: defaultdict[tuple[str, str | None], list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda row: row.at):
        by_person[event.actor, event.department].append(event)
    within = timedelta(minutes=look.figures["within"])
    for mine in by_person.values():
        batches: list[list[Event]] = []
        for event in mine:
            if batches and event.at - batches[-1][0].at <= within:
                batches[-1].append(event)
            else:
                batches.append([event])
        yield from (batch for batch in batches if len(batch) >= look.figures["batch"])


HERE = N_("缺省值，须当地核定")
RULE = Rule(
    "R11", Family.COURSE, Level.YELLOW, N_("受理后几分钟内成批登记结果（补录嫌疑）"),
    "须当地核定", find,
    (
        Parameter("minutes", N_("受理后多少分钟以内作出决定"), 10, N_("分钟"), HERE, 1, 480),
        Parameter("batch", N_("至少多少件为一批"), 3, N_("件"), HERE, 2, 100),
        Parameter("within", N_("多少分钟以内为一批"), 60, N_("分钟"), HERE, 5, 1440),
    ),
)  # fmt: skip
