"""R09: a clock was stopped for what the law does not name, or without a notice (行政许可法 §45).

The house stops clocks only for the procedures of the catalogue and numbers every notice; the
rule watches that no other pause is in the ledger all the same.
"""

from collections.abc import Iterator, Sequence
from datetime import time

from workflows.clock import office_moment
from workflows.errors import N_
from workflows.models.deadline import SUSPENDED_CASE
from workflows.watch.found import Found, Level
from workflows.watch.look import Event, Look
from workflows.watch.pauses import Stop, notices, stops
from workflows.watch.rule import Family, Rule

#: 听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审.
LAWFUL = frozenset({
    "hearing", "bidding", "auction", "inspection", "testing", "quarantine", "appraisal",
    "expert_review",
})  # fmt: skip


def find(look: Look) -> Iterator[Found]:
    """Every pause of another kind, and every one that nobody was told of."""
    for stop, rows in notices(look, list(stops(look))):
        found = {"kind": not _lawful(look, stop, rows), "notice": not stop.notice}
        if any(found.values()):
            at = rows[0].at if rows else office_moment(stop.started_on, time.min)
            yield look.found(
                stop.key, at, case=stop.case, item=stop.item,
                department=stop.department or look.catalogue(stop.version_id).theme.lead,
                person=stop.by, evidence=tuple(row.proof for row in rows),
                facts={"wrong": [name for name, holds in found.items() if holds],
                       "procedure": stop.kind},
            )  # fmt: skip


def _lawful(look: Look, stop: Stop, rows: Sequence[Event]) -> bool:
    """Whether it is one of the eight procedures, and the catalogue has it for the item."""
    if stop.kind == SUSPENDED_CASE:
        grounds = {row.details.get("ground") for row in rows if row.action == "suspend_case"}
        return bool(grounds & LAWFUL)
    if stop.item is None:
        return False
    special = look.catalogue(stop.version_id).item(stop.item).special
    return any(one.name == stop.kind and one.stops_clock for one in special)


RULE = Rule("R09", Family.COURSE, Level.RED, N_("停表不合法或者未书面告知"), "行政许可法45", find)
