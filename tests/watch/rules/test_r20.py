"""R20: a bad rating that nobody spoke about in time, or put right in time."""

from tests.hall import Hall
from tests.ratings import contact, rectify, said
from tests.watch.looking import found
from workflows.watch.found import Level
from workflows.watch.rules import RULES


def test_a_bad_rating_left_alone_is_found_and_one_followed_up_in_time_is_not(hall: Hall) -> None:
    late, slow, prompt, good = said(hall, 1), said(hall, 2), said(hall, 1), said(hall, 5)
    contact(hall, slow)
    rectify(hall, prompt)
    hall.at("2026-03-03T23:59:59")
    assert found(hall, "R20") == []
    hall.at("2026-03-04T09:00")
    [one] = found(hall, "R20")
    assert (one.evidence[0][0], one.department) == (late.key, "SJ")
    assert RULES["R20"].level_of(one) is Level.YELLOW
    contact(hall, late)
    hall.at("2026-03-24T09:00")
    matters = found(hall, "R20")
    assert {one.evidence[0][0] for one in matters} == {late.key, slow.key}
    assert [RULES["R20"].level_of(one) for one in matters].count(Level.RED) == 2
    assert good.key not in {one.evidence[0][0] for one in matters}
