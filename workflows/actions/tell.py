"""Telling a post or a role what it has to know; delivered outside only after the commit."""

from typing import Any

from workflows.actions.base import Context
from workflows.deadlines import Light
from workflows.models import Case, CaseItem, Notice
from workflows.models.rows import add_last
from workflows.permissions import Role


def tell_post(  # noqa: PLR0913
    case: Case, item: CaseItem, duty: str, light: Light, sentence: str, params: dict[str, Any],
    ctx: Context,
) -> None:  # fmt: skip
    """Tell a post of the item's department; its deputy sees it while the holder is away."""
    notice = Notice(
        case_id=case.id,
        item_id=item.id,
        at=ctx.now,
        level=light.value,
        sentence=sentence,
        params=params,
        department_code=item.department_code,
        duty=duty,
    )
    add_last(ctx.session, notice)


def tell_role(
    case: Case, role: Role, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell everyone with a role."""
    notice = Notice(
        case_id=case.id,
        at=ctx.now,
        level=light.value,
        sentence=sentence,
        params=params,
        role=role.value,
    )
    add_last(ctx.session, notice)


def tell_department(  # noqa: PLR0913
    case: Case, department: str, duty: str, light: Light, sentence: str, params: dict[str, Any],
    ctx: Context, item: CaseItem | None = None,
) -> None:  # fmt: skip
    """Tell a post of any department, also of one that has no item of the case."""
    notice = Notice(
        case_id=case.id,
        item_id=item.id if item else None,
        at=ctx.now,
        level=light.value,
        sentence=sentence,
        params=params,
        department_code=department,
        duty=duty,
    )
    add_last(ctx.session, notice)
