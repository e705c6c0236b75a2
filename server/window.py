"""窗口: receive a case once for all departments, on one screen; print its receipt."""

import secrets
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server import forms
from server.context import reader, today
from server.form_schema import parse
from server.labels import refusal_sentence
from server.reading import FormInvalid
from workflows.actions.base import ProcessNotFound
from workflows.actions.receive import Receive
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.errors import WorkflowError
from workflows.models import Case, ProcessVersion
from workflows.queries.processes import published_versions
from workflows.queries.search import find_case

window = Blueprint("window", __name__)


@window.get("/intake")
def intake() -> str:
    """收件登记: choose the theme, answer, fill in, tick off, receive."""
    return intake_page(request.args.get("process", ""))


def intake_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The page of intake, with what was posted when it is shown again."""
    versions = published_versions(reader())
    version = next((row for row in versions if row.process == process), None)
    if version is None:
        return render_template("intake_choose.html", versions=versions)
    catalogue = published(version).catalogue
    posted = request.form if request.method == "POST" else request.args
    answers, _errors = read_answers(catalogue, posted)
    needed = catalogue.needed_items(answers)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    form = parse(version.forms["application"])
    return render_template(
        "intake.html",
        version=version,
        catalogue=catalogue,
        form=form,
        data={key: posted.get(key) for key in posted} | forms.written(form, posted),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        answers=answers,
        items=needed,
        materials=catalogue.materials_for(needed, answers),
        ticked=set(posted.getlist("materials")),
        token=posted.get("token") or secrets.token_urlsafe(16),
        path=float(catalogue.critical_path(needed)),
    )


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
            answers[question.key] = float(given or 0)
        except ValueError:
            errors[f"answer.{question.key}"] = _("“%(label)s”应填数字。", label=question.label)
    return answers, errors


def read_receipt(posted: MultiDict[str, str]) -> Receive:
    """The receipt that the clerk filled in; FormInvalid with every fault."""
    process = posted.get("process", "")
    versions = published_versions(reader())
    version = next((row for row in versions if row.process == process), None)
    if version is None:
        raise ProcessNotFound(key=process)
    data, errors = forms.validate(parse(version.forms["application"]), posted, today())
    answers, more = read_answers(published(version).catalogue, posted)
    errors |= more
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
    )


@window.get("/cases/<number>/receipt")
def receipt(number: str) -> str:
    """收件凭证: to print, with the query code."""
    return render_template("receipt.html", **_sheet(number))


@window.get("/cases/<number>/supplement-notice")
def supplement_notice(number: str) -> str:
    """补正告知书: to print, everything missing at once."""
    shown = _sheet(number)
    if shown["case"].supplement is None:
        abort(404)
    return render_template("supplement_notice.html", **shown)


def _sheet(number: str) -> dict[str, Any]:
    case: Case | None = find_case(reader(), number)
    if case is None:
        abort(404)
    version: ProcessVersion = case.version
    return {"case": case, "catalogue": published(version).catalogue}
