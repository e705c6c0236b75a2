"""Telling a post, a role or a person something; delivered outside only after the commit."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.actions.base import Context
from workflows.deadlines import Light
from workflows.models import Case, CaseItem, Notice, Post
from workflows.models.rows import add_last
from workflows.permissions import Role


def tell_post(  # noqa: PLR0913
    case: Case, item: CaseItem, duty: str, light: Light, sentence: str, params: dict[str, Any],
    ctx: Context,
) -> None:  # fmt: skip
    """Tell a post of the item's department; its deputy sees it while the holder is away."""
    whom = {"department_code": item.department_code, "duty": duty}
    _tell(case, item, light, sentence, params, ctx, **whom)


def tell_role(
    case: Case, role: Role, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell everyone with a role."""
    _tell(case, None, light, sentence, params, ctx, role=role.value)


def tell_person(  # noqa: PLR0913
    case: Case, person_id: int, item: CaseItem | None, light: Light, sentence: str,
    params: dict[str, Any], ctx: Context,
) -> None:  # fmt: skip
    """Tell one person, whatever posts and roles they have."""
    _tell(case, item, light, sentence, params, ctx, person_id=person_id)


def tell_department(  # noqa: PLR0913
    case: Case, department: str, duty: str, light: Light, sentence: str, params: dict[str, Any],
    ctx: Context, item: CaseItem | None = None,
) -> None:  # fmt: skip
    """Tell a post of any department, also of one that has no item of the case."""
    _tell(case, item, light, sentence, params, ctx, department_code=department, duty=duty)


def deputy_of(session: Session, department: str, duty: str) -> int | None:
    """The person who is B角 of a post, named as the ladder does (``handler_deputy``)."""
    query = select(Post.deputy_id).where(
        Post.department_code == department, Post.duty == duty.removesuffix("_deputy")
    )
    return session.scalar(query)


def _tell(
    case: Case, item: CaseItem | None, light: Light, sentence: str, params: dict[str, Any],
    ctx: Context, **whom: Any,
) -> None:  # fmt: skip
    notice = Notice(
        case_id=case.id,
        item_id=item.id if item else None,
        at=ctx.now,
        level=light.value,
        sentence=sentence,
        params=params,
        **whom,
    )
    add_last(ctx.session, notice)
