"""What was handed in (卷宗): the application form as filled in, the answers, the materials."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from server.form_schema import Field, parse
from server.names import english, zh
from workflows.catalogue import Catalogue
from workflows.models import Case, CaseMaterial

Fact = tuple[Markup, Markup]


def application(case: Case) -> list[Fact]:
    """(label, answer) of the application form, in the order of the form."""
    form = parse(case.version.forms["application"])
    given = case.form
    return [(zh(f.label), _answer(f, given[f.key])) for f in form.fields if f.key in given]


def _answer(field: Field, value: Any) -> Markup:
    if isinstance(value, bool):
        return _yes_or_no(value)
    words = dict(field.pairs)
    values = value if isinstance(value, list) else [value]
    said = "、".join(str(words.get(one, one)) for one in values if one not in (None, ""))
    return zh(" ".join(filter(None, [field.prefix, said, field.suffix]))) if said else Markup("—")


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
    if row.fetched:
        return str(_("免提交"))
    if row.received_at is not None:
        return str(_("已收"))
    if row.deferred:
        return str(_("容缺，待补交"))
    return str(_("未收") if row.required else _("按需提交"))
