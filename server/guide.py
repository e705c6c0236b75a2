"""办事指南: what an applicant can read before coming, made of the published catalogue alone.

Public and without a script: what it is, who decides, how long, what it costs, what to bring in the
situation told, and how it goes on.
"""

import re
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from server.context import now, reader
from server.names import english, own_name, zh
from server.window import read_answers, told
from workflows.catalogue import Catalogue
from workflows.catalogue.contents import Answers, working_days
from workflows.catalogue.published import published
from workflows.catalogue.records import Item, Question
from workflows.engine.expressions import Expression
from workflows.models import ProcessVersion
from workflows.queries.processes import in_force, published_versions

guide = Blueprint("guide", __name__)


@guide.get("/guide")
def themes() -> str:
    """Every theme that can be applied for."""
    versions = published_versions(reader())
    shown = [(version, published(version).catalogue) for version in versions]
    return render_template("guide_themes.html", themes=shown)


@guide.get("/guide/<process>")
def theme(process: str) -> str:
    """One theme: for everybody, and then for the situation told in the questionnaire."""
    version, catalogue = _in_force(process)
    answers, errors = read_answers(catalogue, request.args)
    needed = catalogue.needed_items(answers)
    return render_template(
        "guide_theme.html",
        version=version,
        catalogue=catalogue,
        answers=answers,
        errors=errors,
        said=told(catalogue, answers),
        asked="asked" in request.args,
        data=request.args,
        items=needed,
        materials=catalogue.materials_for(needed, answers),
        numbers=_numbers(catalogue, needed, answers),
        waits=[(item, wait) for item in needed if (wait := _waits(catalogue, item, needed))],
        groups=_visits(catalogue, needed),
        today=now(),
    )


@guide.get("/guide/<process>/<code>")
def matter(process: str, code: str) -> str:
    """One item: its basis, its limits, its materials and what it waits for."""
    version, catalogue = _in_force(process)
    try:
        item = catalogue.item(code)
    except KeyError:
        abort(404)
    return render_template(
        "guide_item.html",
        version=version,
        catalogue=catalogue,
        item=item,
        limits=catalogue.limits(item),
        materials=[catalogue.material(each) for each in item.materials],
        needed=in_words(item.needed, catalogue),
        commitment=in_words(item.commitment, catalogue),
        wait=_waits(catalogue, item, catalogue.items),
        groups=_visits(catalogue, (item,)),
        today=now(),
    )


def _in_force(process: str) -> tuple[ProcessVersion, Catalogue]:
    """The version that new cases use, with its catalogue."""
    found = in_force(reader(), process)
    if found is None:
        abort(404)
    return found, published(found).catalogue


def _numbers(catalogue: Catalogue, needed: tuple[Item, ...], answers: Answers) -> dict[str, Any]:
    """What handling it together comes to: days and papers, beside one item after another."""
    counted = [item for item in needed if not item.excluded_from_clock]
    alone = [item for item in counted if item.merged_into is None]
    codes = {item.code for item in needed}
    listed = catalogue.materials_for(needed, answers)
    return {
        "days": float(catalogue.critical_path(counted)),
        "one_by_one": float(sum(working_days(catalogue.limits(item)[1]) for item in alone)),
        "at_once": sum(not catalogue.start_gates(item, codes) for item in needed),
        "departments": len({item.department for item in needed}),
        "papers": sum(not material.fetched for material, _items in listed),
        "papers_alone": sum(len(items) for material, items in listed if not material.fetched),
        "fetched": sum(material.fetched for material, _items in listed),
    }


def _waits(catalogue: Catalogue, item: Item, needed: tuple[Item, ...]) -> Markup:
    """Which items one waits for, as a sentence; empty when it waits for none."""
    codes = {each.code for each in needed}
    starts = catalogue.start_gates(item, codes)
    decides = [each for each in catalogue.decision_gates(item, codes) if each not in starts]
    parts = []
    if starts:
        parts.append(_("“%(items)s”准予后开始", items=_named(starts)))
    if decides:
        parts.append(_("“%(items)s”有结果后才作决定，此前先审查", items=_named(decides)))
    return Markup(_("；").join(parts))


def _named(items: Any) -> Markup:
    return Markup("、").join(zh(own_name(item)) for item in items)


def _visits(catalogue: Catalogue, needed: tuple[Item, ...]) -> list[Any]:
    """The joint visits these items need, each with its departments."""
    return [
        (group, [item for item in needed if item.onsite == group.code])
        for group in catalogue.onsite_groups
        if any(item.onsite == group.code for item in needed)
    ]


def in_words(condition: Expression | None, catalogue: Catalogue) -> str:
    """A condition with the questions in place of their keys."""
    if condition is None:
        return ""
    asked = {question.key: question for question in catalogue.questionnaire}
    known = {"and": _("并且"), "or": _("或者"), "not": _("不是"), "true": _("是"), "false": _("否")}

    def word(found: re.Match[str]) -> str:
        if question := asked.get(found[0]):
            return f"“{_label(question)}”"
        return str(known.get(found[0].lower(), found[0]))

    return re.sub(r"[A-Za-z_]\w*", word, condition.text)


def _label(question: Question) -> str:
    return question.label_en if english() else question.label
