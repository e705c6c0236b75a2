"""What a ladder would have done last month: the same arithmetic as the clockwork, and quick."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from time import process_time

from sqlalchemy import select, update

from tests.actions.test_change_ladder import CHANGE, TWICE
from tests.bench.finished import copy_case
from tests.evidence import everything, pass_days
from tests.hall import LARGE, Hall
from tests.watching import ANSWER, raised
from workflows.actions.replaying import MOST, Replayed, Scope, replay
from workflows.ladders import DEFAULT, LadderTable, Paper, from_plain
from workflows.models import Deadline, HistoryEvent

ALL = Scope("cn", "")


def looked_back(hall: Hall, table: LadderTable, scope: Scope = ALL) -> Replayed:
    """The last month by what held, and by a table."""
    services = hall.services
    with hall.read() as session:
        return replay(
            session, hall.clock.now(), scope, services.ladders.of, services.calendar, table
        )


def test_by_the_ladder_that_held_it_is_what_the_clockwork_did(hall: Hall) -> None:
    hall.accepted(LARGE)
    hall.receive()
    raised(hall, number=hall.accepted())
    suspended = hall.accepted({"discharges_sewage": True})
    hall.sign_for(suspended, "R11")
    hall.suspend(suspended, "R11")
    answered = raised(hall, number=hall.accepted())
    hall.at("2026-03-03T10:00")
    hall.act("sj.checker", answered.code, ANSWER)
    hall.decided()
    pass_days(hall, "2026-03-04", "2026-03-31")
    found = looked_back(hall, DEFAULT)
    assert found.would == found.was and found.moved == 0 and found.differences()[0][1] > 0
    with hall.read() as session:
        steps = session.scalars(select(HistoryEvent).where(HistoryEvent.action.in_(
            ["warn", "escalate", "raise_card", "climb_card"]))).all()  # fmt: skip
    did = Counter[tuple[str, str]]()
    for event in steps:
        details = event.details
        subject = f"{details['clock']}.{details['basis']}" if "clock" in details else "card.yellow"
        did.update((subject, whom) for whom in details["to"].split())
    would = Counter[tuple[str, str]]()
    for (subject, _paper, whom), n in found.was.items():
        would[subject, whom] += n
    assert would == did


def test_another_ladder_is_told_apart_and_nothing_is_written(hall: Hall) -> None:
    hall.accepted()
    pass_days(hall, "2026-03-03", "2026-03-20")
    before = everything(hall)
    found = looked_back(hall, from_plain(TWICE))
    rows = {(told[0], told[2]): (was, would) for told, was, would in found.differences()}
    assert rows["item.promised", "checker"] == (3, 0)
    assert rows["item.promised", "handler_deputy"] == (0, 3)
    assert rows["item.promised", "chief"] == (3, 3)
    assert found.moved >= 3, "the chief at once, and not after three days"
    differing = [abs(would - was) for _told, was, would in found.differences()]
    assert differing == sorted(differing, reverse=True)
    assert everything(hall) == before


def test_clocks_climb_what_they_began_under_in_the_replay_as_well(hall: Hall) -> None:
    hall.act("supervisor", "cn/", replace(CHANGE, from_day=date(2026, 3, 3)))
    hall.accepted()
    hall.at("2026-03-03T09:30")
    hall.accepted()
    pass_days(hall, "2026-03-04", "2026-03-20")
    found = looked_back(hall, DEFAULT)
    of_items = {told[2]: n for told, n in found.was.items() if told[0] == "item.promised"}
    assert of_items["checker"] == 3 and of_items["supervisor"] == 3, "one case under each"
    assert found.would["item.promised", Paper.REMINDER, "checker"] == 6


def test_a_theme_with_a_ladder_of_its_own_stands_apart(hall: Hall) -> None:
    hall.accepted()
    pass_days(hall, "2026-03-03", "2026-03-20")
    assert looked_back(hall, DEFAULT, Scope("cn", "construction")).clocks == 0
    assert looked_back(hall, DEFAULT, Scope("cn", "", frozenset({"restaurant"}))).clocks == 0
    assert looked_back(hall, DEFAULT, Scope("cn", "restaurant")).clocks > 0


def test_two_thousand_clocks_are_climbed_twice_within_a_second(hall: Hall) -> None:
    copy_case(hall, hall.accepted(LARGE), 700)
    began = hall.clock.now()
    with hall.services.database.writing.begin() as connection:  # on many days, at many hours
        for place in range(40):
            at = {"started_at": began - timedelta(days=place % 20, minutes=place)}
            connection.execute(update(Deadline).where(Deadline.id % 40 == place).values(at))
    hall.at("2026-03-20T09:30")
    started = process_time()
    found = looked_back(hall, from_plain(TWICE))
    assert 2000 <= found.clocks < MOST
    assert process_time() - started < 1
