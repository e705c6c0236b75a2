"""Everything that is wrong with a form while it is drawn, each fault with its place.

A published form is read by `form_schema` alone.  Before, two things more are asked: nothing in it
takes a long time to check, and the application form asks what every case is received with.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.form_fields import GROUP, Form
from server.form_kinds import LONGEST
from server.form_patterns import is_endless
from server.form_refusals import InvalidForm, Place, UnsupportedFormComponent
from server.form_schema import parse
from server.labels import refusal_sentence
from workflows.drawing.bundle import FORM
from workflows.errors import N_, WorkflowError

#: The form of an applicant, and what receiving a case reads of it.
APPLICATION = "application"
WANTED = ("applicant_name", "applicant_number", "contact_phone")
#: Of one form, the columns of its tables as well: more than anybody fills in.
MOST_COMPONENTS = 300
MOST_CHARACTERS = 10_000


class FormUnfit(WorkflowError):
    """A form that can be read, and should not be published all the same."""

    sentence = N_("表单“%(form)s”不能发布：%(why)s")


@dataclass(frozen=True)
class FormFault:
    """A fault of a form, in the reader's language."""

    place: Place
    sentence: str


def faults_of_form(name: str, schema: object) -> list[FormFault]:
    """Every fault of a form that is kept under this name."""
    found = _unfit(name, schema)
    if found:
        return found

    def heard(place: Place, refusal: WorkflowError) -> None:
        found.append(FormFault(place, refusal_sentence(refusal)))

    try:
        form = parse(schema, heard)
    except (InvalidForm, UnsupportedFormComponent) as refusal:
        return [FormFault((), refusal_sentence(refusal))]
    found += [FormFault(place, sentence) for place, sentence in _endless(schema)]
    if name == APPLICATION and not found:
        found += _unasked(form)
    return sorted(found, key=lambda fault: fault.place)


def _unfit(name: str, schema: object) -> list[FormFault]:
    """What stands in the way of looking any closer."""
    if len(list(components_in(schema))) > MOST_COMPONENTS:
        sentence = _(
            "表单“%(form)s”的组件太多，最多 %(most)s 个。", form=name, most=MOST_COMPONENTS
        )
        return [FormFault((), sentence)]
    try:
        text = json.dumps(schema, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):  # half a character; NaN; nested without an end
        text = b"\\u0000"
    if b"\\u0000" in text:
        return [FormFault((), _("表单“%(form)s”里有不能保存的字符或数字。", form=name))]
    return []


def components_in(schema: object) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Every component with its place, the columns of tables as well."""
    for number, part in enumerate(_components_of(schema)):
        if isinstance(part, dict):
            yield (number,), part
            for place, cell in enumerate(_components_of(part)):
                if isinstance(cell, dict):
                    yield (number, place), cell


def _components_of(part: object) -> list[Any]:
    found = part.get("components") if isinstance(part, dict) else None
    return found if isinstance(found, list) else []


def _endless(schema: object) -> Iterator[tuple[Place, str]]:
    """Patterns that could take forever with an answer that somebody chose for it."""
    for place, part in components_in(schema):
        checks = part.get("validate")
        pattern = checks.get("pattern") if isinstance(checks, dict) else None
        longest = LONGEST.get(str(part.get("type")), MOST_CHARACTERS)
        if isinstance(pattern, str) and is_endless(pattern, longest):
            sentence = _("格式（pattern）太复杂：重复里又有重复，检查一个回答会用很久。")
            yield place, sentence


def _unasked(form: Form) -> list[FormFault]:
    """What a case cannot be received without."""
    asked = {field.key for field in form.fields if field.type == "textfield"}
    return [
        FormFault((), _("申请表要有单行文字“%(key)s”：收件时要用。", key=key))
        for key in WANTED
        if key not in asked
    ]


@dataclass(frozen=True)
class PlacedInForm:
    """The same, with the file it is in, as the drawing room shows faults."""

    file: str
    line: int
    element: str
    sentence: str
    place: Place = ()


def faults_of_forms(forms: Mapping[str, Any], texts: Mapping[str, str]) -> list[PlacedInForm]:
    """The faults of the forms of a process, whose files have these texts."""
    return [
        fault
        for name, form in forms.items()
        for fault in placed(name, form, texts.get(name + FORM, ""))
    ]


def placed(name: str, schema: object, text: str) -> list[PlacedInForm]:
    """The faults of a form with file and line; the text is the one that somebody wrote."""
    known, lines = dict(components_in(schema)), text.splitlines()
    found = []
    for fault in faults_of_form(name, schema):
        key = key_of(known.get(fault.place, {}))
        element = key or ".".join(str(at + 1) for at in fault.place)
        line = _line_of(lines, key) if key else 1
        found.append(PlacedInForm(name + FORM, line, element[:80], fault.sentence, fault.place))
    return found


def key_of(part: Mapping[str, Any]) -> str:
    """What the answers to a component are called; nothing where it says nothing that could be."""
    key = part.get("path") if part.get("type") == GROUP else part.get("key")
    return key if isinstance(key, str) else ""


def _line_of(lines: list[str], key: str) -> int:
    wanted = json.dumps(key, ensure_ascii=False)
    return next((at for at, line in enumerate(lines, 1) if f": {wanted}" in line), 1)
