"""Cards of the watch in tests: what a rule would find, and what people do about it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tests.hall import Hall
from workflows.actions.answer_card import AnswerCard
from workflows.actions.appeal_card import AppealCard
from workflows.actions.issue_card import IssueCard
from workflows.actions.raise_card import RaiseCard
from workflows.models import Card, CardRung, Notice
from workflows.models.card import number_of
from workflows.states import Level
from workflows.watch.found import Found

ANSWER = AnswerCard("delay", "材料量大，排队审查", "今天办结，并增派一人")
APPEAL = AppealCard("system", "当天系统停机，无法签收", "运维事件单2026-031，停机两小时")
ISSUE = IssueCard(token="one form", level="yellow", reason="三天没有进展，请说明", reply=2)


def found(number: str, item: str = "R08", key: str = "", **more: Any) -> Found:
    """What a rule finds about an item of a case."""
    usual = Found(
        rule="R01", key=key or f"{number}/{item}", at=more.pop("at"), case=number, item=item,
        evidence=((number, 1),), facts={"days": 1},
    )  # fmt: skip
    return replace(usual, **more)


def raised(hall: Hall, level: Level = Level.YELLOW, number: str = "", **more: Any) -> Card:
    """A card of an item of a new case, raised now."""
    number = number or hall.accepted()
    matter = found(number, at=hall.clock.now(), **more)
    card: Card = hall.act("system", "", RaiseCard(matter, level))
    return card


def issued(hall: Hall, **more: Any) -> Card:
    """A 督办单 issued by hand."""
    card: Card = hall.act("supervisor", "", replace(ISSUE, **more))
    return card


def card_of(hall: Hall, code: str) -> Card:
    """A card as it is now."""
    with hall.read() as session:
        return session.scalars(select(Card).where(Card.number == number_of(code))).one()


def told(hall: Hall, card: Card) -> list[tuple[str, str]]:
    """(light, whom) of every notice about a card, in order."""
    with hall.read() as session:
        query = select(Notice).where(Notice.card_id == card.id).order_by(Notice.id)
        return [
            (row.level, row.duty or row.role or f"person {row.person_id}")
            for row in session.scalars(query)
        ]


def rungs(hall: Hall, card: Card) -> list[int]:
    """The rungs that a card has climbed."""
    with hall.read() as session:
        query = select(CardRung.rung).where(CardRung.card_id == card.id).order_by(CardRung.id)
        return list(session.scalars(query))


def people(hall: Hall, card: Card) -> str:
    """The department of a card as its people's user names begin."""
    assert card.department_code is not None
    return card.department_code.lower()
