"""A clock of somebody's voice: a bad rating to be answered, a complaint to be handled.

It is a ledger as those of cases are, with the same arithmetic.  It stands by itself because what
it is about is no case: it names its subject as history does.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.deadlines import Ledger, Limit
from workflows.models.base import Base, Word, where


class FollowUp(StrEnum):
    """What has to be done in time."""

    CONTACT = "contact"  # speak with who gave a bad rating
    RECTIFY = "rectify"  # put right what it was about
    ACCEPT = "accept"  # take a complaint up, or say why not
    SIGN = "sign"  # a department signs for it
    HANDLE = "handle"  # find out what happened, and do something about it
    REPLY = "reply"  # tell who complained


class FollowUpClock(Base):
    __tablename__ = "follow_up_clocks"
    __table_args__ = (
        Index("ix_follow_up_clocks_open", "due_at", "id", **where("closed_at IS NULL")),
        Index("ix_follow_up_clocks_waiting", "next_at", "id", **where("next_at IS NOT NULL")),
        Index("ix_follow_up_clocks_subject", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    region: Mapped[str]
    clock: Mapped[FollowUp] = mapped_column(Word(FollowUp))
    limit: Mapped[str]
    #: Who said so, as it was when the clock began.
    source: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    extension_days: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    #: When it is to be told that the time is over; None once it was told or the clock stopped.
    next_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def ledger(self) -> Ledger:
        """What its end is worked out from; nothing stops it."""
        return Ledger(self.started_at, Limit.parse(self.limit), (), self.extension_days)

    @property
    def item_id(self) -> None:
        """It is about no item: those who explain clocks of cases ask."""
        return
