"""What is moot when an item is over, decided or not: nobody answers, comes or decides any more.

A question to another department is taken back, a seat at a joint visit or meeting is released (it
is no absence), a request about a clock waits for nobody.  It happens in the action that ended the
item, whoever was asked is told, and history says so.
"""

from collections.abc import Container
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from workflows.actions.base import Context
from workflows.actions.consultations import asked, take_back
from workflows.actions.meetings import cancel, release
from workflows.actions.tell import tell_post, tell_role
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Case, CaseItem, ClockRequest, Meeting, RequestKind
from workflows.permissions import Role

NOT_DECIDED = {
    RequestKind.PAUSE: N_("%(what)s已有结论，停表申请不再审批。"),
    RequestKind.EXTENSION: N_("%(what)s已有结论，延期申请不再审批。"),
}


def drop_moot(case: Case, ctx: Context) -> dict[str, Any]:
    """Close what is open about items that are over; what history should remember of it."""
    over = {item.id: item for item in case.items if item.decided}
    facts = {
        "questions_taken_back": _questions(case, over, ctx),
        "requests_dropped": _requests(case, over, ctx),
        **_seats(case, over, ctx),
    }
    return {name: found for name, found in facts.items() if found}


def _questions(case: Case, over: dict[int, CaseItem], ctx: Context) -> list[str]:
    numbers = []
    for row in asked(case, ctx):
        if item := over.get(row.item_id):
            take_back(case, row, item, ctx)
            numbers.append(row.number)
    return numbers


def _requests(case: Case, over: dict[int, CaseItem], ctx: Context) -> list[str]:
    """What nobody has to grant or refuse; that of the joint limit when everything is over."""
    query = select(ClockRequest).where(
        ClockRequest.case_id == case.id, ClockRequest.decided_at.is_(None)
    )
    dropped = []
    for row in ctx.session.scalars(query.order_by(ClockRequest.id)):
        item = over.get(row.item_id or 0)
        if item is not None:
            params = {"what": item.name}
            tell_post(case, item, "handler", Light.GREEN, NOT_DECIDED[row.kind], params, ctx)
        elif row.item_id is None and len(over) == len(case.items):
            params = {"what": case.title}
            tell_role(case, Role.WINDOW_LEAD, Light.GREEN, NOT_DECIDED[row.kind], params, ctx)
        else:
            continue
        row.decided_at = ctx.now
        dropped.append(item.code if item else case.title)
    return dropped


def _seats(case: Case, over: dict[int, CaseItem], ctx: Context) -> dict[str, Any]:
    query = (
        select(Meeting)
        .where(Meeting.case_id == case.id, Meeting.concluded_at.is_(None))
        .options(joinedload(Meeting.deadline), selectinload(Meeting.attendances))
    )
    released, cancelled = [], []
    for meeting in ctx.session.scalars(query.order_by(Meeting.id)):
        if _pointless(case, meeting, over, ctx):
            cancel(case, meeting, "", ctx)
            cancelled.append(meeting.number)
            continue
        for seat in meeting.attendances:
            item = over.get(seat.item_id or 0)
            if seat.closed_at is None and (item is not None or case.closed_at):
                release(case, seat, item, ctx)
                released.append(item.code if item else seat.department_code)
    return {"meetings_cancelled": cancelled, "seats_released": released}


def _pointless(case: Case, meeting: Meeting, over: Container[int], ctx: Context) -> bool:
    """Nobody has found anything yet, and there is nothing left to look at."""
    if any(seat.conclusion for seat in meeting.attendances):
        return False
    about = [seat.item_id for seat in meeting.attendances if seat.item_id is not None]
    nothing_left = bool(about) and all(item_id in over for item_id in about)
    return case.closed_at is not None or (meeting.at > ctx.now and nothing_left)
