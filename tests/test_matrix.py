"""Every action × every state × every role: allowed, or refused with its sentence.

What is refused is refused by `perform`, on a real case in that state, and changes nothing.  What is
allowed gets through to the action, which may then refuse what is wrong with its own words.
"""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args, get_type_hints

import pytest

from server.permitted import permitted
from tests.hall import APPLICANT, Hall
from workflows.actions import ACTIONS, Action, Actor, NotPermitted
from workflows.actions.base import CaseAction
from workflows.actions.close import Close
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline
from workflows.actions.decline import DeclineGround as Ground
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.suspend_case import SuspendCase
from workflows.actions.withdraw import Withdraw
from workflows.clock import OFFICE_ZONE
from workflows.errors import WorkflowError
from workflows.permissions import ACTIONS as PERMITTED
from workflows.permissions import Role
from workflows.states import CASES, CaseState, ItemState, NotAllowedInState

ItemStates = frozenset(map(str, ItemState))

CASE_ACTIONS = [name for name, kind in ACTIONS.items() if issubclass(kind, CaseAction)]
#: No action is needed to begin with: these begin.
BEGINNING = "receive"
PEOPLE = {
    Role.WINDOW: "window1", Role.WINDOW_LEAD: "lead", Role.APPROVER: "sj.handler",
    Role.GOVERNMENT: "mayor", Role.SUPERVISOR: "supervisor", Role.AUDITOR: "auditor",
    Role.DESIGNER: "designer1", Role.ADMIN: "admin", Role.SYSTEM: "system",
}  # fmt: skip


def declining(hall: Hall) -> str:
    number = hall.receive()
    hall.act("window1", number, Decline(Ground.NOT_COMPETENT, "不属于本机关职权范围"))
    return number


def declined(hall: Hall, ground: Ground) -> str:
    number = hall.receive()
    hall.act("window1", number, Decline(ground, "依法不予受理"))
    hall.act("lead", number, ConfirmDecline(confirmed=True, reason="同意不予受理"))
    return number


def supplementing(hall: Hall) -> str:
    number = hall.receive(without=("M03",))
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    return number


def suspended(hall: Hall) -> str:
    number = hall.accepted()
    hall.act("lead", number, SuspendCase("等待诉讼结果"))
    return number


def withdrawn(hall: Hall) -> str:
    number = hall.receive()
    hall.act("window1", number, Withdraw("申请人要求撤回"))
    return number


def delivered(hall: Hall) -> str:
    number = hall.decided()
    hall.act("window1", number, Deliver(Delivery.COUNTER, "王建国"))
    return number


def closed(hall: Hall) -> str:
    number = delivered(hall)
    hall.act("window1", number, Close())
    return number


#: How a case comes into each state; two states of a case that is over are reached in other tests.
INTO: dict[CaseState, Callable[[Hall], str]] = {
    CaseState.SUBMITTED: lambda hall: hall.receive(),
    CaseState.SUPPLEMENTING: supplementing,
    CaseState.DECLINING: declining,
    CaseState.IN_REVIEW: lambda hall: hall.accepted(),
    CaseState.SUSPENDED: suspended,
    CaseState.DECIDED: lambda hall: hall.decided(),
    CaseState.DELIVERED: delivered,
    CaseState.CLOSED: closed,
    CaseState.REFUSED: lambda hall: declined(hall, Ground.NOT_COMPETENT),
    CaseState.NOT_REQUIRED: lambda hall: declined(hall, Ground.NOT_REQUIRED),
    CaseState.WITHDRAWN: withdrawn,
}


def actor(hall: Hall, role: Role) -> Actor:
    """Someone with this role and no other."""
    if role is Role.APPLICANT:
        return APPLICANT
    person = hall.actor(PEOPLE[role])
    return Actor(person.name, frozenset({role}), person.person_id)


def blank(kind: type[Action]) -> Action:
    """The action with nothing filled in: what its form would be without a single word."""
    hints = get_type_hints(kind)
    given = {
        spec.name: _empty(hints[spec.name])
        for spec in dataclasses.fields(kind)  # type: ignore[arg-type]
        if spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
    }
    return kind(**given)


def _empty(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, str) and hasattr(hint, "__members__"):
        return next(iter(hint.__members__.values()))
    if type(None) in get_args(hint):
        return None
    if hint is datetime:
        return datetime(2026, 3, 9, 9, tzinfo=OFFICE_ZONE)
    origin = getattr(hint, "__origin__", hint)
    return origin()


@pytest.mark.parametrize("state", INTO)
def test_what_the_tables_do_not_allow_is_refused_with_its_sentence(
    hall: Hall, state: CaseState
) -> None:
    number = INTO[state](hall)
    assert hall.case(number).state is state
    before = hall.case(number).history_hash
    people = {role: actor(hall, role) for role in Role}
    allowed = 0
    for name in CASE_ACTIONS:
        for role, who in people.items():
            if role in PERMITTED[name] and ((state, name) in CASES or name == BEGINNING):
                allowed += 1
                continue
            expected = NotAllowedInState if role in PERMITTED[name] else NotPermitted
            with pytest.raises(expected) as refused:
                hall.act(who, number, blank(ACTIONS[name]))
            assert name in str(refused.value) and refused.value.code
    assert hall.case(number).history_hash == before, "a refusal leaves no trace"
    assert allowed >= len({name for at, name in CASES if at is state})


@pytest.mark.parametrize("state", INTO)
def test_what_the_tables_allow_reaches_the_action(hall: Hall, state: CaseState) -> None:
    number = INTO[state](hall)
    for name in [name for at, name in CASES if at is state]:
        for role in PERMITTED[name]:
            who = actor(hall, role)
            try:
                hall.act(who, number, blank(ACTIONS[name]))
            except (NotAllowedInState, NotPermitted) as refused:
                # an item of the case, not the case, is in a state that does not allow it
                assert refused.params.get("state") in (None, *ItemStates), refused
            except WorkflowError as own:
                assert str(own)
            if hall.case(number).state is not state:
                number = INTO[state](hall)


def test_the_printed_table_is_the_one_that_is_enforced() -> None:
    rows = {row.action: row for row in permitted()}
    assert rows.keys() == ACTIONS.keys()
    for name, row in rows.items():
        assert set(row.roles) == PERMITTED[name] and row.steps
    steps = {(state, name) for name, row in rows.items() for state, _ in row.steps}
    assert {(str(state), name) for state, name in CASES} <= steps
