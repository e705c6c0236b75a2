"""AB角: a post always has the one who acts for it today, and never two."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.evidence import one_row, refused
from tests.hall import Hall
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.decide import Decide, Decision
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.people import NobodyResponsible, NotYourTask, posts_of
from workflows.actions.request_pause import RequestPause
from workflows.actions.set_qualification import SetQualification
from workflows.actions.sign_for import SignFor
from workflows.actions.work import SamePerson
from workflows.models import Person


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose food licence waits to be signed for."""
    return hall.accepted()


def qualification(hall: Hall, who: str, until: str | None) -> None:
    """Let a person's 执法资格 end with a day, or suspend it."""
    last = date.fromisoformat(until) if until else None
    hall.act("admin", "organisation", SetQualification(who, "年度考核", last))


@pytest.mark.parametrize(
    ("today", "who"),
    [
        ("2026-03-02", "sj.handler"),
        ("2026-03-03", "sj.handler2"),
        ("2026-03-05", "sj.handler2"),
        ("2026-03-06", "sj.handler"),
    ],
)
def test_the_deputy_acts_from_the_first_to_the_last_day_of_the_absence(
    hall: Hall, number: str, today: str, who: str
) -> None:
    hall.away("sj.handler", "2026-03-03", "2026-03-05")
    hall.at(f"{today}T10:00")
    sign = SignFor(hall.task(number, "R08").id)
    other = {"sj.handler": "sj.handler2", "sj.handler2": "sj.handler"}[who]
    with refused(hall, NotYourTask, hall.actor(who).name):
        hall.act(other, number, sign)
    hall.act(who, number, sign)


def test_the_day_is_the_day_at_the_counter_not_in_greenwich(hall: Hall, number: str) -> None:
    hall.away("sj.handler", "2026-03-03", "2026-03-03")
    hall.clock.set(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))  # half past midnight in the hall
    hall.act("sj.handler2", number, SignFor(hall.task(number, "R08").id))


def test_with_both_away_nobody_acts_and_the_refusal_says_so(hall: Hall, number: str) -> None:
    hall.away("sj.handler", "2026-03-02")
    hall.away("sj.handler2", "2026-03-02")
    for who in ("sj.handler", "sj.handler2", "sj.checker", "sj.chief"):
        with refused(hall, NobodyResponsible, "市场监督管理局.*handler"):
            hall.act(who, number, SignFor(hall.task(number, "R08").id))


def test_without_valid_qualification_nothing_can_be_given_to_a_person(
    hall: Hall, number: str
) -> None:
    qualification(hall, "sj.handler", "2026-03-03")
    hall.at("2026-03-03T17:00")
    other = hall.accepted()
    hall.act("sj.handler", other, SignFor(hall.task(other, "R08").id))
    hall.at("2026-03-04T00:00")
    with refused(hall, NotYourTask):
        hall.act("sj.handler", number, SignFor(hall.task(number, "R08").id))
    row = one_row(hall, "sj.handler2", number, SignFor(hall.task(number, "R08").id))
    assert row.acting_for == hall.actor("sj.handler").name


def test_a_deputy_without_qualification_is_no_deputy(hall: Hall, number: str) -> None:
    qualification(hall, "sj.handler", None)
    qualification(hall, "sj.handler2", None)
    with refused(hall, NobodyResponsible):
        hall.act("sj.handler2", number, SignFor(hall.task(number, "R08").id))


def test_a_bank_is_no_enforcement_subject_and_needs_no_qualification(hall: Hall) -> None:
    qualification(hall, "yh.handler", None)
    number = hall.accepted({"wants_account": True})
    hall.grant(number, "R01")
    hall.grant(number, "R02")
    hall.grant(number, "R07")
    done = [event.details.get("item") for event in hall.history(number)]
    assert done[-2:] == ["R07", "R07"]


def test_who_has_left_is_away(hall: Hall, number: str) -> None:
    with hall.services.database.writers.begin() as session:
        person = session.scalars(select(Person).where(Person.username == "sj.handler")).one()
        person.active = False
    hall.act("sj.handler2", number, SignFor(hall.task(number, "R08").id))


def test_every_act_of_a_deputy_says_in_whose_name(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.to_decision(number, "R11")
    hall.away("zj.checker", "2026-03-02")
    hall.away("zj.chief", "2026-03-02")
    checker, chief = hall.actor("zj.checker").name, hall.actor("zj.chief").name
    longer = ExtendDeadline(5, "需现场复核", "R11")
    assert one_row(hall, "zj.approver", number, longer).acting_for == chief
    task = hall.task(number, "R11")
    said = Decide(task.id, Decision.RETURNED, "请补充现场照片")
    assert one_row(hall, "zj.approver", number, said).acting_for == checker
    done = next(row for row in hall.case(number).tasks if row.id == task.id)
    assert (done.closed_by, done.acting_for) == (hall.actor("zj.approver").name, checker)
    hall.act("zj.handler", number, RequestPause("R11", "水质检测", 3, "取样送检"))
    pause = ApprovePause(hall.request(number), True)
    assert one_row(hall, "zj.approver", number, pause).acting_for == checker


def test_when_a_deputy_did_the_step_before_the_next_one_falls_to_the_other_of_its_post(
    hall: Hall,
) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    hall.away("sj.checker", "2026-03-02", "2026-03-02")
    hall.act("sj.approver", number, GiveOpinion(hall.task(number, "R08").id, "agree", "同意"))
    hall.at("2026-03-03T09:30")  # all are back, and the approver may not decide what they checked
    granted = Decide(hall.task(number, "R08").id, Decision.GRANTED, "符合条件")
    with refused(hall, SamePerson):
        hall.act("sj.approver", number, granted)
    row = one_row(hall, "sj.chief", number, granted)
    assert row.acting_for == hall.actor("sj.approver").name


def test_the_holder_acts_in_no_name_but_their_own(hall: Hall, number: str) -> None:
    row = one_row(hall, "sj.handler", number, SignFor(hall.task(number, "R08").id))
    assert row.acting_for is None


def test_a_person_acts_for_all_posts_of_an_absent_colleague(hall: Hall) -> None:
    hall.away("sj.checker", "2026-03-02")
    hall.away("sj.chief", "2026-03-02")
    actor = hall.actor("sj.approver")
    with hall.read() as session:
        found = posts_of(session, actor.person_id or 0, date(2026, 3, 2))
        names = {post.duty: who.acting_for for post, who in found}
    assert names == {
        "approver": None,
        "checker": hall.actor("sj.checker").name,
        "chief": hall.actor("sj.chief").name,
    }
