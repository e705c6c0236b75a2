"""办件: search, and one case with its parallel work, its diagram and its history."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server import dossier
from server.adjusting import adjusting
from server.around import around
from server.cards import watched
from server.context import calendars, now, reader, today
from server.documents import offered
from server.labels import refusal_sentence
from server.listing import list_page
from server.lists import LISTS, show
from server.papers import papers, promising, taking
from server.parallel import diagram_facts, in_charge, matrix_rows
from server.promising import foreseen
from server.ratings import ratings_of
from server.reading import FormInvalid
from server.record import timeline_rows
from server.rights import hidden_from_reader
from server.talks import talking
from server.view import standing_text
from workflows.actions.materials import missing
from workflows.actions.people import posts_of
from workflows.catalogue.published import published
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem
from workflows.models.deadline import Clock
from workflows.permissions import ACTIONS, Role
from workflows.queries.matrix import case_standing, matrix
from workflows.queries.queues import WINDOW_CLOCKS
from workflows.queries.search import find_case
from workflows.queries.standing import standing
from workflows.queries.timeline import timeline
from workflows.states import CASES, ItemState

cases = Blueprint("cases", __name__)


@cases.get("/cases")
def search_cases() -> ResponseReturnValue:
    """Find a case by what is said in it, and by everything it is filtered by."""
    shown = show(LISTS["cases"])
    return render_template("cases.html", **list_page(shown)), shown.status


@cases.get("/cases/<number>")
def detail(number: str) -> str:
    """Everything about one case."""
    return case_page(number)


@cases.get("/cases/<number>/diagram.bpmn")
def diagram(number: str) -> Response:
    """The diagram of the version this case runs on."""
    case = find_case(reader(), number)
    if case is None:
        abort(404)
    source = case.version.sources[f"{case.version.process}.bpmn"]
    return Response(source, mimetype="application/xml")


def case_page(
    number: str, refusal: WorkflowError | None = None, foretold: dict[str, Any] | None = None
) -> str:
    """The page of a case, with what was posted when it is shown again."""
    case = find_case(reader(), number)
    if case is None:
        abort(404)
    rows = matrix(reader(), case, now(), calendars(case.region))
    who = in_charge(reader(), [row.task for row in rows if row.task], today())
    catalogue = published(case.version).catalogue
    may = allowed(case)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    beside = around(case, may)
    return render_template(
        "case.html",
        case=case,
        catalogue=catalogue,
        rows=matrix_rows(case, rows, who),
        diagram=diagram_facts(case, rows),
        may=may,
        adjust=adjusting(case, may),
        around=beside,
        **_papers(case, may, beside),
        mine=_departments(case),
        talks=talking(case, may),
        application=dossier.application(case, hidden_from_reader(case)),
        answers=dossier.answers(case, catalogue),
        events=timeline_rows(case, timeline(reader(), case.number)),
        posted=posted_to,
        foretold=foretold,
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        **_time(case, may),
    )


def _papers(case: Case, may: set[str], beside: dict[str, Any]) -> dict[str, Any]:
    """The materials: how they stand, what is missing, may be handed in; documents, ratings."""
    posted = request.form if request.method == "POST" else MultiDict[str, str]()
    return {
        "papers": papers(case, beside),
        "missing": missing(case),
        "documents": offered(case),
        "slips": taking(case, may, posted),
        "promising": promising(case) if "accept" in may else None,
        "ratings": ratings_of(case),
    }


def _time(case: Case, may: set[str]) -> dict[str, Any]:
    """The clock that matters in the state of the case, the joint one, and what the watch says."""
    calendar = calendars(case.region)
    clock = WINDOW_CLOCKS.get(case.state, Clock.CASE)
    own = [row for row in case.deadlines if row.item_id is None]
    current = standing(own, case.pauses, clock, now(), calendar)
    joint = case_standing(case, now(), calendar)
    return {
        "foreseen": foreseen(case) if "accept" in may else None,
        "watched": watched(case),
        "current": current,
        "left": standing_text(current),
        "joint": joint,
    }


def posted_to(name: str, item: str = "") -> MultiDict[str, str] | None:
    """What was written into one of the forms of the page, when that form was refused."""
    tried = request.method == "POST" and (request.view_args or {}).get("name") == name
    return request.form or None if tried and request.form.get("item", "") == item else None


def allowed(case: Case) -> set[str]:
    """The actions that this person's roles and the state of the case allow."""
    roles: frozenset[Role] = current_user.roles
    return {action for (state, action) in CASES if state == case.state and ACTIONS[action] & roles}


def _departments(case: Case) -> dict[str, list[dict[str, Any]]]:
    """The items of the case whose clocks this person may pause, resume or extend."""
    held = {
        (post.department_code, post.duty)
        for post, _who in posts_of(reader(), current_user.person.id, today())
    }
    catalogue = published(case.version).catalogue

    def of(duty: str, states: set[ItemState]) -> list[CaseItem]:
        return [
            item
            for item in case.items
            if (item.department_code, duty) in held and item.state in states
        ]

    pausable = [
        {"item": item, "procedures": procedures}
        for item in of("checker", {ItemState.REVIEWING})
        if not catalogue.rules.pause_approval
        and (procedures := [s for s in catalogue.item(item.code).special if s.stops_clock])
    ]
    going = {ItemState.RECEIVED, ItemState.REVIEWING, ItemState.PRE_REVIEWED}
    return {
        "pause": pausable,
        "resume": [{"item": item} for item in of("checker", {ItemState.SUSPENDED})],
        "extend": [{"item": item} for item in of("chief", going)],
    }
