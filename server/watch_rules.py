"""监察规则: the rules of the watch by family, with figures and sources, and what each found."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from server.card_page import evidence_of, named
from server.card_words import CARD_STATES, LAMPS, LEVELS
from server.context import now, reader, services
from server.labels import word
from server.lists import page_number
from server.names import item_name
from server.rule_words import FAMILIES, facts_of
from server.watching import figures_of
from workflows.models import Card, Case, Department
from workflows.queries import found as queries
from workflows.watch.parameters import Figures
from workflows.watch.rule import Family, Rule
from workflows.watch.rules import RULES

watch_rules = Blueprint("watch_rules", __name__)

#: What counts as lately.
LATELY = timedelta(days=30)


@watch_rules.get("/watch/rules")
def overview() -> str:
    """Every rule, by family."""
    counts = queries.lately(reader(), now() - LATELY)
    figures = figures_of(services())
    by_family = [
        (word(FAMILIES, family),
         [_row(rule, figures, counts) for rule in RULES.values() if rule.family is family])
        for family in Family
    ]  # fmt: skip
    return render_template(
        "watch_rules.html",
        families=[(name, rows) for name, rows in by_family if rows],
        figures=figures,
        days=LATELY.days,
    )


def _row(rule: Rule, figures: Figures, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "rule": rule,
        "title": _(rule.title),
        "level": word(LEVELS, rule.level),
        "lamp": LAMPS[rule.level],
        "href": url_for("watch_rules.show", rule=rule.id),
        "found": counts.get(rule.id, 0),
        "parameters": parameters(rule, figures),
    }


def parameters(rule: Rule, figures: Figures) -> list[dict[str, Any]]:
    """The figures of a rule as they are here: the value, its unit and where it comes from."""
    mine = figures.of(rule.id)
    return [
        {
            "title": _(one.title),
            "value": f"{mine.get(one.key, one.default):g}",
            "unit": _(one.unit),
            "source": figures.source if one.key in mine else _(one.source),
            "own": one.key in mine,
        }
        for one in rule.parameters
    ]


@watch_rules.get("/watch/rules/<rule>")
def show(rule: str) -> str:
    """One rule, and what it has found: each with its case and the rows that prove it."""
    found = RULES.get(rule)
    if found is None:
        abort(404)
    page = page_number()
    cards, total = queries.of_rule(reader(), rule, page)
    return render_template(
        "watch_rule.html",
        **_row(found, figures_of(services()), queries.lately(reader(), now() - LATELY)),
        family=word(FAMILIES, found.family),
        rows=_matters(cards),
        total=total,
        page=page,
        pages=-(-total // queries.PAGE),
        days=LATELY.days,
    )


def _matters(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """What was found, with the case, the item and the department by name."""
    session = reader()
    cases = {row.id: row for row in session.scalars(
        select(Case).where(Case.id.in_({card.case_id for card in cards})))}  # fmt: skip
    codes = {card.department_code for card in cards}
    offices = {row.code: row for row in session.scalars(
        select(Department).where(Department.code.in_(codes)))}  # fmt: skip
    found = []
    for card in cards:
        case = cases.get(card.case_id or 0)
        item = case.item(card.item_code) if case and card.item_code else None
        found.append({
            "card": card,
            "case": case,
            "item": item_name(case, item) if case and item else "",
            "department": named(offices.get(card.department_code or "")),
            "state": word(CARD_STATES, card.state),
            "lamp": LAMPS[card.level],
            "level": word(LEVELS, card.level),
            "facts": facts_of(card.facts),
            "evidence": evidence_of(card),
        })  # fmt: skip
    return found
