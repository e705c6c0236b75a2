"""试算: a thousand cases of a process that is being designed, or of a version of it."""

import json
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.context import calendars, reader, services, today
from server.doors import PAGES
from server.labels import DUTIES, word
from server.names import english
from server.simulating import UNDER_WAY, Begun, begin, is_alive, stop
from server.simulation_form import Asked, Reading, filled, post_name
from workflows import engine
from workflows.actions.bundle import check_bundle
from workflows.catalogue import load as load_catalogue
from workflows.catalogue.contents import working_days
from workflows.deadlines import Limit
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import Bundle, bundle_of
from workflows.models import RunState, SimulationRun
from workflows.queries import processes as queries
from workflows.simulation import Inputs, defaults
from workflows.worktime import WorkTime

simulation = Blueprint("simulation", __name__)

#: So many earlier runs are listed.
LISTED = 30
#: From which share of late items on the light of the heat map is yellow, and red.
YELLOW, RED = 0.05, 0.2
#: More than one in a hundred beyond the statutory limit is a fault of the process.
UNLAWFUL = 0.01


@simulation.get("/drafts/<process>/simulation")
def of_draft(process: str) -> str:
    """The form of a simulation of the draft, and earlier runs."""
    return _form(process, kept.bundle(reader(), process), draft=kept.find(reader(), process))


@simulation.post("/drafts/<process>/simulation")
def begin_draft(process: str) -> ResponseReturnValue:
    """Begin a simulation of the draft as it is now."""
    bundle = kept.bundle(reader(), process)
    return _begin(process, bundle, draft=kept.find(reader(), process))


@simulation.get("/processes/<process>/<int:number>/simulation")
def of_version(process: str, number: int) -> str:
    """The form of a simulation of a version, and what was found with its files."""
    version = queries.version(reader(), process, number) or abort(404)
    return _form(process, bundle_of(version), version=version)


@simulation.post("/processes/<process>/<int:number>/simulation")
def begin_version(process: str, number: int) -> ResponseReturnValue:
    """Begin a simulation of a version."""
    version = queries.version(reader(), process, number) or abort(404)
    return _begin(process, bundle_of(version), version=version)


@simulation.get("/simulations/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """How far a simulation is; when it is done, what it came to."""
    row = reader().get(SimulationRun, number) or abort(404)
    alive = is_alive(row, services())
    over = not alive and row.state in UNDER_WAY
    page = render_template(
        "simulation_run.html", run=row, alive=alive, process=row.process,
        state=RunState.FAILED if over else row.state, back=_back(row), **_shown(row),
    )  # fmt: skip
    answer = Response(page)
    if request.headers.get("HX-Request") and not alive:
        answer.headers["HX-Refresh"] = "true"
    return answer


@simulation.get("/simulations/<int:number>/diagram")
def diagram(number: int) -> Response:
    """The diagram as it was when the simulation began."""
    row = reader().get(SimulationRun, number) or abort(404)
    return Response(row.diagram, mimetype="application/xml")


@simulation.post("/simulations/<int:number>/stop")
def halt(number: int) -> ResponseReturnValue:
    """Stop a simulation; what it has found so far is not kept."""
    stop(services(), number)
    return redirect(url_for("simulation.show", number=number), 303)


# -- the form ------------------------------------------------------------------------------------


def _asked(process: str, bundle: Bundle) -> Asked:
    catalogue = load_catalogue(bundle.catalogue, f"{process}/catalogue.yaml")
    return Asked(catalogue, engine.steps(process, tuple(bundle.sources.values())))


def _usual(asked: Asked) -> Inputs:
    work = WorkTime(calendars(asked.catalogue.theme.region))
    return defaults(asked.catalogue, asked.steps, work, today())


def _form(process: str, bundle: Bundle, **page: Any) -> str:
    """Filled with the inputs of an earlier run, where one is named; else as usual."""
    asked = _asked(process, bundle)
    values = filled(_usual(asked))
    row = reader().get(SimulationRun, request.args.get("like", 0, int))
    if row is not None and row.process == process:
        values |= filled(Inputs.model_validate_json(json.dumps(row.inputs)))
    return _page(process, bundle, asked, values, {}, page)


def _begin(process: str, bundle: Bundle, **page: Any) -> ResponseReturnValue:
    asked = _asked(process, bundle)
    read = Reading(asked, request.form, _usual(asked))
    if read.errors:
        return _page(process, bundle, asked, request.form.to_dict(), read.errors, page), 422
    check_bundle(process, bundle.sources, bundle.catalogue, bundle.tables)
    version = page["version"].version if "version" in page else None
    begun = Begun(process, version, bundle, current_user.name)
    number = begin(services(), begun, read.inputs)
    return redirect(url_for("simulation.show", number=number), 303)


def _page(
    process: str, bundle: Bundle, asked: Asked, values: dict[str, Any], errors: dict[str, str],
    page: dict[str, Any],
) -> str:  # fmt: skip
    query = select(SimulationRun).where(SimulationRun.process == process)
    if page.get("version"):
        query = query.where(SimulationRun.files == bundle.substance)
    runs = reader().scalars(query.order_by(SimulationRun.id.desc()).limit(LISTED)).all()
    names = {post: post_name(post, asked.catalogue) for post in asked.posts()}
    return render_template(
        "simulation.html", **{"draft": None, "version": None, **page}, process=process,
        tab="simulation", asked=asked, values=values, errors=errors, runs=runs, names=names,
        substance=bundle.substance,
    )  # fmt: skip


# -- the result ----------------------------------------------------------------------------------


def _back(row: SimulationRun) -> str:
    """The form that it came from, filled with what was asked."""
    if row.version is not None:
        return url_for(
            "simulation.of_version", process=row.process, number=row.version, like=row.id
        )
    if PAGES["simulation.of_draft"] & current_user.roles:
        return url_for("simulation.of_draft", process=row.process, like=row.id)
    return url_for("designer.processes")


def _shown(row: SimulationRun) -> dict[str, Any]:
    """The figures with their lights, and the names that belong to them."""
    result = row.result
    if row.state is not RunState.DONE or result is None:
        return {"result": None}
    items = {item["code"]: item for item in result["items"] if item["n"]}
    lights = {code: light(item) for code, item in items.items()}
    badges = {
        code: _("均 %(mean)s 天，超期 %(late)s%%", mean=f"{item['mean']:.1f}",
                late=f"{100 * item['late']:.0f}")
        for code, item in items.items()
    }  # fmt: skip
    for item in items.values():
        item["promised_days"] = float(working_days(Limit.parse(item["promised"])))
    return {
        "result": result, "lights": lights, "badges": badges,
        "case_light": light(result["cases"]),
        "promised_days": float(working_days(Limit.parse(result["cases"]["promised"]))),
        "posts": sorted(
            ({**post, "label": _label(post)} for post in result["posts"]),
            key=lambda post: (-post["longest"], -post["busy"]),
        ),
    }  # fmt: skip


def _label(post: dict[str, Any]) -> str:
    """A post as people call it: its department and its duty."""
    if post["name"] is None:
        return str(_("综合窗口"))
    duty = post["key"].partition(".")[2]
    department = post["name_en"] if english() else post["name"]
    return f"{department} · {word(DUTIES, duty)}"


def light(figures: dict[str, Any]) -> str:
    """How bad it is: in the colours of electronic supervision."""
    if figures["unlawful"] > UNLAWFUL:
        return "purple"
    if figures["late"] >= RED:
        return "red"
    return "yellow" if figures["late"] >= YELLOW else "green"
