"""From a posted form to an action: every field has a type, and what does not fit is refused."""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from flask_babel import gettext as _
from pydantic import TypeAdapter, ValidationError
from werkzeug.datastructures import MultiDict

from workflows.actions import Action
from workflows.errors import N_, WorkflowError


class FormInvalid(WorkflowError):
    """Something in the form is missing or has the wrong shape; ``errors`` says what, by field."""

    sentence = N_("有 %(count)s 处填写不正确，请改正后再提交。")

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors


def read_action(kind: type[Action], posted: MultiDict[str, str], /, **known: Any) -> Action:
    """The action that a form describes; lists repeat a name, mappings write ``name.key``."""
    raw: dict[str, Any] = dict(known)
    hints = get_type_hints(kind)
    for spec in fields(kind):  # type: ignore[arg-type]
        if spec.name in known:
            continue
        value = _value(spec.name, hints[spec.name], posted)
        optional = spec.default is not MISSING or spec.default_factory is not MISSING
        if value is not None and not (value == "" and optional):
            raw[spec.name] = value
    try:
        return TypeAdapter(kind).validate_python(raw)
    except ValidationError as invalid:
        places = {str(error["loc"][0]) for error in invalid.errors() if error["loc"]}
        raise FormInvalid({place: _("请填写，或更正这一项。") for place in places}) from None


def _value(name: str, hint: Any, form: MultiDict[str, str]) -> Any:
    text = str(hint)
    if text.startswith("list"):
        return form.getlist(name)
    if text.startswith("dict"):
        start = f"{name}."
        found = {key.removeprefix(start): form[key] for key in form if key.startswith(start)}
        return {key: value.strip() for key, value in found.items() if value.strip()}
    value = form.get(name)
    return value.strip() if value is not None else None
