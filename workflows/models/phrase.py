"""A phrase that a person often writes into an opinion (常用意见)."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class Phrase(Base):
    __tablename__ = "phrases"
    __table_args__ = (Index("ix_phrases_of", "person_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    place: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
