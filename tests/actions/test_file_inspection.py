"""Nobody inspects an enterprise that was not filed, too often, or one after the other."""

from datetime import date
from typing import Any

import pytest

from tests.evidence import refused
from tests.hall import Hall
from tests.inspecting import ENTERPRISE, FILED, OTHER, approved, filed, filing, stored
from workflows.actions import NotPermitted
from workflows.actions.cancel_inspection import CancelInspection
from workflows.actions.file_inspection import (
    AlreadyFiled,
    DaysUnfit,
    NobodyComesAlong,
    NotSaid,
    OthersComeToo,
    TooOften,
)
from workflows.actions.people import NotYourTask
from workflows.errors import WorkflowError
from workflows.models import InspectionKind, Notice
from workflows.queries.timeline import verify_all
from workflows.states import InspectionState


def test_it_is_filed_with_a_number_and_one_row_and_the_approver_is_told(hall: Hall) -> None:
    inspection = filed(hall)
    assert inspection.number == "检〔2026〕1号"
    assert inspection.state is InspectionState.FILED
    (row,) = hall.history("inspection:检〔2026〕1号")
    assert (row.action, row.details["enterprise_number"]) == ("file_inspection", ENTERPRISE)
    with hall.read() as session:
        notice = session.query(Notice).filter_by(duty="approver").one()
        assert (notice.department_code, notice.params["number"]) == ("SJ", inspection.number)
        assert not [chain for chain in verify_all(session) if chain.fault]


def test_a_form_sent_twice_is_one_inspection(hall: Hall) -> None:
    filed(hall)
    with refused(hall, AlreadyFiled, "检〔2026〕1号"):
        filed(hall)
    assert filed(hall, token="another").number == "检〔2026〕2号", "a refusal takes no number"


def test_a_department_comes_twice_a_year_and_not_a_third_time(hall: Hall) -> None:
    first = filed(hall)
    filed(hall, from_on=date(2026, 6, 1), to_on=date(2026, 6, 2))
    third = filing(from_on=date(2026, 11, 2), to_on=date(2026, 11, 3))
    with refused(hall, TooOften, "检〔2026〕1号、检〔2026〕2号"):
        hall.act("sj.handler", "", third)
    filed(hall, from_on=date(2027, 1, 4), to_on=date(2027, 1, 5))
    filed(hall, kind=InspectionKind.COMPLAINT)
    filed(hall, enterprise_number=OTHER, enterprise="另一家")
    hall.act("sj.handler", first.key, CancelInspection("企业停业装修"))
    hall.act("sj.handler", "", third)


def test_departments_that_come_about_the_same_time_come_together_or_say_why_not(
    hall: Hall,
) -> None:
    filed(hall)
    later = {"from_on": date(2026, 4, 12), "to_on": date(2026, 4, 12)}
    with refused(hall, OthersComeToo, "市场监"):
        filed(hall, "xf.handler", **later)
    together = filed(hall, "xf.handler", joint=["SJ"], **later)
    assert stored(hall, together.number).joint == ["SJ"]
    alone = filed(hall, "wj.handler", alone_because="采样须在营业高峰", **later)
    assert hall.history(alone.key)[0].details["reason"] == "采样须在营业高峰"
    filed(hall, "ga.handler", from_on=date(2026, 5, 13), to_on=date(2026, 5, 13))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"enterprise_number": OTHER[:17] + "?"}, WorkflowError),
        ({"from_on": date(2026, 3, 1)}, DaysUnfit),
        ({"to_on": date(2026, 3, 8)}, DaysUnfit),
        ({"to_on": date(2026, 4, 9)}, DaysUnfit),
        ({"from_on": date(2028, 3, 9), "to_on": date(2028, 3, 9)}, DaysUnfit),
        ({"joint": ["SJ"]}, NobodyComesAlong),
        ({"joint": ["nobody"]}, NobodyComesAlong),
        ({"basis": " "}, NotSaid),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_left(
    hall: Hall, changes: dict[str, Any], refusal: type[WorkflowError]
) -> None:
    with refused(hall, refusal):
        filed(hall, **changes)


def test_only_who_acts_for_the_post_of_a_department_files(hall: Hall) -> None:
    for who, refusal in (("sj.checker", NotYourTask), ("window1", NotPermitted)):
        with refused(hall, refusal):
            hall.act(who, "", FILED)


def test_what_was_approved_counts_as_well(hall: Hall) -> None:
    approved(hall)
    approved(hall, from_on=date(2026, 6, 1), to_on=date(2026, 6, 2))
    with refused(hall, TooOften):
        filed(hall, from_on=date(2026, 9, 1), to_on=date(2026, 9, 2))
