"""R12: a material that no guide lists, in a notice all the same."""

from tests.hall import Hall
from tests.watch.looking import found, matters
from tests.year.forging import forge
from workflows.actions.return_for_supplement import ReturnForSupplement


def test_what_the_guide_does_not_list_is_found_and_what_it_lists_is_not(hall: Hall) -> None:
    lawful, more = hall.receive(without=["M03"]), hall.receive()
    hall.act("window1", lawful, ReturnForSupplement({"M03": "没有租赁合同"}))
    assert matters(hall, "R12") == []
    faults = {"M03": "没有租赁合同", "X09": "请提供纳税证明"}
    forge(hall.services, more, "return_for_supplement", "李芳", faults=faults)
    [one] = found(hall, "R12")
    assert (one.case, one.person, one.facts) == (more, "李芳", {"materials": ["X09"]})
