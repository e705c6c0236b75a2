"""投诉登记: by anybody, once; who complains is kept apart, and the process begins."""

from sqlalchemy import select

from server.view import minute
from tests.complaints import complained, form, running
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import CaseNotFound
from workflows.actions.register_complaint import ComplaintThere, ComplaintUnfit
from workflows.models import Complainant, ComplaintDiagram, HistoryEvent, Notice
from workflows.permissions import Role
from workflows.queries.timeline import verify_all


def test_it_waits_to_be_examined_within_three_working_days(hall: Hall) -> None:
    row = one_row(hall, APPLICANT, "", form(hall))
    assert path(row) == ("unheard", "examining") and row.details["real_name"] is True
    one = complained(hall)
    assert one.number == "TS2026030200002" and len(one.query_code) == 6
    clock = running(hall, one)["accept"]
    assert (minute(clock.due_at), clock.limit) == ("2026-03-05 23:59", "3wd") and clock.source
    with hall.read() as session:
        told = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert told is not None and told.role == Role.SUPERVISOR
        assert len(session.scalars(select(ComplaintDiagram)).all()) == 1
        assert not [chain for chain in verify_all(session) if chain.fault]


def test_who_complains_stands_nowhere_but_apart(hall: Hall) -> None:
    one = complained(hall, address="某路 1 号")
    with hall.read() as session:
        assert session.get_one(Complainant, one.id).name == "李小花"
        rows = [str(vars(row)) for row in session.scalars(select(HistoryEvent))]
        rows += [str(vars(row)) for row in session.scalars(select(Notice))] + [str(vars(one))]
    assert not [row for row in rows if "李小花" in row or "13911112222" in row]


def test_the_same_form_sent_twice_is_one_complaint(hall: Hall) -> None:
    action = form(hall)
    first = hall.act(APPLICANT, "", action)
    with refused(hall, ComplaintThere, first.number):
        hall.act(APPLICANT, "", action)


def test_what_is_missing_or_no_code_is_refused(hall: Hall) -> None:
    for unfit in (
        {"channel": "invented"}, {"category": "99"}, {"against": " "}, {"text": ""},
        {"text": "长" * 5001}, {"phone": ""}, {"complainant": "", "phone": "139"}, {"token": ""},
    ):  # fmt: skip
        with refused(hall, ComplaintUnfit):
            hall.act(APPLICANT, "", form(hall, **unfit))
    with refused(hall, CaseNotFound):
        hall.act(APPLICANT, "", form(hall, case="1" * 21))
    may = (Role.APPLICANT, Role.WINDOW, Role.WINDOW_LEAD, Role.SUPERVISOR)
    only(hall, "", form(hall), *may)


def test_it_may_be_anonymous_about_a_case_and_taken_in_by_somebody(hall: Hall) -> None:
    number = hall.receive()
    about = {"case": number, "complainant": "", "phone": "", "channel": "hotline"}
    one = complained(hall, "window1", **about)
    assert (one.real_name, one.case_id) == (False, hall.case(number).id)
    assert one.registered_by == "李芳"
