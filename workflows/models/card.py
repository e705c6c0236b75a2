"""A card of the watch (监察卡): one matter that a department answers for, and its ladder.

It comes from a rule, which names the matter for good (``rule`` and ``matter``), or was issued by
a supervisor by hand (督办单); one matter has one card.  Its reply is due in working days, counted
as every limit is, and not while an appeal is being decided.  Every paper that was sent because
of it is numbered and kept with the facts it was sent with.
"""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.clock import office_day
from workflows.deadlines import Ledger, Limit, Pause
from workflows.models.base import Base, Word, where
from workflows.models.subject import Subject, after
from workflows.states import CardState, Level

NUMBER = re.compile(r"督〔(\d{4})〕(\d+)号")
CODE = re.compile(r"(\d{4})-(\d{1,9})")


def number_of(code: str) -> str | None:
    """The number of a card as it is written (督〔2026〕12号), from an address (2026-12)."""
    found = CODE.fullmatch(code)
    return f"督〔{found[1]}〕{int(found[2])}号" if found else None


class Card(Subject, Base):
    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("rule", "matter"),
        Index("ix_cards_due", "next_at", "id", **where("next_at IS NOT NULL")),
        Index("ix_cards_department_code", "department_code", "state", "id"),
        Index("ix_cards_state", "state", "id"),
        Index("ix_cards_raised_at", "raised_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: By year: 督〔2026〕12号.
    number: Mapped[str] = mapped_column(unique=True)
    #: The rule that found it and the key it gave; both None when it was issued by hand.
    rule: Mapped[str | None]
    matter: Mapped[str | None]
    #: Of the form a supervisor sent: sent twice, it is one card.
    token: Mapped[str | None] = mapped_column(unique=True)
    #: What it is now, and what it began as: unanswered, a yellow card turns red.
    level: Mapped[Level] = mapped_column(Word(Level))
    raised_as: Mapped[Level] = mapped_column(Word(Level))
    state: Mapped[CardState] = mapped_column(Word(CardState))
    region: Mapped[str]
    #: The process of the case; "" when it is about no case.
    theme: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    item_code: Mapped[str | None]
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    person: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    #: [subject, sequence] of the rows of history that prove it.
    evidence: Mapped[list[Any]]
    #: Why a supervisor issued it.
    reason: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime]
    raised_at: Mapped[datetime]
    raised_by: Mapped[str]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: From when the reply is counted, its limit, and when it is due; None where none is owed.
    reply_from: Mapped[datetime | None]
    reply_limit: Mapped[str | None]
    reply_due: Mapped[datetime | None]
    #: How often it was asked for: 1, and one more whenever an answer was returned.
    round: Mapped[int] = mapped_column(default=1)
    answer: Mapped[dict[str, Any] | None]
    answered_at: Mapped[datetime | None]
    #: Until when an appeal can be made.
    appeal_until: Mapped[datetime | None]
    appeal: Mapped[dict[str, Any] | None]
    appealed_at: Mapped[datetime | None]
    decision: Mapped[dict[str, Any] | None]
    decided_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: Whether it counts in the score of the department: not a notice, nor what was revoked.
    scored: Mapped[bool] = mapped_column(default=True)
    #: The papers that were sent: paper, number, at, to, and the reply date they named.
    papers: Mapped[list[Any]]
    #: How many rungs of its ladder were climbed, and when the next one comes.
    rung: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-12."""
        found = NUMBER.fullmatch(self.number)
        assert found is not None, "numbered when it was raised"
        return f"{found[1]}-{found[2]}"

    @property
    def key(self) -> str:
        """How history names it."""
        return f"card:{self.code}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        code = after("card:", key)
        return None if code is None else cls.number == number_of(code)

    def ledger(self) -> Ledger | None:
        """How its reply is counted: the days of an appeal do not count."""
        if self.reply_from is None or self.reply_limit is None:
            return None
        pauses = []
        if self.appealed_at is not None and self.appealed_at >= self.reply_from:
            ended = office_day(self.decided_at) if self.decided_at else None
            pauses.append(Pause(office_day(self.appealed_at), ended, None, "appeal"))
        return Ledger(self.reply_from, Limit.parse(self.reply_limit), tuple(pauses))


class CardRung(Base):
    """A rung of a card's ladder that was climbed: unique, so that nothing fires twice."""

    __tablename__ = "card_rungs"
    __table_args__ = (UniqueConstraint("card_id", "rung"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    rung: Mapped[int]
    at: Mapped[datetime]
