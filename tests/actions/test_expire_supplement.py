"""逾期未补正: when the applicant's time is over, the rule of the region decides."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.climb import NotDue
from workflows.actions.expire_supplement import ExpireSupplement
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState


def told(hall: Hall) -> tuple[str, ExpireSupplement]:
    """A case whose applicant has until 2026-03-23, and what will end that time."""
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    return number, ExpireSupplement(hall.deadline(number, Clock.SUPPLEMENT).id)


def test_the_time_lasts_through_its_last_day(hall: Hall) -> None:
    number, expire = told(hall)
    hall.at("2026-03-23T23:59:59")
    with refused(hall, NotDue):
        hall.act("system", number, expire)


def test_then_the_application_counts_as_withdrawn_and_nothing_runs(hall: Hall) -> None:
    number, expire = told(hall)
    hall.at("2026-03-24T00:00")
    row = one_row(hall, "system", number, expire)
    assert path(row) == ("supplementing", "withdrawn")
    assert row.details["due_at"].startswith("2026-03-23")
    case = hall.case(number)
    assert {item.state for item in case.items} == {ItemState.NOT_NEEDED}
    assert all(clock.closed_at for clock in case.deadlines)


@pytest.mark.parametrize("outcome", ["refused", "terminated"])
def test_another_region_has_another_rule(hall: Hall, outcome: str) -> None:
    hall.publish(("on_supplement_expiry: withdrawn", f"on_supplement_expiry: {outcome}"))
    number, expire = told(hall)
    hall.at("2026-03-24T00:00")
    assert path(one_row(hall, "system", number, expire)) == ("supplementing", outcome)


def test_who_supplemented_in_time_loses_nothing(hall: Hall) -> None:
    number, expire = told(hall)
    hall.act("window1", number, Supplement(["M03"]))
    hall.at("2026-03-24T00:00")
    with refused(hall, NotAllowedInState):
        hall.act("system", number, expire)


def test_only_the_clock_ends_the_applicants_time(hall: Hall) -> None:
    number, expire = told(hall)
    hall.at("2026-03-24T00:00")
    only(hall, number, expire, Role.SYSTEM)
