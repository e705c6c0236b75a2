"""不予延期: the superior says why, and the limit stays as it was."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import SEWAGE, requests, told
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.refuse_extension import GovernmentRefuses, RefuseExtension
from workflows.actions.request_extension import RequestExtension
from workflows.actions.requests import RequestGone
from workflows.models.deadline import Clock
from workflows.permissions import Role


@pytest.fixture
def number(hall: Hall) -> str:
    """A case for whose sewage licence ten days more were asked for."""
    number = hall.accepted(SEWAGE)
    hall.act("zj.handler", number, RequestExtension(10, "管网改造需现场复核", "R11"))
    return number


def refusal(hall: Hall, number: str, reason: str = "现场已经复核") -> RefuseExtension:
    return RefuseExtension(requests(hall, number)[-1].id, reason)


def test_the_limit_stays_and_the_one_who_asked_is_told_why(hall: Hall, number: str) -> None:
    with refused(hall, ReasonMissing):
        hall.act("zj.chief", number, refusal(hall, number, ""))
    row = one_row(hall, "zj.chief", number, refusal(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "days": 10, "granted": False, "reason": "现场已经复核",
        "requested_by": hall.actor("zj.handler").name,
    }  # fmt: skip
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-09"
    assert told(hall, number)[-1] == ("ZJ", "handler", "yellow")
    with refused(hall, RequestGone):
        hall.act("zj.chief", number, refusal(hall, number))
    hall.act("zj.handler", number, RequestExtension(3, "另有一处管网", "R11"))


def test_only_the_head_of_the_agency_refuses_it(hall: Hall, number: str) -> None:
    only(hall, number, refusal(hall, number), Role.APPROVER, Role.GOVERNMENT)
    for who in ("zj.approver", "sj.chief", "mayor"):
        with refused(hall, NotYourTask):
            hall.act(who, number, refusal(hall, number))


def test_the_joint_limit_is_the_government_s_to_refuse(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, RequestExtension(15, "多部门意见需会商"))
    with refused(hall, GovernmentRefuses):
        hall.act("sj.chief", number, refusal(hall, number))
    hall.act("mayor", number, refusal(hall, number))
    assert told(hall, number)[-1] == (None, "window_lead", "yellow")
