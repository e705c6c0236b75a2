"""An absence is recorded with its first and last day, and with a reason."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.record_absence import AbsenceBackwards, RecordAbsence
from workflows.actions.staff import PersonUnknown
from workflows.models import Absence, Notice
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


def told(hall: Hall) -> list[tuple[str | None, str | None, str, str]]:
    """(post, role, post that is alone, days) of every notice that is about no case."""
    with hall.read() as session:
        rows = session.scalars(select(Notice).where(Notice.case_id.is_(None)).order_by(Notice.id))
        return [
            (row.duty and f"{row.department_code}.{row.duty}", row.role,
             row.params["duty"], row.params["days"])
            for row in rows
        ]  # fmt: skip


def test_with_both_away_the_chief_and_the_supervisors_are_told_which_days(hall: Hall) -> None:
    hall.act("admin", "organisation", TRIP)
    assert told(hall) == []
    both = RecordAbsence("sj.handler2", date(2026, 3, 4), date(2026, 3, 9), "学习")
    row = one_row(hall, "admin", "organisation", both)
    assert row.details["uncovered"] == ["SJ.handler 2026-03-04 – 2026-03-05"]
    days = "2026-03-04 – 2026-03-05"
    assert told(hall) == [
        ("SJ.chief", None, "handler", days),
        (None, "supervisor", "handler", days),
    ]


def test_days_apart_are_named_one_by_one_and_the_past_is_not(hall: Hall) -> None:
    for day in (1, 3, 5):
        one = RecordAbsence("sj.handler", date(2026, 3, day), date(2026, 3, day), "出差")
        hall.act("admin", "organisation", one)
    long = RecordAbsence("sj.handler2", date(2026, 2, 1), date(2026, 3, 31), "病假")
    row = one_row(hall, "admin", "organisation", long)
    assert row.details["uncovered"] == ["SJ.handler 2026-03-03, 2026-03-05"]


def test_one_who_stands_for_two_posts_leaves_both_alone(hall: Hall) -> None:
    for who in ("sj.checker", "sj.chief"):
        hall.act("admin", "organisation", replace(TRIP, username=who))
    row = one_row(hall, "admin", "organisation", replace(TRIP, username="sj.approver"))
    days = "2026-03-03 – 2026-03-05"
    posts = ["SJ.checker", "SJ.approver", "SJ.chief"]
    assert sorted(row.details["uncovered"]) == sorted(f"{post} {days}" for post in posts)


def test_a_member_who_is_away_leaves_nobody_alone(hall: Hall) -> None:
    for who in ("sj.handler", "sj.member1"):
        hall.act("admin", "organisation", replace(TRIP, username=who))
    assert told(hall) == []
