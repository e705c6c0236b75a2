"""工作台: the first page after signing in."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from server.context import calendars, now, reader
from workflows.permissions import HALL, Role
from workflows.queries import worklist
from workflows.states import CaseState

desk = Blueprint("desk", __name__)

#: What a window sees, and a lead besides.
WINDOW_QUEUES = (
    CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.DECIDED, CaseState.DELIVERED,
    CaseState.IN_REVIEW,
)  # fmt: skip


def page_number() -> int:
    """The page of a list that is asked for."""
    given = request.args.get("page", "1")
    return max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1


@desk.get("/")
def home() -> str:
    """What there is to do, by role."""
    roles = current_user.roles
    posts = current_user.posts if Role.APPROVER in roles else []
    told = worklist.notices(reader(), posts, [role.value for role in roles])
    shown: dict[str, Any] = {"notices": told, "page": page_number()}
    if Role.APPROVER in roles:
        shown |= _tasks(posts)
    elif roles & HALL:
        shown |= _cases(lead=Role.WINDOW_LEAD in roles)
    return render_template("desk.html", **shown, links=_links(roles))


def _tasks(posts: worklist.Posts) -> dict[str, Any]:
    if request.args.get("list") == "done":
        person_id = current_user.person.id
        rows = worklist.done_tasks(reader(), person_id, now(), calendars, page_number())
        return {"list": "done", "tasks": rows, "total": None, "posts": posts}
    rows, total = worklist.open_tasks(reader(), posts, now(), calendars, page_number())
    return {"list": "open", "tasks": rows, "total": total, "posts": posts}


def _cases(lead: bool) -> dict[str, Any]:
    queues = [CaseState.DECLINING, *WINDOW_QUEUES] if lead else list(WINDOW_QUEUES)
    wanted = request.args.get("state", "")
    state = next((queue for queue in queues if queue == wanted), queues[0])
    rows, total = worklist.window_cases(reader(), [state], now(), calendars, page_number())
    counted = worklist.counts(reader())
    return {
        "state": state,
        "queues": [(queue, counted.get(queue, 0)) for queue in queues],
        "cases": rows,
        "total": total,
    }


def _links(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """Where roles without a work list go from here."""
    places = {
        Role.SUPERVISOR: [(url_for("supervisor.board"), _("时限看板"))],
        Role.GOVERNMENT: [(url_for("supervisor.board"), _("时限看板"))],
        Role.AUDITOR: [(url_for("auditor.audit"), _("审计核验"))],
        Role.DESIGNER: [(url_for("designer.processes"), _("流程与版本"))],
        Role.ADMIN: [(url_for("admin.people"), _("机构与人员"))],
    }
    return [link for role, links in places.items() if role in roles for link in links]
