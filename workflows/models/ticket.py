"""A ticket (号): a place in the queue of a hall on one day.  It says nothing of who holds it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Word, where


class TicketState(StrEnum):
    """Waiting; called to a window; served there; or missed (过号): nobody came."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"


class Ticket(Base):
    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("hall", "day", "number"),
        Index("ix_tickets_waiting", "hall", "day", "id", **where("called_at IS NULL")),
        Index("ix_tickets_of_clerk", "clerk_id", "shown_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hall: Mapped[str]
    day: Mapped[date]
    number: Mapped[str]
    #: The theme (一件事) that was chosen at the machine.
    process: Mapped[str]
    state: Mapped[TicketState] = mapped_column(Word(TicketState), default=TicketState.WAITING)
    taken_at: Mapped[datetime]
    #: When it was called for the first time: so long its holder has waited.
    called_at: Mapped[datetime | None]
    #: When it was called last, by whom, and to which window.
    shown_at: Mapped[datetime | None]
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    window: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]

    def waited(self, now: datetime) -> timedelta:
        """How long its holder has waited to be called."""
        return (self.called_at or now) - self.taken_at


class TicketCase(Base):
    """A case received for a ticket: an applicant may have come for several."""

    __tablename__ = "ticket_cases"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
