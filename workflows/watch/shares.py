"""How large a share of its clocks each department stopped in a month, and who stands out.

Only items that may be stopped at all are counted, and only departments with enough of them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from math import ceil

from sqlalchemy import case, exists, func, select

from workflows.clock import office_day, office_moment
from workflows.models import Case, CaseItem, DeadlinePause
from workflows.models.deadline import ALL_BLOCKED, PREDECESSOR
from workflows.watch.found import Found
from workflows.watch.look import Look

#: So many pauses are named as evidence.
NAMED = 20
PAUSED = exists().where(
    DeadlinePause.item_id == CaseItem.id, DeadlinePause.kind.not_in((PREDECESSOR, ALL_BLOCKED))
)


def outstanding(look: Look) -> Iterator[Found]:
    """The departments that stopped far more than others, month by month."""
    for first, end in _months(look):
        many: Counter[str] = Counter()
        paused: Counter[str] = Counter()
        for department, number, stopped in _counted(look, first, end):
            many[department] += number
            paused[department] += stopped
        enough = [code for code in many if many[code] >= look.figures["least"]]
        shares = {code: paused[code] / many[code] for code in sorted(enough)}
        for code, share in shares.items():
            others = sorted(rest for other, rest in shares.items() if other != code)
            if len(others) < look.figures["peers"]:
                continue
            usual = others[ceil(0.95 * len(others)) - 1]
            if share > usual + look.figures["excess"]:
                yield look.found(
                    f"{code}/{office_day(first):%Y-%m}", end, department=code,
                    evidence=_evidence(look, code, first, end),
                    facts={"wrong": "share", "month": f"{office_day(first):%Y-%m}",
                           "items": many[code], "paused": paused[code],
                           "share": round(share, 4), "usual": round(usual, 4)},
                )  # fmt: skip


def _months(look: Look) -> Iterator[tuple[datetime, datetime]]:
    """The months that were over in the time that is looked at."""
    since = look.since or look.session.scalar(select(func.min(Case.received_at)))
    if since is None:
        return
    day = office_day(since).replace(day=1)
    while True:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        first, end = office_moment(day, time.min), office_moment(after, time.min)
        if end > look.now:
            return
        yield first, end
        day = after


def _counted(look: Look, first: datetime, end: datetime) -> Iterator[tuple[str, int, int]]:
    """(department, items begun in a month, of them stopped) for each item that may be stopped."""
    query = (
        select(Case.version_id, CaseItem.code, CaseItem.department_code, func.count(),
               func.sum(case((PAUSED, 1), else_=0)))
        .join_from(CaseItem, Case, Case.id == CaseItem.case_id)
        .where(CaseItem.started_at >= first, CaseItem.started_at < end)
        .group_by(Case.version_id, CaseItem.code, CaseItem.department_code)
    )  # fmt: skip
    for version, code, department, number, stopped in look.session.execute(query):
        if any(one.stops_clock for one in look.catalogue(version).item(code).special):
            yield department, number, stopped


def _evidence(
    look: Look, department: str, first: datetime, end: datetime
) -> tuple[tuple[str, int], ...]:
    """The acts that stopped the first of them."""
    query = (
        select(Case.number)
        .join_from(CaseItem, Case, Case.id == CaseItem.case_id)
        .where(CaseItem.started_at >= first, CaseItem.started_at < end, PAUSED)
        .where(CaseItem.department_code == department)
        .order_by(Case.number)
        .limit(NAMED)
    )
    history = look.whole(set(look.session.scalars(query)), "approve_pause", "pause_deadline")
    rows = [row for events in history.values() for row in events if row.department == department]
    return tuple(row.proof for row in rows[:NAMED])
