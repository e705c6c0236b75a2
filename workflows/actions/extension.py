"""What asking for a longer limit and granting it (延期, 行政许可法 §42) have in common."""

from workflows.actions.base import Context, catalogue_of
from workflows.actions.clocks import running
from workflows.clock import passed
from workflows.deadlines import Limit
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Deadline
from workflows.models.deadline import Clock


class NothingRuns(WorkflowError):
    """Only a limit that is being counted can be longer."""

    sentence = N_("这个时限没有在计算，不需要延期。")


class ExtensionTooLate(WorkflowError):
    """An extension asked for after the limit is an overdue case."""

    sentence = N_("期限已过，不能再延期：已按超期处理。")


class ExtendedAlready(WorkflowError):
    """Once only."""

    sentence = N_("已经延期过一次，不能再次延期。")


class ExtensionTooLong(WorkflowError):
    """More days than the law allows this superior."""

    sentence = N_("延期天数应为 1 到 %(most)s 个工作日。")


def extendable(case: Case, item: CaseItem | None, days: int, ctx: Context) -> list[Deadline]:
    """The clocks that may be so many days longer; of the whole case without an item."""
    clock = Clock.ITEM if item else Clock.CASE
    rows = running(case, clock, item)
    if not rows:
        raise NothingRuns
    if any(passed(ctx.now, row.due_at) for row in rows):
        raise ExtensionTooLate
    if any(row.extension_days for row in rows):
        raise ExtendedAlready
    most = _most(case, item)
    if not 1 <= days <= most:
        raise ExtensionTooLong(most=most)
    return rows


def _most(case: Case, item: CaseItem | None) -> int:
    """How many working days the law allows: the joint limit, or another law for the item."""
    catalogue = catalogue_of(case)
    if item is None:
        return catalogue.theme.cap_extension.days
    limit: Limit | None = catalogue.item(item.code).extension
    return (limit or catalogue.rules.extension).days
