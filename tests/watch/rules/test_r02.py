"""R02: a limit of the law that was broken, and not only a promise."""

from tests.hall import Hall
from tests.watch.looking import found, matters


def test_a_broken_statute_is_found_and_a_broken_promise_is_not(hall: Hall) -> None:
    number = hall.accepted()
    for item in ("R01", "R02", "R03", "R13"):
        hall.grant(number, item)
    hall.at("2026-03-16T23:59:59")  # the tenth working day
    assert matters(hall, "R02") == []
    hall.at("2026-03-17T00:00:00")
    [one] = found(hall, "R02")
    assert (one.case, one.item, one.department) == (number, "R08", "SJ")
    assert (one.facts["basis"], one.facts["done"]) == ("statutory", None)
