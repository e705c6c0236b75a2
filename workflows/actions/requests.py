"""What was asked to be done to a clock and waits for a superior."""

from sqlalchemy import select

from workflows.actions.base import Context
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, ClockRequest, RequestKind

CHECKER, CHIEF = "checker", "chief"


class RequestGone(WorkflowError):
    """It was decided already, or never made."""

    sentence = N_("这项申请不存在，或者已经有结果。")


class RequestedAlready(WorkflowError):
    """One request at a time."""

    sentence = N_("已经提出过同样的申请，正在等待批准。")


def waiting(
    case: Case, kind: RequestKind, item: CaseItem | None, ctx: Context
) -> list[ClockRequest]:
    """The undecided requests of a kind, for one item or for the joint limit."""
    about = ClockRequest.item_id.is_(None) if item is None else ClockRequest.item_id == item.id
    query = select(ClockRequest).where(
        ClockRequest.case_id == case.id, ClockRequest.kind == kind,
        ClockRequest.decided_at.is_(None), about,
    )  # fmt: skip
    return list(ctx.session.scalars(query))


def make(  # noqa: PLR0913
    case: Case, kind: RequestKind, item: CaseItem | None, duty: str, days: int, reason: str,
    ctx: Context, procedure: str | None = None,
) -> None:  # fmt: skip
    """Put a request before a superior; refused while the same one is still waiting."""
    if waiting(case, kind, item, ctx):
        raise RequestedAlready
    ctx.session.add(
        ClockRequest(
            case_id=case.id,
            item_id=item.id if item else None,
            kind=kind,
            procedure=procedure,
            days=days,
            reason=reason,
            department_code=item.department_code if item else None,
            duty=duty if item else None,
            asked_at=ctx.now,
            asked_by=ctx.actor.name,
            asked_by_id=ctx.actor.person_id,
        )
    )


def request_of(case: Case, request_id: int, kind: RequestKind, ctx: Context) -> ClockRequest:
    """An undecided request of the case, or the refusal."""
    row = ctx.session.get(ClockRequest, request_id)
    if row is None or row.case_id != case.id or row.kind is not kind or row.decided_at is not None:
        raise RequestGone
    return row


def settle_request(row: ClockRequest, granted: bool, answer: str, ctx: Context) -> None:
    """What the superior said."""
    row.granted, row.answer = granted, answer
    row.decided_at, row.decided_by = ctx.now, ctx.actor.name
