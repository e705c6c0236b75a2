"""The places at the top of every page, by role."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for
from flask_babel import gettext as _

from server.doors import PAGES
from server.labels import ROLES, word
from workflows.errors import N_
from workflows.permissions import HALL

PLACES = (
    ("desk.home", N_("工作台")),
    ("window.intake", N_("收件登记")),
    ("cases.search_cases", N_("办件查询")),
    ("supervisor.board", N_("时限看板")),
    ("statistics.table", N_("办件统计")),
    ("auditor.audit", N_("审计核验")),
    ("designer.processes", N_("流程与版本")),
    ("admin.people", N_("机构与人员")),
    ("calendars.overview", N_("工作日历")),
    ("reminders.outbox", N_("提醒发送")),
)


def navigation(user: Any) -> dict[str, Any]:
    """The places this person may go to, and who the person is."""
    if not user.is_authenticated:
        return {
            "nav": [
                _place("guide.themes", N_("办事指南")),
                _place("applicant.track_page", N_("办件进度查询")),
            ],
            "sign_in_href": url_for("auth.sign_in"),
            "home_href": url_for("applicant.track_page"),
            "here": _here(),
        }
    return {
        "nav": [_place(*place) for place in PLACES if user.roles & PAGES[place[0]]],
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


def _place(endpoint: str, label: str) -> dict[str, Any]:
    return {"label": _(label), "href": url_for(endpoint), "active": request.endpoint == endpoint}
