"""An absence is recorded with its first and last day, and with a reason."""

from datetime import date

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.record_absence import AbsenceBackwards, RecordAbsence
from workflows.actions.staff import PersonUnknown
from workflows.models import Absence
from workflows.permissions import Role

TRIP = RecordAbsence("sj.handler", date(2026, 3, 3), date(2026, 3, 5), "出差")


def test_it_is_one_row_and_one_absence(hall: Hall) -> None:
    row = one_row(hall, "admin", "organisation", TRIP)
    assert path(row) == ("active", "active")
    assert row.details == {
        "username": "sj.handler", "from_on": "2026-03-03", "to_on": "2026-03-05", "reason": "出差",
    }  # fmt: skip
    with hall.read() as session:
        absence = session.scalars(select(Absence)).one()
        assert absence.person.username == "sj.handler"
        assert (absence.from_on, absence.to_on) == (TRIP.from_on, TRIP.to_on)


def test_a_single_day_is_an_absence(hall: Hall) -> None:
    one_day = RecordAbsence("sj.handler", date(2026, 3, 3), date(2026, 3, 3), "体检")
    assert one_row(hall, "admin", "organisation", one_day).details["to_on"] == "2026-03-03"


def test_an_absence_does_not_end_before_it_begins(hall: Hall) -> None:
    backwards = RecordAbsence("sj.handler", date(2026, 3, 3), date(2026, 3, 2), "出差")
    with refused(hall, AbsenceBackwards, "2026-03-02"):
        hall.act("admin", "organisation", backwards)


def test_somebody_is_absent_and_for_a_reason(hall: Hall) -> None:
    days = date(2026, 3, 3), date(2026, 3, 5)
    with refused(hall, PersonUnknown, "nobody"):
        hall.act("admin", "organisation", RecordAbsence("nobody", *days, "出差"))
    with refused(hall, ReasonMissing):
        hall.act("admin", "organisation", RecordAbsence("sj.handler", *days, " "))


def test_only_the_administrator_records_absences(hall: Hall) -> None:
    only(hall, "organisation", TRIP, Role.ADMIN)
