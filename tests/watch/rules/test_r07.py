"""R07: a second notice of what is missing, in the history all the same."""

from tests.hall import Hall
from tests.watch.looking import found, matters, proven_by
from tests.year.forging import forge
from workflows.actions.return_for_supplement import ReturnForSupplement


def test_a_second_notice_is_found_and_the_first_is_not(hall: Hall) -> None:
    once, twice = hall.receive(without=["M03"]), hall.receive(without=["M03"])
    for number in (once, twice):
        hall.act("window1", number, ReturnForSupplement({"M03": "没有租赁合同"}))
    assert matters(hall, "R07") == []
    forge(hall.services, twice, "return_for_supplement", "李芳", faults={"M07": "再补一份"})
    [one] = found(hall, "R07")
    assert (one.case, one.person, one.facts) == (twice, "李芳", {"materials": ["M07"]})
    assert proven_by(hall, one) == ["return_for_supplement", "return_for_supplement"]
