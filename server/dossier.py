"""What was handed in (卷宗): the application form as filled in, the answers, the materials."""

from collections.abc import Container
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from server.form_fields import Field, Row
from server.form_logic import settled
from server.names import english, zh
from server.published_forms import form_of
from workflows.catalogue import Catalogue
from workflows.errors import N_
from workflows.models import Case, CaseMaterial

Fact = tuple[Markup, Markup]


def application(case: Case, hidden: Container[str] = ()) -> list[Fact]:
    """(label, answer) of the application form, in the order of the form, but what is hidden.

    What the answers leave unasked is not listed; what is computed is computed from them anew.
    """
    form = form_of(case.version)
    computed, unasked = settled(form, case.form)
    given = {**case.form, **computed}
    return [
        (zh(field.label), answer(field, given[field.key]))
        for field in form.fields
        if field.key in given and field.key not in unasked and field.key not in hidden
    ]


def answer(field: Field, value: Any) -> Markup:
    """An answer in words; the rows of a table are lines."""
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, dict):
        return _file(value)
    if field.cells:
        return Markup("<br>").join(_row(field, row) for row in value or []) or Markup("—")
    words = dict(field.pairs)
    values = value if isinstance(value, list) else [value]
    said = "、".join(str(words.get(one, one)) for one in values if one not in (None, ""))
    return zh(" ".join(filter(None, [field.prefix, said, field.suffix]))) if said else Markup("—")


def _file(value: dict[str, Any]) -> Markup:
    if "attachment" not in value:
        return zh(value.get("name"))
    address = url_for("files.show", attachment_id=value["attachment"])
    return Markup('<a href="{}">{}</a>').format(address, zh(value["name"]))


def _row(field: Field, row: Row) -> Markup:
    said = (answer(cell, row.get(cell.key)) for cell in field.cells)
    return Markup(" · ").join(one for one in said if one != Markup("—"))


def _yes_or_no(value: bool) -> Markup:
    return Markup.escape(_("是") if value else _("否"))


def answers(case: Case, catalogue: Catalogue) -> list[Fact]:
    """(question, answer) of the questionnaire that decided what this case needs."""
    found = []
    for question in catalogue.questionnaire:
        value = case.answers.get(question.key, question.default)
        label = Markup.escape(question.label_en) if english() else zh(question.label)
        if question.type == "boolean":
            found.append((label, _yes_or_no(bool(value))))
        else:
            found.append((label, zh(f"{value:g} {question.unit or ''}".strip())))
    return found


def material_state(row: CaseMaterial) -> str:
    """Whether a document is here, in words."""
    return str(_(material_word(row)))


def material_word(row: CaseMaterial) -> str:
    """The same in the language of the hall, for documents."""
    if row.fetched:
        return N_("免提交")
    if row.received_at is not None:
        return N_("已收")
    if row.deferred:
        return N_("容缺，待补交")
    return N_("未收") if row.required else N_("按需提交")
