"""容缺受理: a secondary material that the catalogue names is promised for a day, in writing.

The day is the applicant's, within the rule of the place.  What follows when it passes is a rule
of the place as well: no national law knows 容缺.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from workflows.actions.base import Context, catalogue_of
from workflows.actions.clocks import new_clocks, running, start_clocks
from workflows.actions.numbers import document_number
from workflows.calendar import ONE_DAY, WorkCalendar
from workflows.clock import office_day, passed
from workflows.deadlines import Ledger, Limit, due
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, CaseMaterial, Deadline
from workflows.models.deadline import Basis, Clock


class PromiseOutOfReach(WorkflowError):
    """The promised day is to come, and not later than the rule of the place."""

    sentence = N_("材料“%(name)s”承诺补交的日期应在 %(first)s 到 %(last)s 之间。")


class PromiseBroken(WorkflowError):
    """The promised day has passed, and the place has a rule for that."""

    sentence = N_("材料“%(name)s”没有在承诺的 %(on)s 前补交，按规定不能再补交。")


class MaterialOwed(WorkflowError):
    """Nothing is granted on a document that nobody has seen (行政许可法 §38)."""

    sentence = N_("容缺的材料“%(names)s”还没有补交，不能准予。")


def last_day(limit: Limit, now: datetime, calendar: WorkCalendar) -> date:
    """The latest day for which a material may be promised today."""
    at = due(Ledger(now, limit), calendar).at
    assert at is not None, "without a pause every limit ends"
    return office_day(at)


def promise(
    case: Case, rows: Sequence[CaseMaterial], days: Mapping[str, date], ctx: Context
) -> dict[str, Any]:
    """Accept these materials for later, each for its day; what history remembers."""
    if not rows:
        return {}
    last = last_day(catalogue_of(case).rules.deferral, ctx.now, ctx.calendars(case.region))
    first = ctx.today + ONE_DAY
    number = document_number(ctx, case, "RQ")
    clocks = []
    for row in rows:
        day = days.get(row.code, last)
        if not first <= day <= last:
            raise PromiseOutOfReach(name=row.name, first=first, last=last)
        row.deferred, row.promised_on, row.promise_number = True, day, number
        limit = Limit.parse(f"{(day - ctx.today).days}d")
        clocks += new_clocks(case, Clock.DEFERRAL, [(Basis.PROMISED, limit)], ctx)
    start_clocks(case, clocks, ctx)
    for row, clock in zip(rows, running(case, Clock.DEFERRAL), strict=True):
        row.deadline_id = clock.id
    return {"promised": {row.code: str(row.promised_on) for row in rows}, "promise": number}


def keep_promise(case: Case, row: CaseMaterial, ctx: Context) -> None:
    """A promised material is here: its clock stops; or PromiseBroken."""
    if row.deadline_id is None or row.received_at is not None:
        return
    clock = ctx.session.get_one(Deadline, row.deadline_id)
    over = clock.closed_at is not None or passed(ctx.now, clock.due_at)
    if over and catalogue_of(case).rules.on_deferral_expiry != "open":
        raise PromiseBroken(name=row.name, on=row.promised_on)
    clock.closed_at = ctx.now
    clock.next_at = None


def require_promised(case: Case, item: CaseItem) -> None:
    """Refuse to grant an item before what was promised for it is here."""
    if catalogue_of(case).rules.deferral_blocks:
        owed = [row.name for row in case.materials if row.owed and item.code in row.items]
        if owed:
            raise MaterialOwed(names="、".join(owed))
