"""R01: a promise that was not kept, by a department or by whoever leads the case."""

from tests.evidence import pass_days
from tests.hall import Hall
from tests.watch.looking import found, matters, proven_by


def test_an_item_decided_after_its_promise_is_found_and_one_on_the_last_day_is_not(
    hall: Hall,
) -> None:
    slow, just = hall.accepted(), hall.accepted()
    for number in (slow, just):
        for item in ("R01", "R02", "R03", "R13"):
            hall.grant(number, item)
    hall.at("2026-03-09T23:59:59")
    hall.grant(just, "R08")
    pass_days(hall, "2026-03-10", "2026-03-11")
    hall.grant(slow, "R08")
    [one] = found(hall, "R01")
    assert (one.case, one.item, one.department) == (slow, "R08", "SJ")
    assert one.at.isoformat() == "2026-03-09T15:59:59+00:00"
    acts = proven_by(hall, one)
    assert acts[0] == "accept" and acts[-1] == "decide" and "escalate" in acts
    assert one.facts["done"].startswith("2026-03-12")


def test_what_is_still_open_is_found_as_soon_as_it_is_late_and_the_case_with_it(
    hall: Hall,
) -> None:
    number = hall.accepted()
    for item in ("R01", "R02", "R03", "R13"):
        hall.grant(number, item)
    hall.at("2026-03-09T23:59:59")
    assert matters(hall, "R01") == []
    hall.at("2026-03-20T09:00")
    assert matters(hall, "R01") == [(number, "R08"), (number, None)]
    assert [one.department for one in found(hall, "R01")] == ["SJ", "SJ"]
