"""W02: a step that took too long, within an item that did not."""

from tests.hall import Hall
from tests.talking import answer, asked
from tests.watch.looking import found, matters, proven_by


def test_who_signs_late_is_found_while_the_item_is_in_time(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R01")
    hall.at("2026-03-02T15:30")  # four working hours after half past nine were over at three
    hall.sign_for(number, "R13")
    one = next(one for one in found(hall, "W02") if one.item == "R13")
    assert (one.department, one.facts["clock"]) == ("WJ", "sign_for")
    assert proven_by(hall, one)[-1] == "sign_for"
    assert (number, "R01") not in matters(hall, "W02")


def test_when_the_item_itself_is_late_it_is_not_said_twice(hall: Hall) -> None:
    number = hall.accepted()
    for item in ("R01", "R02", "R03", "R08"):
        hall.grant(number, item)
    hall.at("2026-03-09T10:00")  # three working days of the certificates are over
    hall.grant(number, "R13")
    assert matters(hall, "W02") == []
    assert matters(hall, "R01") == [(number, "R13")]


def test_who_was_asked_answers_for_a_late_answer(hall: Hall) -> None:
    number = hall.accepted({"sells_tobacco": True})
    hall.grant(number, "R01")
    hall.sign_for(number, "R12")
    in_time = asked(hall, number, "GA", item="R12")
    late = asked(hall, number, "CG", item="R12")
    hall.at("2026-03-10T10:00")
    hall.act("ga.handler", number, answer(in_time))
    hall.at("2026-03-12T10:00")  # seven working days are over; the item has ten
    hall.act("cg.handler", number, answer(late))
    [one] = [one for one in found(hall, "W02") if one.facts["clock"] == "consultation"]
    assert (one.item, one.department) == ("R12", "CG")
    assert proven_by(hall, one) == ["consult", "answer_consultation"]
