"""R10: a suspicion that clocks are stopped to gain time: often, late, or by one department only.

Each pause may be lawful by itself (行政许可法 §45).  Suspicious is the third of one item, one that
begins in the last tenth of the limit, and a month in which a department stops a far larger share
of its clocks than others do that may stop them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from workflows.calendar import ONE_DAY
from workflows.clock import office_day
from workflows.errors import N_
from workflows.models import Deadline, DeadlinePause
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.look import Event, Look
from workflows.watch.pauses import Stop, notices, stops
from workflows.watch.rule import Family, Parameter, Rule
from workflows.watch.shares import outstanding


def find(look: Look) -> Iterator[Found]:
    """The pauses of single items; in a look at everything, the shares of departments too."""
    seen = {stop.case for stop in stops(look)}
    whole = replace(look, cases=frozenset(seen), since=None)
    found = list(notices(look, list(stops(whole)))) if seen else []
    times: Counter[tuple[str, str | None]] = Counter()
    for stop, rows in found:
        times[stop.case, stop.item] += 1
        if times[stop.case, stop.item] > look.figures["most"]:
            yield _matter(look, stop, rows, "often")
        if stop.item is not None and _at_the_end(look, stop):
            yield _matter(look, stop, rows, "end")
    if look.cases is None:
        yield from outstanding(look)


def _matter(look: Look, stop: Stop, rows: list[Event], wrong: str) -> Found:
    at = rows[0].at if rows else look.now
    lead = stop.department or look.catalogue(stop.version_id).theme.lead
    return look.found(
        f"{stop.key}/{wrong}", at, case=stop.case, item=stop.item, department=lead,
        person=stop.by, evidence=tuple(row.proof for row in rows),
        facts={"wrong": wrong, "procedure": stop.kind},
    )  # fmt: skip


def _at_the_end(look: Look, stop: Stop) -> bool:
    """Whether it began on one of the last days of the promised limit."""
    query = select(Deadline).where(
        Deadline.item_id == stop.item_id, Deadline.clock == Clock.ITEM,
        Deadline.basis == Basis.PROMISED,
    )  # fmt: skip
    earlier = look.session.scalars(
        select(DeadlinePause).where(
            DeadlinePause.item_id == stop.item_id, DeadlinePause.id < stop.id
        )
    ).all()
    calendar = look.calendar(stop.region)
    for row in look.session.scalars(query):
        ledger = row.ledger(())
        first = office_day(row.started_at)
        if not ledger.days or stop.started_on <= first:
            continue
        used = calendar.workdays_between(first, stop.started_on - ONE_DAY)
        for pause in earlier:
            used -= calendar.ordinal(pause.ended_on or stop.started_on) - calendar.ordinal(
                max(pause.started_on, first + ONE_DAY)
            )
        if used + 1 > float(look.figures["tail"]) * ledger.days:
            return True
    return False


HERE = N_("缺省值，须当地核定")
RULE = Rule(
    "R10", Family.COURSE, Level.YELLOW, N_("反复停表、临期停表或者停表偏多"), "行政许可法45", find,
    (
        Parameter("most", N_("同一事项最多停表次数"), 2, N_("次"), HERE, 1, 20),
        Parameter("tail", N_("时限用去多少之后停表算临期"), 0.9, N_("比例"), HERE, 0.1, 1),
        Parameter("least", N_("一个月至少多少事项才比较"), 20, N_("件"), HERE, 5, 10000),
        Parameter("peers", N_("至少与几个部门比较"), 3, N_("个"), HERE, 2, 100),
        Parameter("excess", N_("停表占比高出其他部门第 95 百分位"), 0.2, N_("比例"), HERE, 0, 1),
    ),
)  # fmt: skip
