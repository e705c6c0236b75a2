"""What was asked to be done to a clock and waits for a superior."""

from sqlalchemy import bindparam, select

from workflows.actions.base import Context
from workflows.actions.people import Asked, with_asked
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, ClockRequest, Department, RequestKind
from workflows.models.fetch import Fetch, Part
from workflows.models.rows import table_of

CHECKER, CHIEF = "checker", "chief"


#: A request, with its item if it has one, and who is to be asked for it.
REQUEST = Fetch(Part(ClockRequest), Part(CaseItem))
_REQUEST = table_of(ClockRequest)
REQUEST_OF_CASE = with_asked(
    REQUEST.select()
    .outerjoin_from(_REQUEST, CaseItem, CaseItem.id == _REQUEST.c.item_id)
    .outerjoin(Department, Department.code == _REQUEST.c.department_code)
    .where(_REQUEST.c.id == bindparam("request"), _REQUEST.c.case_id == bindparam("case")),
    _REQUEST.c.duty,
)


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


def request_of(
    case: Case, request_id: int, kind: RequestKind, ctx: Context
) -> tuple[ClockRequest, CaseItem | None, Asked]:
    """An undecided request of the case with its item and who is to decide it, or the refusal."""
    asked = {"request": request_id, "case": case.id, "day": ctx.today}
    found = REQUEST.one(ctx.session, REQUEST_OF_CASE, **asked)
    if found is None or found[0].kind is not kind or found[0].decided_at is not None:
        raise RequestGone
    row, item, *who = found
    return row, item, who


def settle_request(row: ClockRequest, granted: bool, answer: str, ctx: Context) -> None:
    """What the superior said."""
    row.granted, row.answer = granted, answer
    row.decided_at, row.decided_by = ctx.now, ctx.actor.name
