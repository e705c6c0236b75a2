"""工作台: the first page after signing in."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from markupsafe import Markup

from server import complaints
from server.cards import desk_cards
from server.context import reader
from server.doors import PAGES
from server.labels import DUTIES, said, word
from server.listing import come, list_page
from server.lists import LEADS, LISTS, List, address_of, lists_of, page_number, show
from server.names import case_title, item_name, step_name, zh
from server.papers import promise_rows
from server.queue import at_window
from server.talks import waiting_rows
from workflows.errors import N_
from workflows.models import Card, Case, Notice
from workflows.permissions import HALL, Role
from workflows.queries import around, processes, queues, worklist
from workflows.queries.filters import Part
from workflows.queries.offers import waiting_for
from workflows.states import CaseState

desk = Blueprint("desk", __name__)

#: Places for those who have no work list, each with what it is for.
LINKS = (
    ("supervisor.board", N_("时限看板"), N_("哪些事项快到期、已超期，在哪个部门")),
    ("cards.list_cards", N_("监察卡"), N_("规则发现的和督查发出的事，谁答复，到哪一级")),
    ("auditor.audit", N_("审计核验"), N_("一个办件的全部记录，以及记录链是否完整")),
    ("designer.processes", N_("流程与版本"), N_("查看流程图，上传和发布新版本")),
    ("admin.people", N_("机构与人员"), N_("各岗位的 AB 角，今天由谁负责")),
    ("reminders.outbox", N_("提醒发送"), N_("邮件、短信等哪些没有送达，为什么")),
    ("cases.search_cases", N_("办件查询"), N_("按办件号、申请人或状态查找")),
)


@desk.get("/")
def home() -> ResponseReturnValue:
    """What there is to do, by role."""
    roles = current_user.roles
    words = [role.value for role in roles]
    told = worklist.notices(reader(), current_user.tasks.posts, words, current_user.person.id)
    shown, status = _work(roles)
    shown |= {
        "notices": [_told(row) for row in told],
        "page": page_number(),
        "waiting": [*waiting_rows(), *complaints.waiting_rows()],
    }
    if roles & HALL and Role.APPROVER not in roles:
        shown["at_window"] = at_window()
    if roles & HALL:
        shown["promises"] = promise_rows()
    if roles & PAGES["cards.list_cards"]:
        shown["cards"] = desk_cards()
    if Role.DESIGNER in roles:
        shown["to_review"] = processes.to_review(reader(), current_user.name)
    if Role.APPROVER in roles:
        shown["offers"] = waiting_for(reader(), current_user.person.id)
    return render_template("desk.html", **shown, links=_links(roles), posts=_posts()), status


def _work(roles: frozenset[Role]) -> tuple[dict[str, Any], int]:
    """The list that is asked for, with the tabs of all, and the status of the page."""
    lists = lists_of(roles)
    window = any(one.state for one in lists)
    counted = queues.counts(reader()) if window else {}
    one = _wanted(lists, counted)
    if one is None:
        return {"window": window, "tabs": _tabs(lists, counted)}, 200
    asked = show(one)
    page = list_page(asked)
    whole = None if asked.asked.values else one.key
    tabs = _tabs(lists, counted, {whole: page["listed"].total})
    return page | {"window": window, "tabs": tabs}, asked.status


def _wanted(lists: list[List], counted: dict[CaseState, int]) -> List | None:
    """The list that is asked for; else the first in which something waits to be done."""
    asked = request.args.get("list") or request.args.get("state")
    work = [one for one in lists if one.is_work]
    waiting = next((one for one in lists if one.state and counted.get(one.state)), None)
    usual = waiting or next((one for one in work if one.roles - LEADS), None)
    return next((one for one in lists if one.key == asked), usual)


def _posts() -> list[tuple[str, str]]:
    whose = current_user.tasks
    return [*whose.posts, *whose.pool, *((code, duty) for code, duty, _person in whose.stands_in)]


def _tabs(
    lists: list[List], counted: dict[CaseState, int], known: Mapping[str | None, int] = {}
) -> list[tuple[List, str, int | None]]:
    """The lists of the desk with their addresses, and what waits in each as far as it is said."""

    def waiting(one: List) -> int | None:
        if one.state is not None:
            return counted.get(one.state, 0)
        if one.key == "open":
            return known[one.key] if one.key in known else one.rows(Part(size=0)).total
        if one.key == "copied":
            return around.unread(reader(), current_user.person.id) or None
        return None

    return [(one, address_of(one), waiting(one)) for one in lists]


@desk.get("/new")
def new() -> ResponseReturnValue:
    """How much has come into a list since the page was made; asked every few seconds."""
    one = LISTS.get(request.args.get("list", ""))
    since = request.args.get("since", "")
    if one is None or not one.roles & current_user.roles or not since:
        return {"count": 0}
    count = come(one, since)
    response = jsonify({
        "count": count,
        "sentence": ngettext("有 %(num)s 件新任务", "有 %(num)s 件新任务", count),
    })  # fmt: skip
    response.set_etag(f"{one.key}-{count}-{since}")
    return response.make_conditional(request)


def _told(notice: Notice) -> dict[str, Any]:
    """A notice with a link to what it is about, its words in the reader's language."""
    shown: dict[str, Any] = {"light": notice.level, "at": notice.at, "lamp": None}
    params = dict(notice.params)
    shown["href"], shown["link"] = _about(notice)
    if notice.card_id is not None:
        shown["lamp"] = _("监察卡")
    if "duty" in params:
        params["duty"] = word(DUTIES, params["duty"])
    if notice.case_id is not None and "what" in params:
        case = reader().get_one(Case, notice.case_id)
        meant = (notice.item_id, params["what"])
        item = next((item for item in case.items if item.id in meant or item.name in meant), None)
        params["what"] = item_name(case, item) if item else case_title(case)
    words = {key: step_name(text) if key == "step" else zh(text) for key, text in params.items()}
    return {**shown, "sentence": Markup(said(notice.sentence, {})) % words}


def _about(notice: Notice) -> tuple[str | None, str]:
    """Where what a notice is about is found, and what that is called."""
    if notice.card_id is not None:
        card = reader().get_one(Card, notice.card_id).code
        return url_for("cards.show", card=card), _("打开监察卡")
    if complaint := notice.params.get("complaint"):
        return url_for("complaints.detail", number=complaint), complaint
    if inspection := notice.params.get("inspection"):
        return url_for("inspections.detail", inspection=inspection), inspection
    if notice.case_id is not None:
        number = reader().get_one(Case, notice.case_id).number
        return url_for("cases.detail", number=number), number
    return None, ""


def _links(roles: frozenset[Role]) -> list[tuple[str, str, str]]:
    """Where roles without a work list go from here, and what for."""
    return [
        (url_for(endpoint), _(place), _(purpose))
        for endpoint, place, purpose in LINKS
        if roles & PAGES[endpoint]
    ]
