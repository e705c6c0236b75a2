"""A bulletin of the watch (监察通报 第N期): figures frozen when it was drafted, and what is said.

The figures are a copy with the moment they were counted at and the hash of their text: what is
signed is what was counted, whatever becomes of the cases afterwards.  Its number is given when it
is signed, so that none is missing.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Word
from workflows.models.subject import Subject, after
from workflows.states import BulletinState


def digest_of(figures: dict[str, Any]) -> str:
    """The hash of frozen figures: the same text wherever it is read."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Bulletin(Subject, Base):
    __tablename__ = "bulletins"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[BulletinState] = mapped_column(Word(BulletinState))
    first: Mapped[date]
    last: Mapped[date]
    figures: Mapped[dict[str, Any]]
    figures_at: Mapped[datetime]
    figures_hash: Mapped[str]
    #: 综述, 存在问题, 下一步工作: what is said of the figures.
    summary: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    drafted_by: Mapped[str]
    edited_by: Mapped[str]
    #: Everyone who wrote in it: none of them may sign it.
    writers: Mapped[list[Any]]
    signed_by: Mapped[str | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]
    year: Mapped[int | None]
    number: Mapped[int | None]

    @property
    def key(self) -> str:
        """How history names it."""
        return f"bulletin:{self.id}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        number = after("bulletin:", key)
        if number is None:
            return None
        return cls.id == (int(number) if number.isdecimal() and len(number) < 10 else -1)

    @property
    def whole(self) -> bool:
        """Whether the figures are what they were when they were frozen."""
        return digest_of(self.figures) == self.figures_hash
