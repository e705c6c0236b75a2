"""A rating (好差评): what somebody said of how a case was handled.  Nothing is ever filled in.

On site a visit is rated once (一次一评): the row of history that says what was done is the matter.
Online a matter is rated once (一事一评): the case as a whole, or one of its items.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import WHOLE, Base, Word, where
from workflows.models.case import Case, CaseItem
from workflows.models.subject import Subject, after
from workflows.states import RatingState

#: 不满意 and 非常不满意 are bad ratings (差评); 基本满意 is none.
LOWEST, BAD, HIGHEST = 1, 2, 5
#: The post of a department that answers for a bad rating: not the one that was rated.
ANSWERS = "checker"


class Channel(StrEnum):
    """Where it was given."""

    ON_SITE = "on_site"
    ONLINE = "online"


class Rating(Subject, Base):
    """What was said, and what came of it; the follow-up is done by who answers for it."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("case_id", "channel", "matter"),
        Index("ix_ratings_given", "given_at", "id"),
        Index("ix_ratings_open", "department_code", "id", **where("closed_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"))
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    #: Online the code of an item, or nothing for the whole; on site the row of history rated.
    matter: Mapped[str]
    #: Who answers for it; nobody's for the window, or for the case as a whole.
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    window: Mapped[str] = mapped_column(default="")
    served_by: Mapped[str] = mapped_column(default="")
    level: Mapped[int]
    #: What was said first, where it was corrected.
    first_level: Mapped[int]
    reasons: Mapped[list[Any]]
    text: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime]
    #: Until when it may be corrected, once; never what was said on site.
    correct_until: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    state: Mapped[RatingState] = mapped_column(Word(RatingState))
    #: How often it was to be put right: once more if the call-back says so.
    round: Mapped[int] = mapped_column(default=0)
    contacted_at: Mapped[datetime | None]
    rectified_at: Mapped[datetime | None]
    rectified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    called_back_at: Mapped[datetime | None]
    satisfied: Mapped[bool | None]
    appealed_at: Mapped[datetime | None]
    appeal: Mapped[str] = mapped_column(Text, default="")
    appeal_decided_at: Mapped[datetime | None]
    #: Why the supervisors took it out, or left it in.
    appeal_answer: Mapped[str] = mapped_column(Text, default="")
    #: Since when nothing is left to be done.
    closed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    item: Mapped[CaseItem | None] = relationship()

    @property
    def key(self) -> str:
        """How history names it."""
        return f"rating:{self.id}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        number = after("rating:", key) or ""
        found = int(number) if number.isdecimal() else 0
        return cls.id == found if found in WHOLE else None

    @property
    def bad(self) -> bool:
        return self.level <= BAD


class RatingInvitation(Base):
    """An invitation to rate what was just done at a window, answered at most once."""

    __tablename__ = "rating_invitations"
    __table_args__ = (
        UniqueConstraint("case_id", "sequence"),
        Index("ix_rating_invitations_waiting", "window", "id", **where("used_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    #: The row of history that says what was done.
    sequence: Mapped[int]
    action: Mapped[str]
    window: Mapped[str]
    clerk: Mapped[str]
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
