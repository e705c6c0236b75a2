"""What the board leads to: lists, bottlenecks on the diagram, who held late cases up, the wall."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.context import calendars, now, reader, today
from server.labels import DUTIES, word
from server.names import department_name, version_name
from server.simulation import light
from server.statistics_form import address
from workflows.catalogue.contents import working_days
from workflows.catalogue.published import published
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Department, ProcessVersion
from workflows.permissions import Role
from workflows.queries import board as lights
from workflows.queries import dashboard as pictures
from workflows.queries import listed_open as lists
from workflows.queries.board import NearRow
from workflows.queries.holding import held
from workflows.queries.statistics.asked import Asked, By, Grain
from workflows.queries.statistics.counting import Figures, count
from workflows.states import ProcessState

dashboard = Blueprint("dashboard", __name__)

#: What bottlenecks are looked for in, and late cases: so many days back.
BACK = 90
#: So many rows fit on the wall, and so many posts on the board.
ON_WALL, POSTS = 8, 12
#: The lights that call for somebody.
CALLING = (Light.PURPLE, Light.RED, Light.YELLOW)
LIGHTS = (Light.PURPLE, Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)
AGED = N_("受理后 %(from)s–%(to)s 个工作日"), N_("受理后超过 %(from)s 个工作日")


def shown() -> dict[str, Any]:
    """The pictures of the board."""
    days = pictures.flow(reader(), today())
    return {
        "ages": [(age_words(n), found) for n, found in
                 enumerate(pictures.ages(reader(), today(), calendars))],
        "flow": days,
        "highest": max([1, *(max(day.received, day.finished) for day in days)]),
        "loads": pictures.loads(reader(), now(), POSTS),
        "coming": pictures.coming(reader(), now(), calendars("cn")),
        "of_day": of_day,
        "departments_by_code": _departments(),
    }  # fmt: skip


def age_words(which: int) -> str:
    """How old the cases of an age are."""
    first, last = pictures.AGES[which]
    if last is None:
        return str(_(AGED[1], **{"from": first - 1}))
    return str(_(AGED[0], **{"from": first, "to": last}))


def of_day(day: date, column: str) -> str:
    """The list of what came, or was finished, on a day."""
    asked = Asked(Grain.CASES, day, day, By.WINDOW)
    return url_for("statistics.rows") + "?" + address(asked, column=column)


def _departments() -> dict[str, Department]:
    return {one.code: one for one in reader().scalars(select(Department))}


# -- lists ---------------------------------------------------------------------------------------


@dashboard.get("/board/list")
def rows() -> str:
    """The rows behind one number of the board."""
    kinds = {"light": _lit, "turn": _turning, "post": _of_post, "age": _aged}
    found = kinds.get(request.args.get("what", "light"))
    if found is None:
        abort(404)
    title, listed = found()
    return render_template(
        "board_rows.html",
        title=title,
        rows=listed,
        departments_by_code=_departments(),
        may_issue=Role.SUPERVISOR in current_user.roles,
    )


def _lit() -> tuple[str, list[NearRow]]:
    asked = request.args.get("light", "")
    one = next((light for light in Light if light == asked), None)
    department = request.args.get("department", "")
    known = _departments().get(department)
    title = department_name(known) if known else _("各部门在办事项")
    return title, lists.lit(reader(), now(), calendars, one, department)


def _turning() -> tuple[str, list[NearRow]]:
    one = Light.YELLOW if request.args.get("light") == Light.YELLOW else Light.RED
    days = pictures.stretches(today(), calendars("cn"))
    found = next((day for day in days if str(day[0]) == request.args.get("day")), None)
    if found is None:
        abort(404)
    said = N_("%(day)s 转为预警") if one is Light.YELLOW else N_("%(day)s 到期")
    return _(said, day=found[0]), lists.turning(reader(), now(), calendars, found, one)


def _of_post() -> tuple[str, list[NearRow]]:
    department, duty = request.args.get("department", ""), request.args.get("duty", "")
    known = _departments().get(department)
    if known is None:
        abort(404)
    title = f"{department_name(known)} · {word(DUTIES, duty)}"
    late = "late" in request.args
    return title, lists.of_post(reader(), now(), calendars, (department, duty), late)


def _aged() -> tuple[str, list[NearRow]]:
    which = request.args.get("age", -1, int)
    if not 0 <= which < len(pictures.AGES):
        abort(404)
    return age_words(which), lists.aged(reader(), now(), calendars, which)


# -- bottlenecks ---------------------------------------------------------------------------------


@dashboard.get("/board/heat")
def heat() -> str:
    """Where the time goes, on the diagram: days used of days promised, item by item."""
    found = _in_force()
    process = request.args.get("theme") or next(iter(found), "")
    version = found.get(process)
    if version is None:
        return render_template("board_heat.html", version=None, themes=[])
    asked = Asked(Grain.ITEMS, today() - timedelta(BACK), today(), By.ITEM, {By.THEME: process})
    table = count(reader(), asked, calendars)
    items = [_heat(item, table.rows.get(f"{process}/{item.code}"), version)
             for item in published(version).catalogue.items]  # fmt: skip
    items = sorted((one for one in items if one["n"]), key=lambda one: -one["share"])
    return render_template(
        "board_heat.html", version=version, items=items, days=BACK, process=process,
        themes=[(key, version_name(one)) for key, one in found.items()],
        lights={one["code"]: one["light"] for one in items},
        badges={one["code"]: one["badge"] for one in items},
        href=lambda code, column: url_for("statistics.rows") + "?" + address(
            asked, column=column, key=f"{process}/{code}"),
    )  # fmt: skip


def _heat(item: Any, figures: Figures | None, version: ProcessVersion) -> dict[str, Any]:
    n = figures.counts["finished"] if figures else 0
    if figures is None or not n:
        return {"code": item.code, "n": 0}
    _statute, promised = published(version).catalogue.limits(item)
    mean, late = figures.days.mean or 0.0, figures.value("late_rate") or 0.0
    limit = float(working_days(promised))
    badge = _("均 %(mean)s 天，超期 %(late)s%%", mean=f"{mean:.1f}", late=f"{100 * late:.0f}")
    unlawful = figures.counts["unlawful"] / n
    return {
        "code": item.code, "item": item, "n": n, "mean": mean, "limit": limit, "late": late,
        "counts": figures.counts, "share": mean / limit if limit else mean, "badge": badge,
        "light": light({"late": late, "unlawful": unlawful}),
    }  # fmt: skip


def _in_force() -> dict[str, ProcessVersion]:
    query = select(ProcessVersion).where(ProcessVersion.state == ProcessState.PUBLISHED)
    return {one.process: one for one in reader().scalars(query.order_by(ProcessVersion.process))}


@dashboard.get("/board/heat/<process>.bpmn")
def diagram(process: str) -> Response:
    """The diagram that is in force."""
    version = _in_force().get(process) or abort(404)
    return Response(version.sources[f"{process}.bpmn"], mimetype="application/xml")


@dashboard.get("/board/late")
def late() -> str:
    """The late cases, and the item that held each of them up."""
    asked = Asked(Grain.CASES, today() - timedelta(BACK), today())
    found = held(reader(), now(), asked, calendars)
    culprits = Counter(row.holder.item.code for row in found)
    names = {row.holder.item.code: row for row in found}
    return render_template(
        "board_late.html", held=found, culprits=culprits.most_common(), names=names, days=BACK,
        departments_by_code=_departments(),
    )  # fmt: skip


# -- the wall ------------------------------------------------------------------------------------


@dashboard.get("/board/wall")
def wall() -> str:
    """The board on a screen of the hall: what can be read from four metres."""
    found = lights.departments(reader(), now(), calendars)
    totals = {one: sum(row.lights.get(one, 0) for row in found) for one in LIGHTS}
    day = count(reader(), Asked(Grain.CASES, today(), today()), calendars).total
    near = lights.nearest(reader(), now(), calendars, ON_WALL)
    return render_template(
        "board_wall.html", totals=totals, departments=found[:ON_WALL], nearest=near, today=day,
        now=now(), lights=LIGHTS, calling=CALLING, departments_by_code=_departments(),
        more=max(0, len(found) - ON_WALL), **{
            key: value for key, value in shown().items() if key in ("flow", "highest", "coming")
        },
    )  # fmt: skip
