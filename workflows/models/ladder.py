"""The ladder (预警阶梯) of a region and a theme: every revision of it, and from when it holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base


class Ladder(Base):
    """The ladder of a region and a theme: the subject that a change locks."""

    __tablename__ = "ladders"
    __table_args__ = (UniqueConstraint("region", "theme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    #: The process it is for; "" for all of the region that have none of their own.
    theme: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)
    history_length: Mapped[int] = mapped_column(default=0)
    history_hash: Mapped[str] = mapped_column(default="")

    versions: Mapped[list["LadderVersion"]] = relationship(order_by="LadderVersion.revision")

    @property
    def key(self) -> str:
        """How history names it."""
        return f"ladder:{self.region}/{self.theme}"


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
