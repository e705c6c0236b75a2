"""得分: every point has its cause; what is not known is left out, what is small is not ranked."""

from dataclasses import replace
from datetime import date

import pytest

from tests.hall import Hall
from tests.ratings import said
from workflows.queries.scores import Heard, _part, _score, scores
from workflows.queries.statistics.asked import Asked, By, Grain
from workflows.queries.statistics.counting import Figures
from workflows.schemes import in_force

MARCH = date(2026, 3, 1), date(2026, 3, 31)
SCHEME = in_force(MARCH[0])


def late(n: int, of: int) -> Figures:
    """Figures of somebody who was late with so many."""
    figures = Figures()
    figures.counts.update({"finished": of, "limited": of, "late": n, "on_time": of - n})
    return figures


def test_a_card_takes_points_from_its_own_part_and_never_below_nothing() -> None:
    cards: dict[tuple[str | None, str], int] = {("时限", "yellow"): 1, ("流程", "red"): 9}
    score = _score("SJ", late(2, 20), Heard(cards, 10, 1), SCHEME)
    points = {one.part.name: one.points for one in score.parts}
    assert points == {"时限": 40 - 4 - 5, "流程": 0, "满意": 20 - 2, "公开": None, "数据": None}
    assert score.total == round(100 * (31 + 0 + 18) / 85, 2)
    (time, *_) = score.parts
    assert [(line.points, line.n) for line in time.lines] == [(4, 0.1), (5, 1), (0, 0)]


def test_no_card_says_nothing_where_ratings_would() -> None:
    quiet, found = Heard({}), Heard({("满意", "red"): 1})
    procedure, satisfaction = SCHEME.parts[1:3]
    assert _part(procedure, late(0, 20), quiet).points == 25
    assert _part(satisfaction, late(0, 20), quiet).points is None
    assert _part(satisfaction, late(0, 20), found).points == 10


def test_a_part_nothing_is_known_of_is_left_out_and_not_lost() -> None:
    nothing = Heard(None)
    assert _part(SCHEME.parts[1], late(0, 1), nothing).points is None
    assert _score("SJ", late(0, 20), nothing, SCHEME).total == 100
    assert _score("SJ", Figures(), nothing, SCHEME).total is None


@pytest.mark.parametrize("by", [By.DEPARTMENT, By.POST])
def test_small_volumes_are_shown_and_not_ranked(hall: Hall, by: By) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-03-12T10:00")
    for code in ("R01", "R02"):
        hall.grant(number, code)
    asked = Asked(Grain.ITEMS, *MARCH, by)
    with hall.read() as session:
        few = scores(session, asked, SCHEME, hall.services.calendar)
        many = scores(session, asked, replace(SCHEME, least=1), hall.services.calendar)
    assert {one.rank for one in few} == {None}
    ranks = {one.key.partition("/")[0]: one.rank or 0 for one in many}
    assert ranks.keys() == {"WJ", "GA", "SJ"} and ranks["WJ"] == 1
    assert sorted(ranks.values()) == [1, 2, 3]
    assert sum(one.finished for one in many) == 3


def test_what_was_said_counts_by_the_share_that_is_bad(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.grant(number, "R01")
    said(hall, 2, number)
    asked = Asked(Grain.ITEMS, *MARCH, By.DEPARTMENT)
    with hall.read() as session:
        found = {one.key: one for one in scores(session, asked, SCHEME, hall.services.calendar)}
    points = {key: one.parts[2].points for key, one in found.items()}
    assert points == {"SJ": 0, "WJ": None}
