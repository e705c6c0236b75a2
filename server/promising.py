"""能否兑现: the longest way through a process, against its promise and the limit of the law."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.context import reader
from server.errors import refused
from server.labels import said
from server.names import english, own_name
from server.window import read_answers
from workflows import engine
from workflows.actions.bundle import check_bundle
from workflows.catalogue import Catalogue
from workflows.catalogue.contents import Answers
from workflows.catalogue.published import published
from workflows.drawing import drafts
from workflows.drawing.bundle import Bundle, bundle_of
from workflows.drawing.feasibility import everything, findings
from workflows.drawing.forecast import Forecast, Stretch, forecast, slack
from workflows.errors import WorkflowError
from workflows.models import Case
from workflows.queries import processes as queries

promising = Blueprint("promising", __name__)


@dataclass(frozen=True)
class Bar:
    """One item in the picture: from when to when, and whether the end depends on it."""

    code: str
    name: str
    department: str
    time: Stretch
    slack: Fraction
    critical: bool


@promising.get("/drafts/<process>/promise")
def of_draft(process: str) -> ResponseReturnValue:
    """Whether what is being designed could keep its promise."""
    try:
        draft, bundle = drafts.find(reader(), process), drafts.bundle(reader(), process)
        shown = promise_of(process, bundle)
    except WorkflowError as refusal:
        return refused(refusal)
    source = url_for("drafts.text", process=process, file=f"{process}.bpmn")
    return render_template("draft_promise.html", draft=draft, tab="promise", source=source, **shown)


@promising.get("/processes/<process>/<int:number>/promise")
def of_version(process: str, number: int) -> str:
    """Whether a version can keep its promise."""
    version = queries.version(reader(), process, number)
    if version is None:
        abort(404)
    source = url_for("designer.source", process=process, number=number, name=process)
    shown = promise_of(process, bundle_of(version))
    return render_template("version_promise.html", version=version, source=source, **shown)


def promise_of(process: str, bundle: Bundle) -> dict[str, Any]:
    """What the pages show; without any answers in the address, of a case that needs everything.

    Raises what publication would raise: a process with faults cannot be run.
    """
    catalogue = check_bundle(process, bundle.sources, bundle.catalogue, bundle.tables)
    run = _runner(process, bundle, catalogue)
    answers, errors = read_answers(catalogue, request.args)
    if not any(key.startswith("answer.") for key in request.args):
        answers = everything(catalogue)
    found = run(answers)
    return {
        "catalogue": catalogue,
        "answers": answers,
        "errors": errors,
        "forecast": found,
        "rows": _bars(catalogue, found),
        "advice": [
            (one.codes, said(one.sentence, one.params))
            for one in findings(catalogue, run(everything(catalogue)))
        ],
        "diagram": _painted(found),
        "own_label": lambda question: question.label_en if english() else question.label,
    }


def foreseen(case: Case) -> Forecast:
    """The longest way of a case with its own answers, for whoever is about to accept it."""
    ready = published(case.version)
    definition = ready.definition(case.version.process)
    return forecast(definition, ready.catalogue, case.answers)


def _runner(process: str, bundle: Bundle, catalogue: Catalogue) -> Callable[[Answers], Forecast]:
    definition = engine.load(process, tuple(bundle.sources.values()), tuple(bundle.tables.values()))
    return lambda answers: forecast(definition, catalogue, answers)


def _bars(catalogue: Catalogue, found: Forecast) -> list[Bar]:
    """The items by the time they begin."""
    spare = slack(found, catalogue)
    rows = []
    for each in sorted(found.stretches, key=lambda one: (one.begins, one.ends, one.code)):
        item = catalogue.item(each.code)
        department = own_name(catalogue.department(item.department))
        critical = each.code in found.critical
        rows.append(Bar(each.code, own_name(item), department, each, spare[each.code], critical))
    return rows


def _painted(found: Forecast) -> dict[str, dict[str, str]]:
    """From which day to which each item takes, written on it."""
    badges, lights = {}, {}
    for each in found.stretches:
        days = {"begins": float(each.begins), "ends": float(each.ends)}
        words = _("第 %(begins)g–%(ends)g 天", **days)
        critical = each.code in found.critical
        badges[each.code] = f"{words} · {_('关键')}" if critical else words
        lights[each.code] = "yellow" if critical else "none"
    return {"badges": badges, "lights": lights}
