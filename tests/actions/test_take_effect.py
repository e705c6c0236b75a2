"""流程生效: what was published for a day takes effect as it begins, once."""

from datetime import date

import pytest

from server.view import minute
from tests.evidence import only, refused
from tests.hall import Hall
from workflows.actions.climb import NotDue
from workflows.actions.publish_process import DayNotAhead, PublishProcess
from workflows.actions.take_effect import TakeEffect
from workflows.permissions import Role
from workflows.queries.processes import published_versions
from workflows.queries.timeline import timeline, verify_all
from workflows.states import NotAllowedInState
from workflows.sweep import next_wake

FASTER = ("promised: 13wd", "promised: 12wd")
APRIL = PublishProcess(date(2026, 4, 1))


@pytest.fixture
def waiting(hall: Hall) -> str:
    """The key of a version that waits for review."""
    return str(hall.act("designer1", "restaurant", hall.upload(FASTER)).key)


def in_force(hall: Hall) -> set[str]:
    with hall.read() as session:
        return {row.key for row in published_versions(session)} - {"construction@1"}


def test_it_takes_effect_as_the_day_begins_in_the_hall_and_only_once(
    hall: Hall, waiting: str
) -> None:
    version = hall.act("designer2", waiting, APRIL)
    assert (str(version.state), version.published_by) == ("scheduled", "郑复核")
    with hall.read() as session:
        assert minute(next_wake(session)) == "2026-04-01 00:00"
    hall.at("2026-03-31T23:59:59")
    assert hall.sweep() == 0 and in_force(hall) == {"restaurant@1"}
    hall.at("2026-04-01T00:00")
    assert hall.sweep() == 1 and in_force(hall) == {"restaurant@2"}
    assert hall.sweep() == 0
    assert hall.case(hall.receive()).version.version == 2
    with hall.read() as session:
        rows = [row for row in timeline(session, waiting) if row.action == "take_effect"]
        assert [(row.actor, row.details["replaces"]) for row in rows] == [
            ("system", ["restaurant@1"])
        ]
        assert not [chain for chain in verify_all(session) if chain.fault]


def test_of_two_for_the_same_day_the_later_one_stays(hall: Hall, waiting: str) -> None:
    other = hall.act("designer1", "restaurant", hall.upload()).key
    for key in (other, waiting):
        hall.act("designer2", key, APRIL)
    hall.at("2026-04-08T09:00")
    assert hall.sweep() == 2 and in_force(hall) == {other}


def test_nobody_makes_it_earlier_and_nobody_schedules_today(hall: Hall, waiting: str) -> None:
    with refused(hall, NotAllowedInState):
        hall.act("system", waiting, TakeEffect())
    with refused(hall, DayNotAhead, "2026-03-02"):
        hall.act("designer2", waiting, PublishProcess(date(2026, 3, 2)))
    hall.act("designer2", waiting, APRIL)
    with refused(hall, NotDue):
        hall.act("system", waiting, TakeEffect())
    only(hall, waiting, TakeEffect(), Role.SYSTEM)
