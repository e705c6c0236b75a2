"""R10: clocks stopped again and again, at the last moment, or by one department only."""

from tests.hall import Hall
from tests.talking import under_review
from tests.watch.looking import found, matters, proven_by


def test_the_third_pause_of_an_item_is_found_and_the_second_is_not(hall: Hall) -> None:
    number = under_review(hall)
    for day in ("2026-03-03", "2026-03-04"):
        hall.at(f"{day}T09:00")
        hall.suspend(number, "R11", days=1)
        hall.at(f"{day}T16:00")
        hall.resume(number, "R11")
    assert matters(hall, "R10") == []
    hall.at("2026-03-05T09:00")
    hall.suspend(number, "R11", days=1)
    [one] = found(hall, "R10")
    assert (one.case, one.item, one.facts["wrong"]) == (number, "R11", "often")
    assert proven_by(hall, one) == ["approve_pause"]


def test_a_pause_on_the_last_day_is_found_and_on_the_day_before_is_not(hall: Hall) -> None:
    early, late = under_review(hall), under_review(hall)
    hall.at("2026-03-06T09:00")
    hall.suspend(early, "R11", days=2)
    assert matters(hall, "R10") == []
    hall.at("2026-03-09T09:00")  # the fifth of five days
    hall.suspend(late, "R11", days=2)
    [one] = found(hall, "R10")
    assert (one.case, one.facts["wrong"], one.department) == (late, "end", "ZJ")


def test_a_department_that_stops_far_more_clocks_than_others_is_found_when_the_month_is_over(
    hall: Hall,
) -> None:
    sites = {"bridge_lines": True, "construction_discharge": True, "moves_ancient_tree": True}
    numbers = [hall.accepted(sites, process="construction") for _ in range(2)]
    for number in numbers:
        hall.sign_for(number, "G17")
        hall.suspend(number, "G17")
    compared = {"least": 2, "peers": 2, "excess": 0.2}
    assert found(hall, "R10", **compared) == []  # the month is not over
    hall.at("2026-04-01T09:00")
    [one] = found(hall, "R10", **compared)
    assert (one.case, one.department, one.key) == (None, "SL", "SL/2026-03")
    assert (one.facts["items"], one.facts["paused"], one.facts["usual"]) == (2, 2, 0)
    assert proven_by(hall, one) == ["approve_pause", "approve_pause"]
    assert found(hall, "R10") == []  # two are too few to compare
