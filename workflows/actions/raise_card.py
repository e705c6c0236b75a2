"""Raise a card for what a rule has found (发卡): one matter, one card, however often it is found.

A matter that has a card already is refused as CardKnown: who runs the rules asks first which are
known (`Card.rule`, `Card.matter`), and of two who ask at once the second is told.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseNotFound, Context
from workflows.actions.cards import REGION, CardAction, begin, wall
from workflows.actions.numbers import card_number
from workflows.errors import N_, WorkflowError
from workflows.models import Card, Case, CaseItem
from workflows.states import CardState, Level
from workflows.watch.found import Found


class CardKnown(WorkflowError):
    """The matter has its card."""

    sentence = N_("这件事已经发过监察卡：%(number)s。")


@dataclass(frozen=True)
class RaiseCard(CardAction):
    found: Found
    level: Level

    name = "raise_card"

    def find(self, key: str, ctx: Context) -> Card:
        # The number is taken first: it lets one card of the year in at a time, so that the second
        # of two who have found the same matter sees the card of the first.
        number = card_number(ctx)
        matter = (Card.rule == self.found.rule, Card.matter == self.found.key)
        known = ctx.session.scalar(select(Card.number).where(*matter))
        if known is not None:
            raise CardKnown(number=known)
        card = self._new_card(number, ctx)
        ctx.session.add(card)
        return card

    def _new_card(self, number: str, ctx: Context) -> Card:
        found = self.found
        case = self._case(ctx)
        department = found.department
        if department is None and case is not None and found.item is not None:
            mine = (CaseItem.case_id == case.id, CaseItem.code == found.item)
            department = ctx.session.scalar(select(CaseItem.department_code).where(*mine))
        return Card(
            number=number, rule=found.rule, matter=found.key, token=None, level=self.level,
            raised_as=self.level, state=CardState.NEW, scored=False,
            region=case.region if case else REGION, theme=case.version.process if case else "",
            case_id=case.id if case else None, item_code=found.item, department_code=department,
            person=found.person, facts=plain_facts(found.facts),
            evidence=[list(row) for row in found.evidence], reason="", happened_at=found.at,
            raised_at=ctx.now, raised_by=ctx.actor.name, raised_by_id=None, round=1, papers=[],
            rung=0, history_length=0, history_hash="",
        )  # fmt: skip

    def _case(self, ctx: Context) -> Case | None:
        if self.found.case is None:
            return None
        case = ctx.session.scalar(select(Case).where(Case.number == self.found.case))
        if case is None:
            raise CaseNotFound(number=self.found.case)
        return case

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        sent = begin(card, ctx)
        return {
            "card": card.number,
            "rule": card.rule,
            "matter": card.matter,
            "case": self.found.case,
            "item": card.item_code,
            "department": card.department_code,
            "person": card.person,
            "happened": wall(card.happened_at),
            "facts": card.facts,
            "evidence": card.evidence,
            **sent,
        }


def plain_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The figures of a matter as they are stored: instants as the clock of the hall shows them."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return wall(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date) or not isinstance(value, str | int | float | bool | None):
        return str(value)
    return value
