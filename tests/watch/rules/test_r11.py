"""R11: results that were there before they were asked for."""

from tests.hall import Hall
from tests.watch.looking import found, matters


def test_three_licences_within_minutes_of_acceptance_are_found_and_two_are_not(
    hall: Hall,
) -> None:
    numbers = []
    for turn in range(3):
        hall.at(f"2026-03-03T10:0{turn}")
        numbers.append(hall.accepted())
        hall.grant(numbers[-1], "R01")
        hall.grant(numbers[-1], "R08")
        if turn == 1:
            assert matters(hall, "R11") == []
    slow = hall.accepted()
    hall.grant(slow, "R01")
    hall.at("2026-03-03T10:20")
    hall.grant(slow, "R08")
    assert matters(hall, "R11") == [(number, "R08") for number in numbers]
    assert {one.facts["batch"] for one in found(hall, "R11")} == {3}
    assert all(len(one.evidence) == 3 for one in found(hall, "R11"))
    assert matters(hall, "R11", within=5, batch=4) == []
