"""The ladder (预警阶梯) of a region and a theme: every revision of it, and from when it holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base
from workflows.models.subject import Subject, after


class Ladder(Subject, Base):
    """The ladder of a region and a theme: the subject that a change locks."""

    __tablename__ = "ladders"
    __table_args__ = (UniqueConstraint("region", "theme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    #: The process it is for; "" for all of the region that have none of their own.
    theme: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)

    versions: Mapped[list["LadderVersion"]] = relationship(order_by="LadderVersion.revision")

    @property
    def key(self) -> str:
        """How history names it."""
        return f"ladder:{self.region}/{self.theme}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        place = after("ladder:", key)
        if place is None:
            return None
        region, _slash, theme = place.partition("/")
        return and_(cls.region == region, cls.theme == theme)


class LadderVersion(Base):
    """One revision: what a clock or a card that begins from then on climbs."""

    __tablename__ = "ladder_versions"
    __table_args__ = (UniqueConstraint("ladder_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladders.id"))
    revision: Mapped[int]
    #: The limits of the watch and the rungs, as `workflows.ladders` reads them.
    content: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime]
    from_at: Mapped[datetime]
