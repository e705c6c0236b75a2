"""时限看板: the numbers are those of the items themselves."""

from collections import Counter

import pytest

from tests.hall import LARGE, Hall
from workflows.actions.people import responsible
from workflows.deadlines import Light
from workflows.queries import board
from workflows.queries.matrix import matrix
from workflows.queries.posts import staffed
from workflows.states import CaseState


def by_light(hall: Hall) -> dict[Light, int]:
    """The open items of all departments on the board."""
    with hall.read() as session:
        rows = board.departments(session, hall.clock.now(), hall.services.calendar)
    return dict(sum((Counter(row.lights) for row in rows), Counter()))


def by_item(hall: Hall, *numbers: str) -> dict[Light, int]:
    """The same, counted item by item."""
    found: Counter[Light] = Counter()
    for number in numbers:
        case = hall.case(number)
        calendar = hall.services.calendar(case.region)
        with hall.read() as session:
            rows = matrix(session, case, hall.clock.now(), calendar)
        found.update(r.standing.light for r in rows if r.standing and not r.standing.done)
    return dict(found)


def test_departments_with_the_most_overdue_come_first(hall: Hall) -> None:
    hall.accepted(LARGE)
    hall.at("2026-03-06T10:00")
    with hall.read() as session:
        rows = board.departments(session, hall.clock.now(), hall.services.calendar)
    assert rows[0].department.code in ("SJ", "WJ")
    assert rows[0].late == 1
    market = next(row for row in rows if row.department.code == "SJ")
    assert market.lights == {Light.PURPLE: 1, Light.YELLOW: 1}  # R01: three days by statute
    assert market.open == 2


@pytest.mark.parametrize("moment", ["2026-03-02T09:30", "2026-03-05T10:00", "2026-03-10T10:00"])
def test_the_numbers_are_those_of_the_items(hall: Hall, moment: str) -> None:
    number = hall.accepted({"discharges_sewage": True, "has_signboard": True})
    hall.grant(number, "R13")
    hall.pre_review(number, "R08")
    hall.at(moment)
    if moment.startswith("2026-03-10"):
        hall.grant(number, "R01")
    assert by_light(hall) == by_item(hall, number)


def test_a_broken_statute_is_purple_on_the_board_too(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-17T10:00")
    assert by_light(hall) == by_item(hall, number)


def test_a_lawful_pause_with_a_cap_is_grey_on_the_board_too(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11", days=10)
    hall.at("2026-03-04T10:00")
    assert by_light(hall) == by_item(hall, number)


def test_the_nearest_limits_come_first_and_what_stands_still_is_not_among_them(
    hall: Hall,
) -> None:
    first = hall.accepted()
    hall.pre_review(first, "R08")
    hall.at("2026-03-03T09:30")
    second = hall.accepted()
    with hall.read() as session:
        rows = board.nearest(session, hall.clock.now(), hall.services.calendar)
        assert [(row.case.number, row.item.code) for row in rows if row.item] == [
            (first, "R01"), (second, "R01"), (first, "R13"), (second, "R13"), (second, "R08"),
        ]  # fmt: skip
        assert len(board.nearest(session, hall.clock.now(), hall.services.calendar, limit=2)) == 2


def test_what_is_decided_leaves_the_board(hall: Hall) -> None:
    hall.decided()
    assert by_light(hall) == {}


def test_cases_under_way_are_counted_by_state(hall: Hall) -> None:
    hall.receive()
    hall.accepted()
    hall.decided()
    with hall.read() as session:
        assert board.case_counts(session) == {
            CaseState.SUBMITTED: 1, CaseState.IN_REVIEW: 1, CaseState.DECIDED: 1,
        }  # fmt: skip


def test_posts_where_nobody_is_at_hand_are_found(hall: Hall) -> None:
    hall.away("xf.handler", "2026-03-02", "2026-03-02")
    hall.away("xf.handler2", "2026-03-02", "2026-03-02")
    today = hall.services.context(hall.actor("supervisor")).today
    with hall.read() as session:
        empty = [post for post in staffed(session) if responsible(post, today) is None]
        assert [(post.department_code, post.duty) for post in empty] == [("XF", "handler")]
