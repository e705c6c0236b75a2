"""How an item stands with its time: the colours of electronic supervision."""

import pytest

from server.view import day
from tests.hall import Hall
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.deadlines import Light
from workflows.models.deadline import Clock
from workflows.queries.matrix import case_standing, matrix
from workflows.queries.standing import Standing, standing


def stands(hall: Hall, number: str, item: str) -> Standing:
    """The standing of an item now."""
    with hall.read() as session:
        case = hall.case(number)
        calendar = hall.services.calendar(case.region)
        rows = matrix(session, case, hall.clock.now(), calendar)
        found = next(row.standing for row in rows if row.item.code == item)
        assert found is not None
        return found


@pytest.mark.parametrize(
    ("moment", "light", "left"),
    [
        ("2026-03-02T09:30", Light.GREEN, 5),
        ("2026-03-05T23:59", Light.GREEN, 2),
        ("2026-03-06T00:00", Light.YELLOW, 1),
        ("2026-03-09T23:59", Light.YELLOW, 0),
        ("2026-03-10T00:00", Light.RED, -1),
        ("2026-03-16T23:59", Light.RED, -5),
        ("2026-03-17T00:00", Light.PURPLE, -6),
    ],
)
def test_green_then_yellow_then_red_past_the_promise_then_purple_past_the_statute(
    hall: Hall, moment: str, light: Light, left: int
) -> None:
    number = hall.accepted()
    hall.at(moment)
    found = stands(hall, number, "R08")
    assert (found.light, found.left) == (light, left)
    assert (day(found.due_at), day(found.statutory_at)) == ("2026-03-09", "2026-03-16")


def test_an_item_without_a_statute_does_not_turn_purple(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2027-03-01T09:00")
    assert stands(hall, number, "R13").light is Light.RED


def test_a_lawful_pause_is_grey_until_its_cap_is_used_up(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11", days=3)  # frozen: 03-03, 03-04 and 03-05
    hall.at("2026-03-05T12:00")
    assert stands(hall, number, "R11").light is Light.GREY
    hall.at("2026-03-06T09:00")
    assert stands(hall, number, "R11").light is Light.GREEN
    hall.at("2026-03-13T09:00")
    assert stands(hall, number, "R11").light is Light.RED


def test_a_pause_does_not_hide_what_was_overdue_before(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    hall.at("2026-03-10T10:00")
    hall.pre_review(number, "R08")
    assert stands(hall, number, "R08").light is Light.RED


def test_what_waits_for_the_applicant_is_blue(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    case = hall.case(number)
    calendar = hall.services.calendar(case.region)
    found = standing(case.deadlines, case.pauses, Clock.SUPPLEMENT, hall.clock.now(), calendar)
    assert found is not None
    assert (found.light, found.left) == (Light.BLUE, 15)


def test_what_is_done_keeps_the_light_it_was_done_under(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-05T09:00")
    hall.grant(number, "R13")  # on its last day
    hall.at("2026-03-06T09:00")
    hall.grant(number, "R01")  # long after its half day
    hall.at("2026-09-01T09:00")
    in_time, late = stands(hall, number, "R13"), stands(hall, number, "R01")
    assert (in_time.light, in_time.left, in_time.done) == (Light.GREEN, 0, True)
    assert (late.light, late.done) == (Light.PURPLE, True)


def test_an_item_that_has_not_started_has_no_standing(hall: Hall) -> None:
    number = hall.accepted()
    with hall.read() as session:
        case = hall.case(number)
        calendar = hall.services.calendar(case.region)
        rows = matrix(session, case, hall.clock.now(), calendar)
    assert {row.item.code for row in rows if row.standing is None} == {"R02", "R03"}


def test_the_matrix_shows_department_person_and_latest_conclusion(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    hall.grant(number, "R01")
    with hall.read() as session:
        case = hall.case(number)
        calendar = hall.services.calendar(case.region)
        rows = {row.item.code: row for row in matrix(session, case, hall.clock.now(), calendar)}
    food, licence = rows["R08"], rows["R01"]
    assert food.department.name == "市场监督管理局"
    assert food.task is not None
    assert food.last is not None
    assert (food.task.duty, food.last.conclusion, food.granted) == ("checker", "agree", False)
    assert (licence.task, licence.granted) == (None, True)


def test_the_case_stands_with_the_joint_limit(hall: Hall) -> None:
    number = hall.accepted()
    case = hall.case(number)
    found = case_standing(case, hall.clock.now(), hall.services.calendar(case.region))
    assert found is not None
    assert (found.left, found.used, day(found.statutory_at)) == (13, 0.0, "2026-05-08")
