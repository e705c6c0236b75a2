"""W01: a yellow light is noticed; what is done before it turns yellow is not."""

from tests.evidence import pass_days
from tests.hall import Hall
from tests.watch.looking import found, proven_by
from workflows.watch.rules import RULES


def test_an_item_whose_light_turned_yellow_is_noticed_and_one_done_before_is_not(
    hall: Hall,
) -> None:
    slow, quick = hall.accepted(), hall.decided()
    for item in ("R01", "R02", "R03", "R13"):
        hall.grant(slow, item)
    pass_days(hall, "2026-03-03", "2026-03-06")
    [one] = found(hall, "W01")
    assert (one.case, one.item, one.department) == (slow, "R08", "SJ")
    assert one.facts["due"] == "2026-03-09 23:59"
    assert proven_by(hall, one) == ["warn"]
    assert quick != slow
    assert RULES["W01"].level == "notice"
