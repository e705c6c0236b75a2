"""The rules run as the log grows and over all of it: every matter once, whoever looks how often."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from sqlalchemy import func, select

from tests.hall import Hall
from tests.talking import under_review
from tests.test_statements import sent
from workflows.actions.give_opinion import GiveOpinion
from workflows.clock import office_time
from workflows.models import HistoryEvent, WatchPlace
from workflows.watch.found import Found, Level
from workflows.watch.parameters import Figures
from workflows.watching import Watch, watch_news, watch_whole, whole_is_due


@dataclass
class Drawer:
    """Cards in a drawer: who finds the same matter twice finds it there."""

    inside: dict[tuple[str, str], Found] = field(default_factory=dict)
    raised: list[tuple[str, Level]] = field(default_factory=list)

    def known(self, rule: str, keys: Collection[str]) -> Collection[str]:
        return [key for key in keys if (rule, key) in self.inside]

    def raise_card(self, found: Found, level: Level) -> object:
        self.raised.append((found.rule, level))
        return self.inside.setdefault((found.rule, found.key), found)


@contextmanager
def watching(hall: Hall, cards: Drawer, **figures: dict[str, int]) -> Iterator[Watch]:
    """With what the rules look."""
    with hall.read() as reader:
        yield Watch(reader, hall.services.calendar, Figures("1", "试用", figures), cards)


def news(hall: Hall, cards: Drawer, **figures: dict[str, int]) -> int:
    """Look at what has happened lately."""
    with watching(hall, cards, **figures) as watch, hall.services.database.writers() as writer:
        return watch_news(watch, writer, hall.clock.now())


def whole(hall: Hall, cards: Drawer) -> int:
    """Look at everything."""
    with watching(hall, cards) as watch, hall.services.database.writers() as writer:
        return watch_whole(watch, writer, hall.clock.now())


def a_word(hall: Hall) -> str:
    """A case with an opinion that says nothing; returns its number."""
    number = hall.accepted()
    hall.sign_for(number, "R08")
    review = hall.task(number, "R08")
    hall.act(hall.holder(review), number, GiveOpinion(review.id, "agree", "同意"))
    return number


def test_what_happened_is_found_a_minute_later_and_never_again(hall: Hall) -> None:
    number, cards = a_word(hall), Drawer()
    assert news(hall, cards) == 0  # somebody who began before may not be through
    hall.clock.advance(seconds=61)
    assert news(hall, cards) == 1
    assert cards.raised == [("R16", Level.YELLOW)]
    [one] = cards.inside.values()
    assert (one.case, one.item) == (number, "R08")
    hall.sign_for(number, "R13")
    hall.clock.advance(seconds=61)
    assert (news(hall, cards), whole(hall, cards)) == (0, 0)
    assert len(cards.raised) == 1


def test_a_figure_of_the_place_counts(hall: Hall) -> None:
    a_word(hall)
    hall.clock.advance(seconds=61)
    assert news(hall, Drawer(), R16={"characters": 2}) == 0


def test_with_nothing_new_it_asks_how_far_it_was_and_for_the_next_row(hall: Hall) -> None:
    a_word(hall)
    hall.clock.advance(seconds=61)
    news(hall, Drawer())
    database = hall.services.database
    with watching(hall, Drawer()) as watch, database.writers() as writer:
        with sent(database.engine) as read:
            watch_news(watch, writer, hall.clock.now())
    assert sum(map(len, read)) == 2


def test_who_dies_before_the_place_is_written_down_finds_nothing_twice(hall: Hall) -> None:
    a_word(hall)
    hall.clock.advance(seconds=61)
    cards = Drawer()
    with hall.read() as session:
        before = session.scalar(select(WatchPlace.history_id))
    news(hall, cards)
    with hall.services.database.writers() as writer, writer.begin():
        place = writer.scalars(select(WatchPlace)).one()
        last = writer.scalar(select(func.max(HistoryEvent.id)))
        assert place.history_id == last
        place.history_id = before or 0
        writer.flush()
    assert news(hall, cards) == 0
    assert len(cards.raised) == 1


def test_two_at_once_leave_one_card_for_each_matter(hall: Hall) -> None:
    for _ in range(3):
        a_word(hall)
    hall.clock.advance(seconds=61)
    cards = Drawer()
    both = [Thread(target=news, args=(hall, cards)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(cards.inside) == 3


def test_what_comes_of_nothing_being_done_is_found_when_everything_is_looked_at(
    hall: Hall,
) -> None:
    number, cards = under_review(hall), Drawer()
    hall.suspend(number, "R11", days=1)
    hall.clock.advance(minutes=2)
    with hall.read() as session:
        assert whole_is_due(session, office_time(hall.clock.now()))
    assert "R05" not in {rule for rule, _ in cards.inside}
    whole(hall, cards)
    with hall.read() as session:
        assert not whole_is_due(session, office_time(hall.clock.now()))
    hall.at("2026-03-05T02:00")
    told: list[tuple[str, int]] = []
    with watching(hall, cards) as watch, hall.services.database.writers() as writer:
        watch_whole(
            watch, writer, hall.clock.now(), lambda rule, many: told.append((rule.id, many))
        )
    assert ("R05", f"{number}/R11/1") in cards.inside
    assert dict(told)["R05"] == 1 and len(told) > 15


def test_the_first_night_asks_nobody_about_the_matters_of_years(hall: Hall) -> None:
    a_word(hall)
    hall.at("2026-03-20T02:00")
    cards = Drawer()
    whole(hall, cards)
    assert "R16" not in {rule for rule, _ in cards.inside}
    with watching(hall, cards) as watch:
        watch.look(hall.clock.now())
    assert "R16" in {rule for rule, _ in cards.inside}
