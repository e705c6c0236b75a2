"""What an inspection came to is recorded with the day, two qualified people, and the result."""

from dataclasses import replace
from datetime import date

import pytest

from tests.evidence import one_row, path, refused
from tests.hall import Hall
from tests.inspecting import RESULT, approved, filed, stored
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.record_inspection import DayNotApproved, InspectorsUnfit, RecordInspection
from workflows.actions.set_qualification import SetQualification
from workflows.errors import WorkflowError
from workflows.states import NotAllowedInState


def test_it_is_recorded_and_over(hall: Hall) -> None:
    inspection = approved(hall)
    hall.at("2026-03-11T09:00")
    row = one_row(hall, "sj.handler", inspection.key, RESULT)
    assert path(row) == ("approved", "done")
    found = stored(hall, inspection.number)
    assert (found.done_on, found.problems) == (date(2026, 3, 10), False)
    names = [hall.actor(name).name for name in RESULT.inspectors]
    assert sorted(one["name"] for one in found.inspectors) == sorted(names)
    assert all(one["number"] for one in found.inspectors)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"done_on": date(2026, 3, 8)}, DayNotApproved),
        ({"done_on": date(2026, 3, 12)}, DayNotApproved),
        ({"inspectors": ["sj.handler"]}, InspectorsUnfit),
        ({"inspectors": ["sj.handler", "sj.handler"]}, InspectorsUnfit),
        ({"inspectors": ["sj.handler", "xf.handler"]}, InspectorsUnfit),
        ({"inspectors": ["sj.handler", "sj.checker", "nobody"]}, InspectorsUnfit),
        ({"result": ""}, ReasonMissing),
    ],
)
def test_what_does_not_fit_is_refused(
    hall: Hall, changes: dict[str, object], refusal: type[WorkflowError]
) -> None:
    inspection = approved(hall)
    hall.at("2026-03-11T09:00")
    with refused(hall, refusal):
        hall.act("sj.handler", inspection.key, replace(RESULT, **changes))  # type: ignore[arg-type]


def test_those_who_come_along_are_inspectors_as_well_and_each_is_qualified(hall: Hall) -> None:
    inspection = approved(hall, joint=["XF"])
    hall.act("admin", "organisation", SetQualification("sj.checker", "Z1", date(2026, 3, 9)))
    hall.at("2026-03-11T09:00")
    with refused(hall, InspectorsUnfit):
        hall.act("sj.handler", inspection.key, RESULT)
    both = replace(RESULT, inspectors=["sj.handler", "xf.handler"])
    hall.act("sj.handler", inspection.key, both)


def test_only_what_was_approved_is_recorded_by_the_post_that_filed_it(hall: Hall) -> None:
    inspection, other = filed(hall), approved(hall, token="another")
    hall.at("2026-03-11T09:00")
    with refused(hall, NotAllowedInState):
        hall.act("sj.handler", inspection.key, RESULT)
    with refused(hall, NotYourTask):
        hall.act("xf.handler", other.key, RecordInspection(date(2026, 3, 10), [], True, "有"))
