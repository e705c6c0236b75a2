"""By a newer calendar the limits of follow-ups move too, in a row of history; judged ones stay."""

from server.scheduler import recount_all
from server.view import minute
from tests.calendars import imported
from tests.evidence import only, path, refused
from tests.hall import Hall
from tests.ratings import clocks, said
from workflows.actions.recount_follow_up import FollowUpStays, RecountFollowUp
from workflows.permissions import Role
from workflows.queries.timeline import verify_all


def test_an_import_moves_what_is_open_and_writes_it_down(hall: Hall) -> None:
    hall.at("2027-01-25T09:30")
    rating = said(hall, 1)
    before = {one.clock.value: minute(one.due_at) for one in clocks(hall, rating)}
    assert all(one.provisional for one in clocks(hall, rating))
    imported(hall)
    hall.clock.advance(seconds=5)
    recount_all(hall.services)
    event = hall.history(rating.key)[-1]
    assert (event.action, event.actor, path(event)) == (
        "recount_follow_up", "system", ("bad", "bad"),
    )  # fmt: skip
    after = {one.clock.value: minute(one.due_at) for one in clocks(hall, rating)}
    moved = {one["clock"]: (one["from"], one["to"]) for one in event.details["recounted"]}
    assert moved == {clock: (before[clock], after[clock]) for clock in before}
    assert before["contact"] == after["contact"] and before["rectify"] != after["rectify"]
    with hall.read() as session:
        assert not [chain for chain in verify_all(session) if chain.fault]
    with refused(hall, FollowUpStays):
        hall.act("system", rating.key, RecountFollowUp())
    only(hall, rating.key, RecountFollowUp(), Role.SYSTEM)


def test_what_was_found_to_be_late_stays_late(hall: Hall) -> None:
    hall.at("2027-01-25T09:30")
    rating = said(hall, 1)
    hall.at("2027-03-31T09:30")
    hall.sweep()
    imported(hall)
    hall.clock.advance(seconds=5)
    recount_all(hall.services)
    assert "recount_follow_up" not in hall.actions(rating.key)
