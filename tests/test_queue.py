"""取号叫号: everyone is called once, in the order of coming, whatever the windows press at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.hall import Hall
from workflows import queue
from workflows.clock import office_day
from workflows.models import Ticket, TicketCase, TicketState
from workflows.queue import Clerk, TicketGone, WindowMissing


@contextmanager
def keeping(hall: Hall) -> Iterator[Session]:
    with hall.services.database.writers() as session, session.begin():
        yield session


def take(hall: Hall, count: int = 1) -> list[str]:
    """Numbers taken at the machine."""
    numbers = []
    for _ in range(count):
        with keeping(hall) as session:
            numbers.append(queue.take(session, "330700", "restaurant", hall.clock.now()).number)
    return numbers


def clerk(hall: Hall, username: str = "window1", window: str = "1") -> Clerk:
    person = hall.actor(username).person_id
    assert person is not None
    return Clerk("330700", person, window, hall.clock.now())


def call(hall: Hall, who: Clerk, after: int = 0) -> Ticket | None:
    with keeping(hall) as session:
        return queue.call_next(session, who, after)


def ticket(hall: Hall, number: str) -> Ticket:
    with hall.read() as session:
        return session.scalars(select(Ticket).where(Ticket.number == number)).one()


def at_once(count: int, job: Callable[[int], Any]) -> list[Any]:
    """Do this in threads of their own at the same moment; what each found."""
    gate, found = threading.Barrier(count), [None] * count

    def run(place: int) -> None:
        gate.wait()
        found[place] = job(place)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_numbers_count_from_one_each_day(hall: Hall) -> None:
    assert take(hall, 3) == ["A001", "A002", "A003"]
    hall.at("2026-03-03T09:00")
    assert take(hall) == ["A001"]
    assert call(hall, clerk(hall)).day == office_day(hall.clock.now())  # type: ignore[union-attr]
    assert call(hall, clerk(hall, "window2")) is None, "who came yesterday is not called today"


def test_who_has_waited_longest_is_called_and_the_wait_is_measured(hall: Hall) -> None:
    take(hall, 2)
    hall.clock.set(hall.clock.now() + timedelta(minutes=12))
    first = call(hall, clerk(hall))
    assert first is not None
    assert (first.number, first.window, first.state) == ("A001", "1", TicketState.CALLED)
    assert first.waited(hall.clock.now()) == timedelta(minutes=12)
    second = call(hall, clerk(hall), after=first.id)
    assert second is not None and second.number == "A002"
    assert ticket(hall, "A001").state is TicketState.SERVED
    assert call(hall, clerk(hall), after=second.id) is None
    assert ticket(hall, "A002").done_at is not None


def test_two_windows_at_once_never_call_the_same_number(hall: Hall) -> None:
    take(hall, 12)
    windows = [clerk(hall, "window1", "1"), clerk(hall, "window2", "2"), clerk(hall, "lead", "3")]

    def morning(place: int) -> list[str]:
        called, after = [], 0
        while (one := call(hall, windows[place], after)) is not None:
            called.append(one.number)
            after = one.id
        return called

    called = at_once(3, morning)
    assert sorted(chain(*called)) == [f"A{n:03d}" for n in range(1, 13)]
    assert all(numbers == sorted(numbers) for numbers in called), "in the order of coming"


def test_two_clicks_at_once_call_one_person(hall: Hall) -> None:
    take(hall, 4)
    who = clerk(hall)
    numbers = {found.number for found in at_once(4, lambda _: call(hall, who))}
    assert numbers == {"A001"}
    assert ticket(hall, "A002").state is TicketState.WAITING


def test_numbers_taken_at_once_are_all_different(hall: Hall) -> None:
    taken = at_once(4, lambda _: take(hall, 3))
    assert sorted(chain(*taken)) == [f"A{n:03d}" for n in range(1, 13)]


def test_a_missed_number_can_be_called_again_that_day(hall: Hall) -> None:
    take(hall, 2)
    who, other = clerk(hall), clerk(hall, "window2", "2")
    first = call(hall, who)
    assert first is not None
    with keeping(hall) as session:
        queue.miss(session, who, first.id)
    second = call(hall, who)
    assert second is not None and second.number == "A002"
    with keeping(hall) as session:
        assert queue.call_again(session, other, first.id).window == "2"
    with pytest.raises(TicketGone), keeping(hall) as session:
        queue.call_again(session, who, first.id)
    hall.at("2026-03-03T09:00")
    with pytest.raises(TicketGone), keeping(hall) as session:
        queue.call_again(session, clerk(hall, "window2", "2"), first.id)


def test_one_missed_number_called_again_by_two_windows_is_at_one(hall: Hall) -> None:
    take(hall)
    who = clerk(hall)
    first = call(hall, who)
    assert first is not None
    with keeping(hall) as session:
        queue.miss(session, who, first.id)
    windows = [who, clerk(hall, "window2", "2")]

    def again(place: int) -> str:
        try:
            with keeping(hall) as session:
                return queue.call_again(session, windows[place], first.id).window
        except TicketGone:
            return "gone"

    assert "gone" in at_once(2, again)


@pytest.mark.parametrize("window", ["", "十个字十个字十个字"])
def test_nobody_is_called_to_a_window_without_a_name(hall: Hall, window: str) -> None:
    with pytest.raises(WindowMissing):
        call(hall, clerk(hall, window=window))


def test_a_case_is_linked_with_the_ticket_it_was_received_for(hall: Hall) -> None:
    take(hall)
    who, other = clerk(hall), clerk(hall, "window2", "2")
    called = call(hall, who)
    assert called is not None
    number = hall.receive()
    for person in (other, who, who):
        with keeping(hall) as session:
            queue.serve(session, person.person_id, called.id, number)
    with hall.read() as session:
        link = session.scalars(select(TicketCase)).one()
    assert (link.ticket_id, link.case_id) == (called.id, hall.case(number).id)
    assert "queue" not in " ".join(hall.actions(number)), "a ticket is no case: no history"
