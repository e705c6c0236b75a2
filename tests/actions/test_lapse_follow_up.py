"""跟进逾期: said by the clockwork at the second it is over, once, to those whom it concerns."""

from sqlalchemy import select

from server.view import minute
from tests.complaints import complained, examined
from tests.evidence import only, refused
from tests.hall import Hall
from tests.ratings import clocks, contact, said
from workflows.actions.climb import NotDue
from workflows.actions.lapse_follow_up import LapseFollowUp
from workflows.models import Notice
from workflows.permissions import Role
from workflows.sweep import next_wake


def test_each_limit_is_told_once_when_it_is_over(hall: Hall) -> None:
    rating = said(hall, 1)  # Monday 2 March 2026
    hall.at("2026-03-03T23:59:59")
    hall.sweep()
    assert "lapse_follow_up" not in hall.actions(rating.key)
    hall.at("2026-03-04T00:00")
    hall.sweep()
    hall.sweep()
    said_so = [row for row in hall.history(rating.key) if row.action == "lapse_follow_up"]
    assert [(row.actor, row.details["clock"], row.details["light"]) for row in said_so] == [
        ("system", "contact", "yellow")
    ]
    with hall.read() as session:
        query = select(Notice).where(Notice.at == hall.clock.now(), Notice.item_id.is_not(None))
        told = [(row.duty, row.role) for row in session.scalars(query) if "逾期" in row.sentence]
    assert told == [("checker", None), (None, "supervisor")]
    contact(hall, rating)
    hall.at("2026-03-24T00:00")
    hall.sweep()
    assert [row.details.get("light") for row in hall.history(rating.key)][-1] == "red"


def test_the_clockwork_wakes_for_it_and_it_is_never_early(hall: Hall) -> None:
    rating = said(hall, 2)
    first = clocks(hall, rating)[0]
    with hall.read() as session:
        wake = next_wake(session)
        assert wake is not None and first.next_at is not None and wake <= first.next_at
        assert minute(first.next_at) == "2026-03-04 00:00"
    with refused(hall, NotDue):
        hall.act("system", rating.key, LapseFollowUp(first.id))
    hall.at("2026-03-04T00:00")
    only(hall, rating.key, LapseFollowUp(first.id), Role.SYSTEM)
    with refused(hall, NotDue):
        hall.act("system", rating.key, LapseFollowUp(10**6))


def test_each_limit_of_a_complaint_is_told_as_well(hall: Hall) -> None:
    one = complained(hall)
    hall.at("2026-03-06T00:00")
    hall.sweep()
    row = hall.history(one.key)[-1]
    assert (row.action, row.details["clock"]) == ("lapse_follow_up", "accept")
    examined(hall, one)
    hall.at("2026-04-20T00:00")
    hall.sweep()
    lapsed = [row for row in hall.history(one.key) if row.action == "lapse_follow_up"]
    assert [row.details["clock"] for row in lapsed] == ["accept", "sign", "handle"]
