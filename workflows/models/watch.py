"""How far the watch (电子监察) has looked: one row."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class WatchPlace(Base):
    """Up to which row the history was held against the rules, and when all of it was."""

    __tablename__ = "watch_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    history_id: Mapped[int] = mapped_column(default=0)
    #: When the last look at everything began.
    whole_at: Mapped[datetime | None]
