"""拒收转办: with a reason; the task stays with who offered it."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import forward, has, offers, opinion, review
from workflows.actions.base import ReasonMissing
from workflows.actions.offers import NoOffer
from workflows.actions.refuse_forward import RefuseForward
from workflows.permissions import Role

NO = "不属于我的业务范围"


def test_it_stays_where_it_was_with_the_reason(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    row = one_row(hall, "sj.member1", number, RefuseForward(task.id, NO))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "from_person": hall.actor("sj.handler").name,
        "reason": NO,
    }  # fmt: skip
    assert has(hall, number) is None
    assert offers(hall, task) == [("sj.member1", False, NO)]
    hall.act("sj.handler", number, opinion(task))


def test_who_is_away_may_still_refuse(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.away("sj.member1", "2026-03-02")
    hall.act("sj.member1", number, RefuseForward(task.id, NO))


def test_it_takes_an_offer_and_a_reason(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NoOffer):
        hall.act("sj.member1", number, RefuseForward(task.id, NO))
    hall.act("sj.handler", number, forward(task))
    with refused(hall, ReasonMissing):
        hall.act("sj.member1", number, RefuseForward(task.id, ""))


def test_only_approvers_refuse(hall: Hall) -> None:
    number, task = review(hall)
    only(hall, number, RefuseForward(task.id, NO), Role.APPROVER)
