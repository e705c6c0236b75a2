"""What leaves the system: one row a message, for one recipient over one channel.

The clockwork derives these rows from what the actions have written, and from nothing else: an
action costs no statement more, and waits for no network.  A row is due at ``next_at``; a row
without it is sent, or given up (dead letter).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, where


class Outgoing(Base):
    """A message; ``key`` names it to the recipient's side, who may have it twice.

    ``lane`` is channel and address: what waits in one lane is sent in the order of the keys.
    ``lease`` names the sender that has it in hand, until ``leased_until``.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "channel", "next_at", "id", **where("next_at IS NOT NULL")),
        Index("ix_outbox_lane", "lane", "id", **where("next_at IS NOT NULL")),
        Index("ix_outbox_dead", "dead_at", "id", **where("dead_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    #: None when it is about the hall.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str]
    address: Mapped[str]
    lane: Mapped[str]
    light: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    not_before: Mapped[datetime]
    next_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(Text, default="")


class OutboxPosition(Base):
    """How far a source (notices, history) has been read."""

    __tablename__ = "outbox_positions"

    source: Mapped[str] = mapped_column(primary_key=True)
    last_id: Mapped[int]


class NoticeChoice(Base):
    """Where a person wants to be told besides the desk, and what: light → channels."""

    __tablename__ = "notice_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    mail: Mapped[str] = mapped_column(default="")
    sms: Mapped[str] = mapped_column(default="")
    webhook: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="zh")
    channels: Mapped[dict[str, Any]]
