"""What cases are found by: the words that occur in them, and the answers declared searchable.

A name, a title or an opinion that many cases share is kept once, with the cases that use it, so
that stock phrases cost a row for each case and no more.  Every character and every two that
follow each other lead to the texts that hold them: Chinese has no blanks between words.
"""

import unicodedata
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import EXACT, Base, where

#: Of a longer text only the beginning is looked at.
LONGEST = 2000
#: Larger than any character.
STEP = 1 << 21


def folded(text: str) -> str:
    """A text as it is compared: full width or half, capital or small, is the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest(text: str) -> str:
    """What a text is known by, however long it is."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def gram(piece: str) -> int:
    """One character, or two that follow each other, as a number."""
    first, second = ord(piece[0]), ord(piece[1]) if len(piece) > 1 else 0
    return first * STEP + second


def grams(text: str) -> set[int]:
    """Every character of a text, and every two that follow each other."""
    return {gram(one) for one in text} | {gram(a + b) for a, b in pairwise(text)}


class LookupText(Base):
    """A text that occurs in cases, folded, and in how many."""

    __tablename__ = "lookup_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)
    uses: Mapped[int] = mapped_column(default=0)


class LookupGram(Base):
    """Which texts hold a character, or two that follow each other."""

    __tablename__ = "lookup_grams"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    gram: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("lookup_texts.id"), primary_key=True)


class LookupUse(Base):
    """Which cases use a text."""

    __tablename__ = "lookup_uses"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    text_id: Mapped[int] = mapped_column(ForeignKey("lookup_texts.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)


class LookupPlace(Base):
    """Up to which row the history has been read; one row."""

    __tablename__ = "lookup_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    history_id: Mapped[int] = mapped_column(default=0)


class CaseField(Base):
    """The answer to a question of the application that was declared searchable."""

    __tablename__ = "case_fields"
    __table_args__ = (
        Index("ix_case_fields_of_case", "case_id", "field"),
        Index("ix_case_fields_text", "field", "text", "case_id", **where("text IS NOT NULL")),
        Index("ix_case_fields_number", "field", "number", "case_id", **where("number IS NOT NULL")),
        Index("ix_case_fields_day", "field", "day", "case_id", **where("day IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    field: Mapped[str]
    text: Mapped[str | None] = mapped_column(EXACT)
    number: Mapped[float | None]
    day: Mapped[date | None]
