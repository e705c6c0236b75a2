"""An inspection is approved by another person, in time, or refused with a reason."""

from tests.evidence import one_row, path, refused
from tests.hall import Hall
from tests.inspecting import YES, filed, stored
from workflows.actions.approve_inspection import ApproveInspection, FiledByYourself, InspectionOver
from workflows.actions.base import ReasonMissing
from workflows.actions.inspections import InspectionNotFound
from workflows.actions.people import NotYourTask
from workflows.actions.record_absence import RecordAbsence
from workflows.clock import office_day
from workflows.models import Notice
from workflows.states import InspectionState, NotAllowedInState


def test_it_is_approved_and_the_one_who_filed_it_is_told(hall: Hall) -> None:
    inspection = filed(hall)
    row = one_row(hall, "sj.approver", inspection.key, YES)
    assert path(row) == ("filed", "approved")
    found = stored(hall, inspection.number)
    assert (found.approved_by, found.closed_at) == (hall.actor("sj.approver").name, None)
    with hall.read() as session:
        assert session.query(Notice).filter_by(department_code="SJ", duty="handler").count() == 1
    with refused(hall, NotAllowedInState):
        hall.act("sj.approver", inspection.key, YES)


def test_it_is_refused_only_with_a_reason_and_is_over_then(hall: Hall) -> None:
    inspection = filed(hall)
    with refused(hall, ReasonMissing):
        hall.act("sj.approver", inspection.key, ApproveInspection(False))
    hall.act("sj.approver", inspection.key, ApproveInspection(False, "上月刚检查过"))
    found = stored(hall, inspection.number)
    assert (found.state, found.reason) == (InspectionState.REFUSED, "上月刚检查过")
    assert found.closed_at is not None


def test_nobody_approves_what_they_filed_or_what_is_not_theirs(hall: Hall) -> None:
    inspection = filed(hall)
    with refused(hall, NotYourTask):
        hall.act("xf.approver", inspection.key, YES)
    with refused(hall, InspectionNotFound):
        hall.act("sj.approver", "inspection:检〔2026〕99号", YES)
    assert FiledByYourself.sentence


def test_what_is_over_is_not_approved_any_more(hall: Hall) -> None:
    inspection = filed(hall)
    hall.at("2026-03-14T09:00")
    with refused(hall, InspectionOver, "2026-03-13"):
        hall.act("sj.approver", inspection.key, YES)


def test_the_deputy_approves_in_the_holders_name(hall: Hall) -> None:
    inspection = filed(hall)
    today = office_day(hall.clock.now())
    hall.act("admin", "organisation", RecordAbsence("sj.approver", today, today, "出差"))
    row = one_row(hall, "sj.chief", inspection.key, YES)
    assert row.acting_for == hall.actor("sj.approver").name
