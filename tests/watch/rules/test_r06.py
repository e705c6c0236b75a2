"""R06: extensions that the house refuses, in the history all the same."""

from tests.hall import Hall
from tests.watch.looking import found, matters
from tests.year.forging import forge
from workflows.actions.extend_deadline import ExtendDeadline


def test_late_twice_or_too_long_is_found_and_one_lawful_extension_is_not(hall: Hall) -> None:
    lawful, twice, long, late = (hall.accepted() for _ in range(4))
    for number in (lawful, twice):
        hall.act("sj.chief", number, ExtendDeadline(3, "现场核查需要", "R08"))
    assert matters(hall, "R06") == []
    forge(hall.services, twice, "extend_deadline", "冯局", item="R08", days=2)
    forge(hall.services, long, "request_extension", "冯局", item="R08", days=6)
    hall.at("2026-03-11T09:00")
    forge(hall.services, late, "extend_deadline", "冯局", item="R08", days=2)
    assert {one.case: one.facts["wrong"] for one in found(hall, "R06")} == {
        twice: ["twice"], long: ["long"], late: ["late"]
    }  # fmt: skip
    assert {one.person for one in found(hall, "R06")} == {"冯局"}
