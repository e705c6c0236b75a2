"""R09: clocks that stood still for what the law does not name, in the ledger all the same."""

from tests.hall import Hall
from tests.talking import under_review
from tests.watch.looking import found, matters
from tests.year.forging import forge_pause
from workflows.actions.suspend_case import Ground, SuspendCase


def test_a_pause_on_no_ground_is_found_and_the_procedures_of_the_law_are_not(hall: Hall) -> None:
    tested, heard, stopped = (under_review(hall) for _ in range(3))
    hall.suspend(tested, "R11")
    hall.act("lead", heard, SuspendCase("依申请举行听证", Ground.HEARING, 10))
    hall.grant(tested, "R01")
    assert matters(hall, "R09") == []
    forge_pause(hall.services, stopped, "R11", "领导出差", "李建国")
    [one] = found(hall, "R09")
    assert (one.case, one.item, one.department, one.person) == (stopped, "R11", "ZJ", "李建国")
    assert one.facts == {"wrong": ["kind", "notice"], "procedure": "领导出差"}
