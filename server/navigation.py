"""The places at the top of every page, by role; inside the watch, its rooms stand below them."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from server.doors import PAGES
from server.labels import ROLES, word
from workflows.errors import N_
from workflows.permissions import HALL

PLACES = (
    ("desk.home", N_("工作台")),
    ("window.intake", N_("收件登记")),
    ("cases.search_cases", N_("办件查询")),
    ("watch", N_("电子监察")),
    ("auditor.audit", N_("审计核验")),
    ("designer.processes", N_("流程与版本")),
    ("admin.people", N_("机构与人员")),
    ("calendars.overview", N_("工作日历")),
    ("reminders.outbox", N_("提醒发送")),
)

#: The rooms of the watch (电子监察): one place at the top, which opens the first of them.
ROOMS = (
    ("supervisor.board", N_("时限看板")),
    ("cards.list_cards", N_("监察卡")),
    ("watch_rules.overview", N_("监察规则")),
    ("ladders.overview", N_("预警阶梯")),
    ("statistics.table", N_("办件统计")),
    ("scores.ranking", N_("得分")),
    ("bulletins.listed", N_("监察通报")),
    ("ratings.overview", N_("好差评")),
    ("complaints.overview", N_("投诉")),
    ("inspections.overview", N_("涉企检查")),
)
#: Pages of other blueprints that belong to one of the rooms.
ALSO: dict[str | None, str] = {
    "dashboard": "supervisor", "rating_figures": "ratings", "complaint_figures": "complaints",
}  # fmt: skip


def navigation(user: Any) -> dict[str, Any]:
    """The places this person may go to, and who the person is."""
    if not user.is_authenticated:
        return {
            "nav": [
                _place("guide.themes", N_("办事指南")),
                _place("applicant.track_page", N_("办件进度查询")),
                _place("complaint.new", N_("投诉")),
            ],
            "sign_in_href": url_for("auth.sign_in"),
            "home_href": url_for("applicant.track_page"),
            "here": _here(),
        }
    rooms = [_room(*room) for room in ROOMS if user.roles & PAGES[room[0]]]
    return {
        "nav": [place for one in PLACES for place in _places(one, rooms)],
        "rooms": rooms if any(room["active"] for room in rooms) else [],
        "at_desk": bool(user.roles & HALL),
        "person": user.name,
        "person_href": url_for("reminders.mine"),
        "roles": ", ".join(word(ROLES, role) for role in sorted(user.roles)),
        "home_href": url_for("desk.home"),
        "here": _here(),
    }


def _here() -> str:
    """This page as an address to open again, ready for one more parameter.

    A form that was refused is shown at the address it was posted to, which nobody can open: then
    it is the page that the form was on.
    """
    if request.method == "GET":
        kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
        return f"{request.path}?{urlencode([*kept, ('lang', '')])}"
    came = urlsplit(request.referrer or "")
    path = came.path if came.netloc == request.host else url_for("auth.sign_in")
    return f"{path}?lang="


def _places(one: tuple[str, str], rooms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A place at the top, if this person may go there; the watch is wherever its first room is."""
    endpoint, label = one
    if endpoint != "watch":
        return [_place(endpoint, label)] if current_user.roles & PAGES[endpoint] else []
    inside = any(room["active"] for room in rooms)
    return [{"label": _(label), "href": room["href"], "active": inside} for room in rooms[:1]]


def _room(endpoint: str, label: str) -> dict[str, Any]:
    here = ALSO.get(request.blueprint, request.blueprint)
    return {**_place(endpoint, label), "active": endpoint.partition(".")[0] == here}


def _place(endpoint: str, label: str) -> dict[str, Any]:
    return {"label": _(label), "href": url_for(endpoint), "active": request.endpoint == endpoint}
