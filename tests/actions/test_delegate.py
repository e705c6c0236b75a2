"""委派: a colleague works on it and gives it back; who has it concludes, and not before."""

from datetime import date

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import REASON, decision, forward, has, offers, opinion, review
from workflows.actions.base import ReasonMissing
from workflows.actions.delegate import Delegate
from workflows.actions.offers import ColleagueAway, ColleagueBarred, NotColleague
from workflows.actions.people import NotYourTask
from workflows.actions.set_qualification import SetQualification
from workflows.actions.work import Delegated
from workflows.permissions import Role


def test_it_stays_the_owner_s_and_waits_for_the_colleague(hall: Hall) -> None:
    number, task = review(hall)
    row = one_row(hall, "sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "to_person": hall.actor("sj.member1").name,
        "reason": REASON,
    }  # fmt: skip
    assert has(hall, number) is None
    with refused(hall, Delegated, hall.actor("sj.member1").name):
        hall.act("sj.handler", number, opinion(task))
    with refused(hall, NotYourTask):
        hall.act("sj.member1", number, opinion(task))


def test_what_is_handed_to_another_is_not_the_first_one_s_any_more(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    hall.act("sj.handler", number, forward(task, "sj.member2"))
    assert offers(hall, task) == [("sj.member1", False, ""), ("sj.member2", None, "")]
    hall.act("sj.handler", number, opinion(task))  # nobody works on it any more


def test_who_is_away_holds_nothing_up(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    hall.away("sj.member1", "2026-03-03", "2026-03-03")
    with refused(hall, Delegated):
        hall.act("sj.handler", number, opinion(task))
    hall.at("2026-03-03T09:30")
    hall.act("sj.handler", number, opinion(task))


def test_who_is_not_qualified_any_more_holds_nothing_up(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    hall.act("admin", "organisation", SetQualification("sj.member1", "年审"))
    hall.act("sj.handler", number, opinion(task))


@pytest.mark.parametrize("to", ["wj.handler", "sj.handler"])
def test_it_goes_to_another_approver_of_the_department_only(hall: Hall, to: str) -> None:
    number, task = review(hall)
    with refused(hall, NotColleague):
        hall.act("sj.handler", number, Delegate(task.id, to, REASON))


def test_it_goes_to_nobody_who_is_away_or_did_the_step_before(hall: Hall) -> None:
    number, task = decision(hall)
    with refused(hall, ColleagueBarred):
        hall.act("sj.checker", number, Delegate(task.id, "sj.handler", REASON))
    hall.act("admin", "organisation", SetQualification("sj.member1", "年审", date(2026, 3, 1)))
    with refused(hall, ColleagueAway):
        hall.act("sj.checker", number, Delegate(task.id, "sj.member1", REASON))


def test_only_who_has_it_lets_others_work_on_it_and_says_what_for(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NotYourTask):
        hall.act("sj.member1", number, Delegate(task.id, "sj.member2", REASON))
    with refused(hall, ReasonMissing):
        hall.act("sj.handler", number, Delegate(task.id, "sj.member1", ""))
    only(hall, number, Delegate(task.id, "sj.member1", REASON), Role.APPROVER)
