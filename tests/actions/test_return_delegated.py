"""交回委派: with an opinion, which stands; then the owner concludes."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import REASON, offers, opinion, review
from workflows.actions.base import ReasonMissing
from workflows.actions.delegate import Delegate
from workflows.actions.offers import ColleagueAway, NoOffer
from workflows.actions.return_delegated import ReturnDelegated
from workflows.permissions import Role

SAID = "现场与图纸一致，建议同意"


def test_the_opinion_stands_and_the_owner_concludes(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    row = one_row(hall, "sj.member1", number, ReturnDelegated(task.id, SAID))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "to_person": hall.actor("sj.handler").name,
        "opinion": SAID,
    }  # fmt: skip
    assert offers(hall, task) == [("sj.member1", True, SAID)]
    hall.act("sj.handler", number, opinion(task))
    assert hall.task(number, "R08").element == "check"


def test_it_is_given_back_once_by_who_was_asked(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    with refused(hall, NoOffer):
        hall.act("sj.member2", number, ReturnDelegated(task.id, SAID))
    hall.act("sj.member1", number, ReturnDelegated(task.id, SAID))
    with refused(hall, NoOffer):
        hall.act("sj.member1", number, ReturnDelegated(task.id, SAID))


def test_it_takes_an_opinion_of_somebody_who_is_there(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    with refused(hall, ReasonMissing):
        hall.act("sj.member1", number, ReturnDelegated(task.id, " "))
    hall.away("sj.member1", "2026-03-02")
    with refused(hall, ColleagueAway):
        hall.act("sj.member1", number, ReturnDelegated(task.id, SAID))


def test_only_approvers_give_back(hall: Hall) -> None:
    number, task = review(hall)
    only(hall, number, ReturnDelegated(task.id, SAID), Role.APPROVER)
