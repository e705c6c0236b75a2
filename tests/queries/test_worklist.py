"""工作台: what there is to do, the nearest due first, for whoever acts for the post today."""

from tests.hall import Hall
from workflows.actions.claim import Claim
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.forward import Forward
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.people import tasks_of
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.deadlines import Light
from workflows.queries import queues, worklist
from workflows.queries.filters import Part
from workflows.queries.offers import waiting_for
from workflows.queries.queues import CaseRow
from workflows.queries.worklist import TaskRow
from workflows.states import CaseState

SEWAGE = {"discharges_sewage": True}


def desk(hall: Hall, who: str, page: int = 1) -> tuple[list[TaskRow], int]:
    """The open tasks of a person today, and how many there are."""
    actor = hall.actor(who)
    now = hall.clock.now()
    today = hall.services.context(actor).today
    with hall.read() as session:
        whose = tasks_of(session, actor.person_id or 0, today)
        return worklist.open_tasks(session, whose, now, hall.services.calendar, Part(page=page))


def window(hall: Hall, *states: CaseState) -> tuple[list[CaseRow], int]:
    """The cases in these states, as the window sees them."""
    with hall.read() as session:
        now = hall.clock.now()
        return queues.window_cases(session, list(states), now, hall.services.calendar)


def keys(rows: list[TaskRow]) -> list[tuple[str, str]]:
    return [(row.case.number, row.item.code) for row in rows]


def test_the_nearest_due_comes_first_whatever_case_it_belongs_to(hall: Hall) -> None:
    first = hall.accepted()
    hall.at("2026-03-03T09:30")
    second = hall.accepted()
    rows, total = desk(hall, "sj.handler")
    assert keys(rows) == [(first, "R01"), (second, "R01"), (first, "R08"), (second, "R08")]
    assert total == 4
    due = [row.standing.due_at for row in rows if row.standing and row.standing.due_at]
    assert due == sorted(due)
    assert [row.standing.left for row in rows if row.standing] == [-1, 0, 4, 5]


def test_what_does_not_run_comes_last(hall: Hall) -> None:
    waiting, other = hall.accepted(), hall.accepted()
    hall.pre_review(waiting, "R08")
    hall.at("2026-03-03T09:30")
    hall.to_decision(other, "R08")
    rows, _ = desk(hall, "sj.approver")
    assert keys(rows) == [(other, "R08"), (waiting, "R08")]
    assert rows[1].standing is not None
    assert (rows[1].standing.light, rows[1].standing.left) == (Light.GREY, None)


def test_everyone_sees_their_own_posts_and_no_others(hall: Hall) -> None:
    number = hall.accepted()
    assert keys(desk(hall, "wj.handler")[0]) == [(number, "R13")]
    assert desk(hall, "sj.checker") == ([], 0)
    assert desk(hall, "window1") == ([], 0)


def test_the_deputy_sees_the_work_while_the_holder_is_away_and_the_holder_does_not(
    hall: Hall,
) -> None:
    number = hall.accepted()
    hall.away("wj.handler", "2026-03-03", "2026-03-03")
    assert desk(hall, "wj.handler2") == ([], 0)
    hall.at("2026-03-03T08:00")
    assert keys(desk(hall, "wj.handler2")[0]) == [(number, "R13")]
    assert desk(hall, "wj.handler") == ([], 0)
    hall.at("2026-03-04T08:00")
    assert keys(desk(hall, "wj.handler")[0]) == [(number, "R13")]


def test_who_does_not_answer_for_the_post_sees_nothing_without_qualification(hall: Hall) -> None:
    hall.accepted()
    hall.at("2030-01-02T09:00")  # everyone's 执法资格 ended with 2029
    assert desk(hall, "wj.handler") == ([], 0)


def test_a_long_list_has_pages(hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(11)]
    first, total = desk(hall, "sj.handler")
    second, _ = desk(hall, "sj.handler", page=2)
    assert (len(first), len(second), total) == (20, 2, 22)
    assert keys(first)[:11] == [(number, "R01") for number in numbers]
    assert keys(second) == [(number, "R08") for number in numbers[-2:]]


def test_what_a_person_has_done_is_listed_the_latest_first(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.at("2026-03-03T09:30")
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    actor = hall.actor("sj.handler")
    with hall.read() as session:
        done, _ = worklist.done_tasks(
            session, actor.person_id or 0, hall.clock.now(), hall.services.calendar
        )
    assert keys(done) == [(number, "R08"), (number, "R01")]


def test_the_check_of_a_promise_stands_in_the_list_with_its_own_time(hall: Hall) -> None:
    number = hall.accepted({"area_m2": 500, "commits_fire_safety": True})
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    [row], _ = desk(hall, "xf.handler")
    assert row.standing is not None
    assert (row.task.kind, row.standing.left) == ("check", 60)


def test_the_window_sees_the_cases_whose_clock_ends_first(hall: Hall) -> None:
    late = hall.receive()
    hall.act("window1", late, ReturnForSupplement({"M03": "没有"}))
    hall.at("2026-03-03T09:30")
    soon, next_one = hall.receive(), hall.accepted()
    hall.act("window1", soon, Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖"))
    rows, total = window(hall, CaseState.SUPPLEMENTING, CaseState.DECLINING, CaseState.IN_REVIEW)
    assert total == 3
    assert [row.case.number for row in rows] == [soon, next_one, late]
    lights = [row.standing.light for row in rows if row.standing]
    assert lights == [Light.GREEN, Light.GREEN, Light.BLUE]


def test_the_window_counts_what_rests_where(hall: Hall) -> None:
    hall.receive()
    hall.receive()
    hall.accepted()
    with hall.read() as session:
        assert queues.counts(session) == {CaseState.SUBMITTED: 2, CaseState.IN_REVIEW: 1}


def test_posts_and_roles_read_what_they_were_told_the_latest_first(hall: Hall) -> None:
    hall.accepted()
    hall.at("2026-03-10T00:00")
    hall.sweep()
    with hall.read() as session:
        told = worklist.notices(session, [("SJ", "checker")], ["window"])
        nobody = worklist.notices(session, [], [])
    assert {(row.department_code, row.duty) for row in told} == {("SJ", "checker")}
    assert [row.id for row in told] == sorted((row.id for row in told), reverse=True)
    assert nobody == []


def test_a_task_barred_to_its_holder_is_on_the_desk_of_the_other_of_its_post(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    hall.away("sj.checker", "2026-03-02", "2026-03-02")
    task = hall.task(number, "R08")
    hall.act("sj.approver", number, GiveOpinion(task.id, "agree", "同意"))
    assert keys(desk(hall, "sj.approver")[0]) == []
    assert keys(desk(hall, "sj.chief")[0]) == [(number, "R08")]


def pool(hall: Hall, who: str) -> list[tuple[str, str]]:
    """What a person may take up."""
    actor = hall.actor(who)
    today = hall.services.context(actor).today
    with hall.read() as session:
        whose = tasks_of(session, actor.person_id or 0, today)
        return keys(
            worklist.pool_tasks(session, whose, hall.clock.now(), hall.services.calendar)[0]
        )


def test_a_member_takes_from_the_pool_and_then_it_is_on_no_other_desk(hall: Hall) -> None:
    number = hall.accepted()
    both = [(number, "R01"), (number, "R08")]
    assert pool(hall, "sj.member1") == pool(hall, "sj.member2") == both
    assert desk(hall, "sj.member1") == ([], 0)
    assert keys(desk(hall, "sj.handler")[0]) == both
    hall.act("sj.member1", number, Claim(hall.task(number, "R08").id))
    assert pool(hall, "sj.member2") == keys(desk(hall, "sj.handler")[0]) == [(number, "R01")]
    assert keys(desk(hall, "sj.member1")[0]) == [(number, "R08")]


def test_holder_and_deputy_have_no_pool_and_who_is_away_takes_nothing(hall: Hall) -> None:
    hall.accepted()
    assert pool(hall, "sj.handler") == pool(hall, "sj.handler2") == []
    hall.away("sj.member1", "2026-03-02")
    assert pool(hall, "sj.member1") == []


def test_what_an_absent_colleague_has_is_on_the_desk_of_the_post_meanwhile(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("sj.member1", number, Claim(hall.task(number, "R08").id))
    hall.away("sj.member1", "2026-03-03", "2026-03-03")
    hall.at("2026-03-03T09:30")
    assert desk(hall, "sj.member1") == ([], 0)
    assert (number, "R08") in keys(desk(hall, "sj.handler")[0])
    assert desk(hall, "sj.handler2") == ([], 0)
    hall.away("sj.handler", "2026-03-03", "2026-03-03")
    assert (number, "R08") in keys(desk(hall, "sj.handler2")[0])
    hall.at("2026-03-04T09:30")
    assert keys(desk(hall, "sj.member1")[0]) == [(number, "R08")]
    assert keys(desk(hall, "sj.handler")[0]) == [(number, "R01")]


def test_what_was_done_before_is_not_in_the_pool_of_who_did_it(hall: Hall) -> None:
    entry = PostEntry("SJ", "checker", "sj.checker", "sj.approver", ("sj.handler", "sj.chief"))
    hall.act("admin", "organisation", ImportOrganisation(posts=(entry,)))
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    assert pool(hall, "sj.handler") == []
    assert pool(hall, "sj.chief") == [(number, "R08")]


def test_what_was_handed_on_waits_for_the_answer_of_one(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.task(number, "R08")
    hall.act("sj.handler", number, Forward(task.id, "sj.member1", "请接办"))
    for who, expected in (("sj.member1", [(number, "R08")]), ("sj.member2", [])):
        with hall.read() as session:
            rows = waiting_for(session, hall.actor(who).person_id or 0)
            assert [(row.case.number, row.item.code) for row in rows] == expected
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    with hall.read() as session:
        assert waiting_for(session, hall.actor("sj.member1").person_id or 0) == []
