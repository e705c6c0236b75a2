"""窗口: receive a case once for all departments, on one screen; print its receipt."""

import math
import secrets
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from server import forms, papers
from server.context import now, reader, today
from server.form_files import again, taken
from server.form_script import live
from server.intake_drafts import left_over, my_draft
from server.labels import refusal_sentence
from server.names import english, version_name, zh
from server.published_forms import form_of
from server.queue import at_window
from server.reading import FormInvalid
from workflows import queue as numbers
from workflows.actions.base import ProcessNotFound
from workflows.actions.receive import Receive
from workflows.catalogue import Catalogue
from workflows.catalogue.contents import Answers
from workflows.catalogue.published import published
from workflows.catalogue.values import is_answer
from workflows.errors import WorkflowError
from workflows.models import Case, IntakeDraft, ProcessVersion
from workflows.queries.processes import published_versions
from workflows.queries.search import find_case

window = Blueprint("window", __name__)


@window.get("/intake")
def intake() -> ResponseReturnValue:
    """收件登记: choose the theme, answer, fill in, tick off, receive.

    It begins with what was not sent yet, or with the theme of the ticket at the window.
    """
    draft = my_draft()
    ticket = numbers.current(reader(), current_user.person.id, today())
    if left_over(draft, ticket):
        return choose_page(draft)
    begun = draft.process if draft else ticket.process if ticket else ""
    if begun and "process" not in request.args:
        return redirect(url_for("window.intake", process=begun))
    return intake_page(request.args.get("process", ""))


def choose_page(left: IntakeDraft | None = None) -> str:
    """Choose the theme; before that, what becomes of a form left from another applicant."""
    names = {row.process: version_name(row) for row in published_versions(reader())}
    versions = published_versions(reader())
    return render_template("intake_choose.html", versions=versions, left=left, names=names)


def intake_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The page of intake, with what was posted when it is shown again."""
    versions = published_versions(reader())
    version = next((row for row in versions if row.process == process), None)
    if version is None:
        return choose_page()
    draft = my_draft() if request.method == "GET" else None
    posted = again() if request.method == "POST" else _begun(draft)
    catalogue = published(version).catalogue
    answers, wrong = read_answers(catalogue, posted)
    needed = catalogue.needed_items(answers)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else wrong
    form = form_of(version)
    return render_template(
        "intake.html",
        version=version,
        others=[row for row in versions if row is not version],
        catalogue=catalogue,
        form=form,
        live=live(form),
        data={key: posted.get(key) for key in posted} | forms.written(form, posted),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        answers=answers,
        asked={f"answer.{key}": str(given).lower() for key, given in answers.items() if given},
        items=needed,
        **_materials(catalogue, answers, posted),
        token=posted.get("token") or secrets.token_urlsafe(16),
        path=float(catalogue.critical_path(needed)),
        draft=draft,
        ticket=numbers.current(reader(), current_user.person.id, today()),
    )


def _materials(
    catalogue: Catalogue, answers: Answers, posted: MultiDict[str, str]
) -> dict[str, Any]:
    """The materials to be handed in, what stands on them, and what may be taken over."""
    listed = catalogue.materials_for(catalogue.needed_items(answers), answers)
    number = posted.get("applicant_number", "")
    return {
        "materials": listed,
        "slips": papers.slips(catalogue, [each for each, _items in listed], number, posted),
        "ticked": set(posted.getlist("materials")),
    }


@window.get("/intake/guide")
def guide() -> str:
    """一次性告知单: what there is to do and to bring in the situation told, for who only asks."""
    process, versions = request.args.get("process"), published_versions(reader())
    version = next((row for row in versions if row.process == process), None)
    if version is None:
        return choose_page()
    catalogue = published(version).catalogue
    answers, _errors = read_answers(catalogue, request.args)
    needed = catalogue.needed_items(answers)
    return render_template(
        "guide.html",
        version=version,
        catalogue=catalogue,
        answers=answers,
        said=told(catalogue, answers),
        items=needed,
        materials=catalogue.materials_for(needed, answers),
        today=now(),
    )


def told(
    catalogue: Catalogue, answers: dict[str, bool | int | float]
) -> list[tuple[str, str | Markup]]:
    """The situation in words: what was answered with yes, or with a number."""
    said: list[tuple[str, str | Markup]] = []
    for question in catalogue.questionnaire:
        if given := answers.get(question.key):
            unit = zh(question.unit or "")
            answer = _("是") if given is True else Markup("{:g} {}").format(given, unit)
            said.append((question.label_en if english() else question.label, answer))
    return said


def _begun(draft: IntakeDraft | None) -> MultiDict[str, str]:
    """What the form begins with: what was kept, and what the address says."""
    begun: MultiDict[str, str] = MultiDict(draft.data if draft else {})
    for key, values in request.args.lists():
        begun.setlist(key, values)
    return begun


def read_answers(
    catalogue: Catalogue, posted: MultiDict[str, str]
) -> tuple[dict[str, bool | int | float], dict[str, str]]:
    """The answers to the questionnaire; an unticked question is a no."""
    answers: dict[str, bool | int | float] = {}
    errors: dict[str, str] = {}
    for question in catalogue.questionnaire:
        given = posted.get(f"answer.{question.key}", "").strip()
        if question.type == "boolean":
            answers[question.key] = given == "true"
            continue
        try:
            number = float(given or 0)
        except ValueError:
            number = math.nan
        if is_answer(number):
            answers[question.key] = number
        else:
            errors[f"answer.{question.key}"] = _("“%(label)s”应填数字。", label=question.label)
    return answers, errors


def read_receipt(posted: MultiDict[str, str]) -> Receive:
    """The receipt that the clerk filled in; FormInvalid with every fault."""
    process = posted.get("process", "")
    versions = published_versions(reader())
    version = next((row for row in versions if row.process == process), None)
    if version is None:
        raise ProcessNotFound(key=process)
    form = form_of(version)
    posted, unfit = taken(form, posted)
    data, errors = forms.validate(form, posted, today())
    answers, more = read_answers(published(version).catalogue, posted)
    dates, reuse, wrong = papers.read(posted)
    errors |= more | wrong | unfit
    if not posted.get("token"):
        errors["token"] = _("页面已过期，请重新打开收件登记。")
    if errors:
        raise FormInvalid(errors)
    return Receive(
        process=process,
        token=posted["token"],
        applicant=str(data["applicant_name"]),
        applicant_number=str(data["applicant_number"]),
        phone=str(data["contact_phone"]),
        form=dict(data),
        answers=answers,
        materials=posted.getlist("materials"),
        dates=dates,
        reuse=reuse,
    )


@window.get("/cases/<number>/receipt")
def receipt(number: str) -> str:
    """收件凭证: to print, with the query code."""
    return render_template("receipt.html", **_sheet(number), at_window=at_window())


@window.get("/cases/<number>/supplement-notice")
def supplement_notice(number: str) -> str:
    """补正告知书: to print, everything missing at once."""
    shown = _sheet(number)
    if shown["case"].supplement is None:
        abort(404)
    return render_template("supplement_notice.html", **shown)


@window.get("/cases/<number>/deferral-notice")
def deferral_notice(number: str) -> str:
    """容缺受理告知（承诺）书: to print and sign, what was promised for which day."""
    shown = _sheet(number)
    promised = [row for row in shown["case"].materials if row.promise_number]
    comes_to = papers.consequence(shown["case"])
    return render_template("deferral_notice.html", **shown, promised=promised, comes_to=comes_to)


def _sheet(number: str) -> dict[str, Any]:
    case: Case | None = find_case(reader(), number)
    if case is None:
        abort(404)
    version: ProcessVersion = case.version
    return {"case": case, "catalogue": published(version).catalogue}
