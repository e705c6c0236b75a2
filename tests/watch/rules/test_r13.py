"""R13: decisions of people who may not decide, on the record all the same."""

from datetime import date

from tests.hall import Hall
from tests.watch.looking import found, matters, proven_by
from tests.year.forging import forge_decider
from workflows.actions.set_qualification import SetQualification


def test_who_was_not_qualified_or_did_the_step_before_is_found_and_nobody_else_is(
    hall: Hall,
) -> None:
    unfit, alone, proper = (hall.accepted() for _ in range(3))
    for number in (unfit, alone, proper):
        hall.grant(number, "R01")
        hall.grant(number, "R08")
    person = hall.actor("sj.handler2").person_id
    forge_decider(hall.services, unfit, "R08", person)
    assert matters(hall, "R13") == []  # the deputy is qualified
    hall.at("2026-03-03T09:00")
    late = SetQualification("sj.handler2", "考核不合格", date(2026, 3, 1))
    hall.act("admin", "organisation", late)
    assert matters(hall, "R13") == []  # on the day of the decision it was valid
    forge_decider(hall.services, alone, "R08", None)
    again = hall.accepted()
    hall.grant(again, "R01")
    hall.grant(again, "R08")
    forge_decider(hall.services, again, "R08", person)
    assert {one.case: one.facts["wrong"] for one in found(hall, "R13")} == {
        alone: ["second"], again: ["qualification"]
    }  # fmt: skip
    assert {tuple(proven_by(hall, one)) for one in found(hall, "R13")} == {("decide",)}
