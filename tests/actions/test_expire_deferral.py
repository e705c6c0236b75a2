"""容缺: promised for a day, in writing; what follows when it does not come is the place's rule."""

from datetime import date

import pytest
from sqlalchemy import select

from server.view import day, minute
from tests.evidence import one_row, only, refused
from tests.hall import Hall
from workflows.actions.accept import Accept
from workflows.actions.decide import Decide, Decision
from workflows.actions.deferral import MaterialOwed, PromiseBroken, PromiseOutOfReach
from workflows.actions.expire_deferral import ExpireDeferral
from workflows.actions.hand_in import HandIn
from workflows.actions.resume_case import ResumeCase
from workflows.actions.suspend_case import SuspendCase
from workflows.models import CaseMaterial, Notice
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.queries.materials import promises
from workflows.states import CaseState, ItemState

RULE = "on_deferral_expiry: withdrawn"
BLOCKS = ("deferral_blocks: true", "deferral_blocks: false")


def promised(hall: Hall, on: str = "2026-03-10") -> str:
    """A case accepted without M08, which only the food licence (R08) needs."""
    number = hall.receive(without=["M08"])
    hall.act("window1", number, Accept(["M08"], {"M08": date.fromisoformat(on)}))
    return number


def material(hall: Hall, number: str) -> CaseMaterial:
    return next(row for row in hall.case(number).materials if row.code == "M08")


def expiries(hall: Hall, number: str) -> list[dict[str, object]]:
    return [row.details for row in hall.history(number) if row.action == "expire_deferral"]


def told(hall: Hall) -> list[tuple[str | None, str | None]]:
    """To whom something red was said: department and duty, or role."""
    query = select(Notice).where(Notice.level == "red").order_by(Notice.id)
    with hall.read() as session:
        return [(row.department_code or row.role, row.duty) for row in session.scalars(query)]


def test_a_promise_has_a_day_a_number_and_a_clock_that_is_seen(hall: Hall) -> None:
    number = hall.receive(without=["M08"])
    action = Accept(["M08"], {"M08": date(2026, 3, 10)})
    row = one_row(hall, "window1", number, action)
    assert row.details["promised"] == {"M08": "2026-03-10"}
    assert row.details["promise"] == material(hall, number).promise_number
    assert minute(hall.deadline(number, Clock.DEFERRAL).due_at) == "2026-03-10 23:59"
    with hall.read() as session:
        [seen] = promises(session)
    assert (seen.number, seen.promised_on) == (number, date(2026, 3, 10))


def test_the_day_lies_within_the_rule_of_the_place(hall: Hall) -> None:
    number = hall.receive(without=["M08"])
    for wrong in ("2026-03-02", "2026-03-24", "2020-01-01", "2027-01-01"):
        with refused(hall, PromiseOutOfReach, "2026-03-03 到 2026-03-23"):
            hall.act("window1", number, Accept(["M08"], {"M08": date.fromisoformat(wrong)}))
    hall.act("window1", number, Accept(["M08"]))
    assert material(hall, number).promised_on == date(2026, 3, 23), "else the last day of the rule"


def test_what_comes_in_time_stops_the_clock_and_nothing_is_granted_before(hall: Hall) -> None:
    number = promised(hall)
    hall.grant(number, "R01")
    task = hall.to_decision(number, "R08")
    with refused(hall, MaterialOwed, "食品安全规章制度"):
        hall.act(hall.holder(task), number, Decide(task.id, Decision.GRANTED, "准予"))
    hall.act("window1", number, HandIn(["M08"]))
    assert hall.deadline(number, Clock.DEFERRAL).closed_at == hall.clock.now()
    hall.at("2026-03-12T09:00")
    hall.sweep()
    assert not expiries(hall, number)
    hall.decide(number, "R08")
    assert hall.item(number, "R08").state is ItemState.APPROVED


def test_withdrawn_ends_the_items_that_need_it_and_no_others(hall: Hall) -> None:
    number = promised(hall)
    hall.grant(number, "R01")
    hall.at("2026-03-10T23:59")
    hall.sweep()
    assert not expiries(hall, number), "the last day lasts until midnight"
    assert hall.item(number, "R08").state is not ItemState.NOT_NEEDED
    hall.at("2026-03-11T00:00")
    hall.sweep()
    [row] = expiries(hall, number)
    assert (row["materials"], row["rule"]) == (["M08"], "withdrawn")
    item = hall.item(number, "R08")
    assert (item.state, item.reason) == (ItemState.NOT_NEEDED, "容缺材料逾期未补交，视为撤回")
    assert hall.item(number, "R01").state is ItemState.APPROVED
    assert hall.case(number).state is CaseState.IN_REVIEW
    assert hall.deadline(number, Clock.DEFERRAL).closed_at == hall.clock.now()
    with refused(hall, PromiseBroken):
        hall.act("window1", number, HandIn(["M08"]))
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_too_late_is_too_late_even_while_the_clockwork_stands_still(hall: Hall) -> None:
    number = promised(hall)
    hall.at("2026-03-11T09:00")
    with refused(hall, PromiseBroken, "2026-03-10"):
        hall.act("window1", number, HandIn(["M08"]))


def test_a_refusal_is_a_decision_of_people(hall: Hall) -> None:
    hall.publish((RULE, "on_deferral_expiry: refused"))
    number = promised(hall)
    hall.grant(number, "R01")
    task = hall.to_decision(number, "R08")
    hall.at("2026-03-11T00:00")
    hall.sweep()
    assert ("SJ", "handler") in told(hall) and ("SJ", "checker") in told(hall)
    assert not hall.item(number, "R08").decided
    with refused(hall, MaterialOwed):
        hall.act(hall.holder(task), number, Decide(task.id, Decision.GRANTED, "准予"))
    hall.refuse(number, "R08")
    assert hall.item(number, "R08").state is ItemState.REJECTED


def test_without_a_rule_it_is_reported_and_may_still_come(hall: Hall) -> None:
    hall.publish((RULE, "on_deferral_expiry: open"), BLOCKS)
    number, granted = promised(hall), promised(hall)
    hall.grant_all(granted)
    hall.at("2026-03-11T00:00")
    hall.sweep()
    assert not expiries(hall, number)
    assert "window_lead" in {whom for whom, _duty in told(hall)}
    hall.act("window1", number, HandIn(["M08"]))
    assert not material(hall, number).owed
    item = hall.item(granted, "R08")
    assert item.state is ItemState.APPROVED, "where licences do not wait, what was granted stays"


def test_acceptance_is_revoked_and_an_item_that_has_not_begun_is_reported(hall: Hall) -> None:
    seal = "materials: [M01, M02, M06], result: 印章"
    health = "materials: [M02, M16], result: 健康证明"
    hall.publish(
        (RULE, "on_deferral_expiry: revoked"), (seal, seal.replace("M06", "M06, M08")),
        (health, health.replace("M16", "M16, M08")),
    )  # fmt: skip
    number = promised(hall)
    hall.at("2026-03-11T00:00")
    hall.sweep()
    assert hall.item(number, "R02").state is ItemState.WAITING
    item = hall.item(number, "R08")
    assert (item.state, item.reason) == (ItemState.NOT_NEEDED, "容缺材料逾期未补交，撤销受理")
    [row] = expiries(hall, number)
    assert [one["item"] for one in row["ended"]] == ["R08", "R13"]  # type: ignore[attr-defined]
    assert hall.item(number, "R13").state is ItemState.NOT_NEEDED
    hall.grant(number, "R01")
    assert hall.item(number, "R02").state is ItemState.RECEIVED, "the others go on"
    assert "window_lead" in {whom for whom, _duty in told(hall)}


def test_nothing_expires_while_the_case_is_suspended(hall: Hall) -> None:
    number = promised(hall)
    hall.act("lead", number, SuspendCase("等待诉讼结果"))
    hall.at("2026-03-12T09:00")
    hall.sweep()
    assert not expiries(hall, number)
    hall.act("lead", number, ResumeCase("诉讼已经终结"))
    hall.sweep()
    assert len(expiries(hall, number)) == 1


def test_a_last_day_on_which_the_hall_is_closed_is_the_next_working_day(hall: Hall) -> None:
    number = promised(hall, "2026-03-07")
    assert day(hall.deadline(number, Clock.DEFERRAL).due_at) == "2026-03-09"


@pytest.mark.parametrize("deadline", [1])
def test_only_the_clockwork_does_it(hall: Hall, deadline: int) -> None:
    only(hall, promised(hall), ExpireDeferral(deadline), Role.SYSTEM)
