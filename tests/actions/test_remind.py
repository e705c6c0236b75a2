"""催办: whoever holds the work is told, once in a working day, and the record says who asked."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.claim import Claim
from workflows.actions.named import TextTooLong
from workflows.actions.remind import AlreadyReminded, Remind
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.models import CaseItem, Notice
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def told(hall: Hall) -> set[tuple[str | None, str | None, str | None]]:
    """(department, duty, role) that were reminded."""
    with hall.read() as session:
        rows = session.scalars(select(Notice).where(Notice.sentence.startswith("催办")))
        return {(row.department_code, row.duty, row.role) for row in rows}


def test_the_posts_with_open_tasks_are_told(hall: Hall) -> None:
    number = hall.accepted()
    row = one_row(hall, "lead", number, Remind("申请人下周开业"))
    assert path(row) == ("in_review", "in_review")
    tasks = [task for task in hall.case(number).tasks if task.closed_at is None]
    assert told(hall) == {(task.department_code, task.duty, None) for task in tasks}
    assert (len(row.details["reminded"]), row.details["note"]) == (len(tasks), "申请人下周开业")


def test_who_took_up_a_task_is_told_and_its_post_while_they_are_away(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("sj.member1", number, Claim(hall.task(number, "R08").id))
    for away, day in ((False, "2026-03-02T10:00"), (True, "2026-03-03T10:00")):
        hall.at(day)
        if away:
            hall.away("sj.member1", "2026-03-03")
        hall.act("lead", number, Remind())
        with hall.read() as session:
            told = select(Notice).join(CaseItem, CaseItem.id == Notice.item_id)
            mine = told.where(CaseItem.code == "R08", Notice.sentence.startswith("催办"))
            latest = session.scalars(mine.order_by(Notice.id.desc())).first()
        assert latest is not None
        me = hall.actor("sj.member1").person_id
        assert (latest.person_id, latest.duty) == ((None, "handler") if away else (me, None))


def test_whose_clock_stands_still_is_not_hurried(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11")
    assert ApprovePause.name in hall.actions(number)
    row = one_row(hall, "lead", number, Remind())
    assert not [one for one in row.details["reminded"] if one.startswith("R11")]


def test_before_acceptance_and_after_the_decision_the_window_is_told(hall: Hall) -> None:
    hall.act(APPLICANT, hall.receive(), Remind())
    assert told(hall) == {(None, None, "window")}
    row = one_row(hall, APPLICANT, hall.decided(), Remind())
    assert row.details["reminded"] == []


def test_twice_in_a_working_day_is_refused_whoever_asks(hall: Hall) -> None:
    number = hall.accepted()
    hall.act(APPLICANT, number, Remind())
    for who in (APPLICANT, "lead"):
        with refused(hall, AlreadyReminded, "2026-03-03"):
            hall.act(who, number, Remind())
    hall.act(APPLICANT, hall.accepted(), Remind())
    hall.at("2026-03-03T09:00")
    hall.act(APPLICANT, number, Remind())


def test_of_two_at_once_one_reminds(hall: Hall) -> None:
    number = hall.accepted()

    def remind(who: object) -> str:
        try:
            hall.act(APPLICANT if who is None else hall.actor("lead"), number, Remind())
        except AlreadyReminded:
            return "refused"
        return "reminded"

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(remind, [None, "lead", None, "lead"]))
    assert sorted(answers) == ["refused", "refused", "refused", "reminded"]
    assert hall.actions(number).count("remind") == 1


def test_a_week_end_is_no_working_day(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-06T16:00")
    hall.act(APPLICANT, number, Remind())
    hall.at("2026-03-07T10:00")
    with refused(hall, AlreadyReminded, "2026-03-09"):
        hall.act(APPLICANT, number, Remind())
    hall.at("2026-03-09T00:01")
    hall.act(APPLICANT, number, Remind())


def test_nobody_is_hurried_while_all_wait_for_the_applicant(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    with refused(hall, NotAllowedInState):
        hall.act(APPLICANT, number, Remind())


def test_a_note_is_short(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, TextTooLong):
        hall.act(APPLICANT, number, Remind("急" * 201))


def test_only_the_lead_and_the_applicant_remind(hall: Hall) -> None:
    only(hall, hall.receive(), Remind(), Role.WINDOW_LEAD, Role.APPLICANT)
