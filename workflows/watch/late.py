"""Limits that were exceeded: a clock was stopped after its due instant, or runs past it.

The ledger says that it is so, to the second, whether or not the clockwork was awake; the history
says what was done about it: alarms, and the act that stopped the clock.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from workflows.clock import office_time, passed
from workflows.models import Case, CaseItem, Deadline
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found
from workflows.watch.look import MANY, Event, Look

#: Acts that may have started a clock, been told of it, or ended it.
AROUND = (
    "receive", "supplement", "accept", "deem_accepted", "decline", "return_for_supplement",
    "sign_for", "decide", "confirm_refusal", "give_opinion", "conclude_item", "withdraw",
    "consult", "answer_consultation", "warn", "escalate", "deliver", "fire_timer",
)  # fmt: skip
ALARMS = ("warn", "escalate")
#: What starts a clock, likelier first.
BEGINS = {
    Clock.NOTICE: ("supplement", "receive"),
    Clock.ITEM: ("accept", "deem_accepted", "supplement", "receive", "decide"),
    Clock.CONSULTATION: ("consult",),
    Clock.DELIVERY: ("decide", "confirm_refusal", "give_opinion", "conclude_item"),
}


class Late(NamedTuple):
    """A clock whose time was over before what it measures was done."""

    deadline: int
    clock: Clock
    basis: Basis
    started_at: datetime
    due_at: datetime
    closed_at: datetime | None
    limit: str
    case: str
    version_id: int
    region: str
    received_by: str
    item_id: int | None
    item: str | None
    department: str | None

    @property
    def key(self) -> str:
        return f"{self.case}/{self.item or ''}/{self.deadline}"


def late(look: Look, clocks: Sequence[Clock], *bases: Basis) -> Iterator[Late]:
    """The clocks of these kinds that were exceeded."""
    query = (
        select(
            Deadline.id, Deadline.clock, Deadline.basis, Deadline.started_at, Deadline.due_at,
            Deadline.closed_at, Deadline.limit, Case.number, Case.version_id, Case.region,
            Case.received_by, Deadline.item_id, CaseItem.code, CaseItem.department_code,
        )
        .join_from(Deadline, Case, Case.id == Deadline.case_id)
        .outerjoin(CaseItem, CaseItem.id == Deadline.item_id)
        .where(Deadline.clock.in_(clocks), Deadline.basis.in_(bases), *look.within(Deadline.due_at))
        .where(or_(Deadline.closed_at.is_(None), Deadline.closed_at > Deadline.due_at))
    )  # fmt: skip
    for row in look.session.execute(query, execution_options={"yield_per": 1000}):
        one = Late._make(row)
        if passed(one.closed_at or look.now, one.due_at):
            yield one


def matters(look: Look, found: Iterable[Late]) -> Iterator[Found]:
    """What was exceeded, with the rows of history around it."""
    some: list[Late] = []
    for one in found:
        some.append(one)
        if len(some) == MANY:
            yield from _proven(look, some)
            some = []
    yield from _proven(look, some)


def _proven(look: Look, some: Sequence[Late]) -> Iterator[Found]:
    history = look.whole({one.case for one in some}, *AROUND) if some else {}
    for one in some:
        facts: dict[str, Any] = {
            "clock": one.clock.value, "basis": one.basis.value, "limit": one.limit,
            "due": _wall(one.due_at), "done": _wall(one.closed_at),
        }  # fmt: skip
        yield look.found(
            one.key, one.due_at, case=one.case, item=one.item,
            department=one.department or _lead(look, one), evidence=proofs(one, history[one.case]),
            facts=facts,
        )  # fmt: skip


def _wall(moment: datetime | None) -> str | None:
    """As the clock of the hall shows it."""
    return office_time(moment).strftime("%Y-%m-%d %H:%M") if moment else None


def _lead(look: Look, one: Late) -> str | None:
    """Who answers for a limit of the whole case: who leads it; for the window's, the hall."""
    leads = one.clock is Clock.CASE
    return look.catalogue(one.version_id).theme.lead if leads else None


def proofs(one: Late, history: Sequence[Event]) -> tuple[tuple[str, int], ...]:
    """What started a clock, what was said about it, and what stopped it."""
    alarms = [
        row for row in history
        if row.action in ALARMS and row.item == one.item
        and (row.details.get("clock"), row.details.get("basis")) == (one.clock, one.basis)
    ]  # fmt: skip
    begun = [_beginning(one, [row for row in history if row not in alarms])]
    rows = {row.sequence: row for row in (*begun, *alarms, _end(one, history)) if row is not None}
    return tuple(rows[sequence].proof for sequence in sorted(rows))


def _beginning(one: Late, history: Sequence[Event]) -> Event | None:
    """What started a clock: at that very moment the act that does, else what was last before it."""
    then = [row for row in history if row.at == one.started_at]
    for action in BEGINS.get(one.clock, BEGINS[Clock.ITEM]):
        for row in then:
            if row.action == action:
                return row
    return next((row for row in reversed(history) if row.at <= one.started_at), None)


def _end(one: Late, history: Sequence[Event]) -> Event | None:
    """What stopped a clock: an act at that very moment, about the same item if there is one."""
    then = [row for row in history if row.at == one.closed_at and row.action not in ALARMS]
    mine = [row for row in then if row.item == one.item] or then
    if not mine:
        return None
    return mine[0] if one.clock is Clock.SIGN_FOR else mine[-1]
