"""工作台: the first page after signing in."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from server.context import calendars, now, reader
from server.labels import said
from server.names import case_title, item_name
from server.queue import at_window
from workflows.errors import N_
from workflows.models import Case, Notice
from workflows.permissions import HALL, PAGES, Role
from workflows.queries import worklist
from workflows.states import CaseState

desk = Blueprint("desk", __name__)

#: What a window sees, and a lead besides.
WINDOW_QUEUES = (
    CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.DECIDED, CaseState.DELIVERED,
    CaseState.IN_REVIEW, CaseState.SUSPENDED,
)  # fmt: skip
#: Places for those who have no work list, each with what it is for.
LINKS = (
    ("supervisor.board", N_("时限看板"), N_("哪些事项快到期、已超期，在哪个部门")),
    ("auditor.audit", N_("审计核验"), N_("一个办件的全部记录，以及记录链是否完整")),
    ("designer.processes", N_("流程与版本"), N_("查看流程图，上传和发布新版本")),
    ("admin.people", N_("机构与人员"), N_("各岗位的 AB 角，今天由谁负责")),
    ("cases.search_cases", N_("办件查询"), N_("按办件号、申请人或状态查找")),
)


def page_number() -> int:
    """The page of a list that is asked for."""
    given = request.args.get("page", "1")
    return max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1


@desk.get("/")
def home() -> str:
    """What there is to do, by role."""
    roles = current_user.roles
    whose: worklist.Mine = current_user.tasks
    told = worklist.notices(reader(), whose.posts, [role.value for role in roles])
    shown: dict[str, Any] = {"notices": [_told(row) for row in told], "page": page_number()}
    if Role.APPROVER in roles:
        shown |= _tasks(whose)
    elif roles & HALL:
        shown |= _cases(lead=Role.WINDOW_LEAD in roles) | {"at_window": at_window()}
    return render_template("desk.html", **shown, links=_links(roles))


def _tasks(whose: worklist.Mine) -> dict[str, Any]:
    if request.args.get("list") == "done":
        person_id = current_user.person.id
        rows = worklist.done_tasks(reader(), person_id, now(), calendars, page_number())
        return {"list": "done", "tasks": rows, "total": None, "posts": whose.posts}
    rows, total = worklist.open_tasks(reader(), whose, now(), calendars, page_number())
    return {"list": "open", "tasks": rows, "total": total, "posts": whose.posts}


def _cases(lead: bool) -> dict[str, Any]:
    queues = [CaseState.DECLINING, *WINDOW_QUEUES] if lead else list(WINDOW_QUEUES)
    wanted = request.args.get("state", "")
    counted = worklist.counts(reader())
    waiting = next((queue for queue in queues if counted.get(queue)), queues[0])
    state = next((queue for queue in queues if queue == wanted), waiting)
    rows, total = worklist.window_cases(reader(), [state], now(), calendars, page_number())
    return {
        "state": state,
        "queues": [(queue, counted.get(queue, 0)) for queue in queues],
        "cases": rows,
        "total": total,
    }


def _told(notice: Notice) -> dict[str, Any]:
    """A notice with the case it is about, its words in the reader's language."""
    case = reader().get_one(Case, notice.case_id)
    params = dict(notice.params)
    meant = (notice.item_id, params.get("what"))
    item = next((item for item in case.items if item.id in meant or item.name in meant), None)
    if "what" in params:
        params["what"] = item_name(case, item) if item else case_title(case)
    return {
        "light": notice.level,
        "at": notice.at,
        "number": case.number,
        "sentence": said(notice.sentence, params),
    }


def _links(roles: frozenset[Role]) -> list[tuple[str, str, str]]:
    """Where roles without a work list go from here, and what for."""
    return [
        (url_for(endpoint), _(place), _(purpose))
        for endpoint, place, purpose in LINKS
        if roles & PAGES[endpoint]
    ]
