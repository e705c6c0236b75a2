"""What waits for a person besides their tasks: theirs, still to be done, and nobody else's."""

from tests.hall import APPLICANT, Hall
from tests.talking import answer, asked, pause_of, seats, under_review, visited
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.people import tasks_of
from workflows.actions.record_attendance import RecordAttendance
from workflows.actions.request_extension import RequestExtension
from workflows.actions.withdraw import Withdraw
from workflows.clock import office_day
from workflows.models import Attendance, ClockRequest, Consultation, Post
from workflows.queries.talks import waiting_for


def waits(hall: Hall, username: str) -> list[type]:
    """The kinds of what waits for a person today."""
    actor = hall.actor(username)
    with hall.read() as session:
        mine = tasks_of(session, actor.person_id or 0, office_day(hall.clock.now()))
        return [type(one.what) for one in waiting_for(session, mine, actor.roles)]


def test_a_question_waits_for_the_post_that_answers_until_it_has(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    assert waits(hall, "hb.handler") == [Consultation]
    assert [waits(hall, who) for who in ("hb.checker", "zj.handler", "hb.handler2")] == [[], [], []]
    hall.away("hb.handler", "2026-03-02", "2026-03-02")
    assert (waits(hall, "hb.handler"), waits(hall, "hb.handler2")) == ([], [Consultation])
    hall.act("hb.handler2", number, answer(row))
    assert waits(hall, "hb.handler2") == []


def test_what_is_over_waits_for_nobody(hall: Hall) -> None:
    number = under_review(hall)
    asked(hall, number)
    hall.act("zj.handler", number, pause_of())
    hall.act("zj.handler", number, RequestExtension(5, "需现场复核", "R11"))
    called = visited(hall)
    assert waits(hall, "zj.checker") == [ClockRequest]
    assert waits(hall, "zj.chief") == [ClockRequest]
    assert waits(hall, "xf.handler") == [Attendance]
    for one in (number, called):
        hall.act(APPLICANT, one, Withdraw("不再开店"))
    for who in ("hb.handler", "zj.checker", "zj.chief", "xf.handler"):
        assert waits(hall, who) == []


def test_who_is_decided_about_needs_no_decision_about_its_clock(hall: Hall) -> None:
    number = under_review(hall)
    hall.act("zj.handler", number, pause_of())
    hall.grant(number, "R01")
    hall.grant(number, "R11")
    assert waits(hall, "zj.checker") == []


def test_a_seat_waits_until_the_department_has_concluded(hall: Hall) -> None:
    number = visited(hall)
    seat = seats(hall, number)["XF"].id
    hall.act("xf.handler", number, RecordAttendance(seat, True))
    assert waits(hall, "xf.handler") == [Attendance]
    hall.act("xf.handler", number, RecordAttendance(seat, False, finding="临时出警"))
    assert waits(hall, "xf.handler") == []


def test_one_s_own_request_waits_for_the_deputy(hall: Hall) -> None:
    with hall.services.database.writers() as session, session.begin():
        post = session.query(Post).filter_by(department_code="ZJ", duty="checker").one()
        post.holder_id = hall.actor("zj.handler").person_id or 0
    number = under_review(hall)
    hall.act("zj.handler", number, pause_of())
    assert waits(hall, "zj.handler") == []
    assert waits(hall, "zj.approver") == [ClockRequest]
    hall.act("zj.approver", number, ApprovePause(hall.request(number), True))
    assert waits(hall, "zj.approver") == []


def test_the_joint_limit_waits_for_the_government(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, RequestExtension(15, "多部门意见需会商"))
    assert waits(hall, "mayor") == [ClockRequest]
    assert waits(hall, "sj.chief") == []
