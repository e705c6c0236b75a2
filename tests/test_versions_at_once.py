"""Versions published, and taking effect, at the same moment: one is in force, by one row each."""

from datetime import date

from tests.hall import Hall
from tests.processes import PROCESSES
from tests.test_races import all_chains_are_whole, at_once, run_all, sweep_at_once
from workflows.actions.publish_process import PublishProcess
from workflows.queries.processes import overview


def in_force(hall: Hall) -> list[str]:
    with hall.read() as session:
        whole = overview(session, "restaurant")
        assert whole is not None
        return [row.key for row in whole.versions if row.state == "published"]


def test_of_versions_published_at_once_and_taking_effect_at_once_one_is_in_force(
    hall: Hall,
) -> None:
    keys = [hall.act("designer1", "restaurant", hall.upload()).key for _ in range(4)]
    now, later = keys[:2], keys[2:]
    assert at_once(hall, [("designer2", key, PublishProcess()) for key in now]) == {"done": 2}
    assert len(in_force(hall)) == 1 and set(in_force(hall)) <= set(now)
    for key in later:
        hall.act("designer2", key, PublishProcess(date(2026, 4, 1)))
    hall.at("2026-04-01T00:00")
    gate, taken = PROCESSES.Barrier(2), PROCESSES.Queue()
    run_all(sweep_at_once, [(hall.services.settings, hall.clock.now(), gate, taken)] * 2)
    assert taken.get(timeout=10) + taken.get(timeout=10) == 2
    assert len(in_force(hall)) == 1 and set(in_force(hall)) <= set(later)
    assert [hall.actions(key).count("take_effect") for key in later] == [1, 1]
    assert all_chains_are_whole(hall)
