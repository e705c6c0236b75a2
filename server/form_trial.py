"""试填: a form as those will see it who fill it in, with answers that are checked and not kept."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from server import forms
from server.context import reader, today
from server.dossier import answer as told
from server.errors import refused
from server.form_check import PlacedInForm, placed
from server.form_designer import RIGHTS, file_of, rights_of, schema_of
from server.form_fields import FILE, Field, Form, Value
from server.form_files import SENT
from server.form_logic import settled
from server.form_schema import parse
from server.form_script import live
from server.names import own_name, zh
from workflows.drawing import drafts
from workflows.drawing.bundle import FORM, LENGTH
from workflows.drawing.drafts import DraftTooLarge
from workflows.drawing.form_uses import StepRights
from workflows.errors import WorkflowError

form_trial = Blueprint("form_trial", __name__)

#: The form as it is being drawn, on a page with its questions: no question can have this name.
TEXT = "form.text"
#: That somebody wants the answers checked, or to see the application as another step does.
TRIED, SWITCH, STEP = "form.tried", "form.switch", "form.step"


@form_trial.get("/drafts/<process>/forms/<form>/trial")
def show(process: str, form: str) -> ResponseReturnValue:
    """The saved form, with nothing in it."""
    return _page(process, form, MultiDict(), None)


@form_trial.post("/drafts/<process>/forms/<form>/trial")
def answer(process: str, form: str) -> ResponseReturnValue:
    """The form as it is being drawn, and what comes of answers; nothing is kept."""
    return _page(process, form, request.form, request.form.get(TEXT))


def _page(
    process: str, name: str, posted: MultiDict[str, str], written: str | None
) -> ResponseReturnValue:
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        text = file_of(files, name).text if written is None else written
        if len(text) > LENGTH:
            raise DraftTooLarge(file=name + FORM)
    except WorkflowError as refusal:
        return refused(refusal)
    form, faults = _read(name, text)
    steps = {f"{one.item.code}.{one.use.element}": one for one in rights_of(process, name, files)}
    step = steps.get(posted.get(STEP, ""))
    shown = _answered(_writable(form, step), posted) if form else {}
    return render_template(
        "draft_form_trial.html", draft=draft, tab="forms", name=name, form=form, faults=faults,
        text=None if written is None else text, files=files, unread=not form and not faults,
        names={"text": TEXT, "tried": TRIED, "switch": SWITCH, "step": STEP},
        steps=[(key, _step_words(one)) for key, one in steps.items()], step=posted.get(STEP),
        others=_others(form, step) if form and step else [], **shown,
    )  # fmt: skip


def _read(name: str, text: str) -> tuple[Form | None, list[PlacedInForm]]:
    """The form, unless something is wrong with it."""
    schema = schema_of(text)
    if schema is None:
        return None, []
    faults = placed(name, schema, text)
    return (None if faults else parse(schema)), faults


def _step_words(step: StepRights) -> str:
    return f"{step.item.code} {own_name(step.item)} · {gettext(step.use.name)}"


def _writable(form: Form, step: StepRights | None) -> Form:
    """What is filled in: all of it at the window, in a step what it may change."""
    if step is None:
        return form
    parts = (part for part in form.parts if step.rights.get(part.key) == "write")
    return Form(form.name, tuple(parts))


def _others(form: Form, step: StepRights) -> list[tuple[Markup, str]]:
    """What a step only reads, or does not see."""
    found = ((field.label, step.rights.get(field.key, "read")) for field in form.fields)
    return [(zh(label), _(RIGHTS[right])) for label, right in found if right != "write"]


def _answered(form: Form, posted: MultiDict[str, str]) -> dict[str, Any]:
    """What the page shows of the answers that were given."""
    tried = TRIED in posted and SWITCH not in posted and "more" not in posted
    data, errors = forms.validate(form, posted, today()) if tried else ({}, {})
    sent = {field.key for field in form.fields if field.type == FILE and _sent(field)}
    errors = {key: sentence for key, sentence in errors.items() if key not in sent}
    again = {key: posted.get(key) for key in posted} | forms.written(form, posted)
    return {
        "live": live(form),
        "shown": form,
        "data": again if TRIED in posted else {},
        "errors": errors,
        "kept": _kept(form, data, sent) if tried and not errors else None,
    }


def _sent(field: Field) -> bool:
    """Whether a file came with the answers; it is not opened."""
    file = request.files.get(field.key + SENT)
    return file is not None and bool(file.filename)


def _kept(form: Form, data: dict[str, Value], sent: set[str]) -> list[tuple[Markup, Markup]]:
    """What would be kept, in words."""
    computed, unasked = settled(form, data)
    given = {**data, **computed}
    unkept = escape(_("（试填时不保存文件）"))
    return [
        (zh(field.label), unkept if field.key in sent else told(field, given.get(field.key)))
        for field in form.fields
        if field.key not in unasked
    ]
