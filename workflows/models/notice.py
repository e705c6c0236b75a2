"""What a post, a role or a person has to be told: a light that turned, a mention, a reminder."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, where


class Notice(Base):
    """A sentence for a post or a role; about a case, or about the hall when there is none."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_to_post", "department_code", "duty", "id", **where("done_at IS NULL")),
        Index("ix_notices_to_role", "role", "id", **where("done_at IS NULL")),
        Index("ix_notices_to_person", "person_id", "id", **where("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"))
    at: Mapped[datetime]
    level: Mapped[str]
    sentence: Mapped[str]
    params: Mapped[dict[str, Any]]
    department_code: Mapped[str | None]
    duty: Mapped[str | None]
    role: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
