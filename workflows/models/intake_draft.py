"""What a clerk has written into the form of intake and not sent yet (暂存): one a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class IntakeDraft(Base):
    __tablename__ = "intake_drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    #: The theme; empty until one is chosen.
    process: Mapped[str]
    #: Every field of the page with the values written into it, fields of other themes too.
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime]
