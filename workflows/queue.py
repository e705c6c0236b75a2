"""The queue of the hall (取号叫号): numbers are taken at a machine and called by the windows.

A ticket is no case: it says only who came before whom, nobody can object to how it was called,
and it is of no use the day after.  So it has no history, and what is done with it is no action
but a plain function, between the models and the actions.  Who calls these functions begins and
ends the transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.clock import office_day
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Person, Ticket, TicketCase, TicketState
from workflows.models.serial import next_value

#: Numbers count from A001.
SERIES = "A"
LONGEST_WINDOW = 8
#: So many missed numbers are offered to be called once more.
MISSED = 5


class WindowMissing(WorkflowError):
    """People can only be called to a window that has a name."""

    sentence = N_("请填写窗口号，最多 8 个字。")


class TicketGone(WorkflowError):
    """The number is not of today, or is at another window by now."""

    sentence = N_("这个号已不在您的窗口，或已由其他窗口办理。")


@dataclass(frozen=True)
class Clerk:
    """Who calls: a person at a window (窗口) of a hall, now."""

    hall: str
    person_id: int
    window: str
    now: datetime

    @property
    def day(self) -> date:
        """The day it is at the counter."""
        return office_day(self.now)


def take(session: Session, hall: str, process: str, now: datetime) -> Ticket:
    """Take a number: the next of this hall and day."""
    day = office_day(now)
    number = f"{SERIES}{next_value(session, f'queue {hall}{day:%Y%m%d}'):03d}"
    ticket = Ticket(hall=hall, day=day, number=number, process=process, taken_at=now)
    session.add(ticket)
    session.flush()
    return ticket


def call_next(session: Session, clerk: Clerk, after: int) -> Ticket | None:
    """下一位: call who has waited longest; None when nobody waits.

    ``after`` is the ticket that the clerk saw at the window, or 0: the second of two clicks calls
    nobody.  The one who was at the window is served.  Two windows never call the same number:
    a number that another window is about to call is locked, and passed over.
    """
    _one_by_one(session, clerk)
    at_window = current(session, clerk.person_id, clerk.day)
    if (at_window.id if at_window else 0) != after:
        return at_window
    _leave(at_window, clerk)
    query = select(Ticket).where(*_waiting(clerk.hall, clerk.day)).order_by(Ticket.id).limit(1)
    ticket = session.scalar(query.with_for_update(skip_locked=True))
    if ticket is not None:
        _call(ticket, clerk)
    session.flush()
    return ticket


def call_again(session: Session, clerk: Clerk, ticket_id: int) -> Ticket:
    """重呼: call the number at the window, or one that was missed, once more."""
    _one_by_one(session, clerk)
    ticket = _locked(session, clerk, ticket_id)
    at_window = current(session, clerk.person_id, clerk.day)
    if at_window is not ticket:
        _leave(at_window, clerk)
    _call(ticket, clerk)
    session.flush()
    return ticket


def miss(session: Session, clerk: Clerk, ticket_id: int) -> Ticket:
    """过号: nobody came; the number may be called again later in the day."""
    ticket = _locked(session, clerk, ticket_id)
    ticket.state, ticket.done_at = TicketState.MISSED, clerk.now
    session.flush()
    return ticket


def serve(session: Session, person_id: int, ticket_id: int, case_number: str) -> None:
    """Link the case just received with the ticket that it was received for."""
    ticket = session.get(Ticket, ticket_id)
    case_id = session.scalar(select(Case.id).where(Case.number == case_number))
    if ticket is None or ticket.clerk_id != person_id or case_id is None:
        return
    if session.get(TicketCase, case_id) is None:
        session.add(TicketCase(case_id=case_id, ticket_id=ticket_id))


def current(session: Session, person_id: int, day: date) -> Ticket | None:
    """The ticket at the window of a clerk."""
    latest = last_called(session, person_id)
    at_window = latest is not None and latest.state is TicketState.CALLED and latest.day == day
    return latest if at_window else None


def last_called(session: Session, person_id: int) -> Ticket | None:
    """The ticket that a clerk called last; it tells the window too."""
    query = select(Ticket).where(Ticket.clerk_id == person_id)
    return session.scalar(query.order_by(Ticket.shown_at.desc(), Ticket.id.desc()).limit(1))


def waiting(session: Session, hall: str, day: date) -> int:
    """How many wait."""
    query = select(func.count()).select_from(Ticket).where(*_waiting(hall, day))
    return session.scalar(query) or 0


def ahead_of(session: Session, ticket: Ticket) -> int:
    """How many will be called before this one."""
    before = (*_waiting(ticket.hall, ticket.day), Ticket.id < ticket.id)
    return session.scalar(select(func.count()).select_from(Ticket).where(*before)) or 0


def find(session: Session, hall: str, day: date, number: str) -> Ticket | None:
    """The ticket of this number."""
    query = select(Ticket).where(Ticket.hall == hall, Ticket.day == day, Ticket.number == number)
    return session.scalar(query)


def called(session: Session, hall: str, day: date, state: TicketState, most: int) -> list[Ticket]:
    """The numbers of the day in a state, the one called last first."""
    query = select(Ticket).where(Ticket.hall == hall, Ticket.day == day, Ticket.state == state)
    return list(session.scalars(query.order_by(Ticket.shown_at.desc()).limit(most)))


def _waiting(hall: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return Ticket.hall == hall, Ticket.day == day, Ticket.called_at.is_(None)


def _one_by_one(session: Session, clerk: Clerk) -> None:
    """Two clicks of the same clerk are one after the other."""
    if not clerk.window or len(clerk.window) > LONGEST_WINDOW:
        raise WindowMissing
    mine = select(Person.id).where(Person.id == clerk.person_id)
    session.execute(mine.with_for_update(key_share=True))


def _locked(session: Session, clerk: Clerk, ticket_id: int) -> Ticket:
    """A ticket of today that is at this window, or was missed."""
    ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id).with_for_update())
    if ticket is None or (ticket.hall, ticket.day) != (clerk.hall, clerk.day):
        raise TicketGone
    mine = ticket.state is TicketState.CALLED and ticket.clerk_id == clerk.person_id
    if not (mine or ticket.state is TicketState.MISSED):
        raise TicketGone
    return ticket


def _call(ticket: Ticket, clerk: Clerk) -> None:
    ticket.state = TicketState.CALLED
    ticket.called_at = ticket.called_at or clerk.now
    ticket.shown_at, ticket.done_at = clerk.now, None
    ticket.clerk_id, ticket.window = clerk.person_id, clerk.window


def _leave(ticket: Ticket | None, clerk: Clerk) -> None:
    """Whoever was at the window is served: the next one is called."""
    if ticket is not None:
        ticket.state, ticket.done_at = TicketState.SERVED, clerk.now
