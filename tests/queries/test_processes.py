"""Processes and their versions, as a designer sees them."""

from tests.hall import Hall
from workflows.queries.processes import published_versions, running_cases, version, versions

FASTER = ("promised: 13wd", "promised: 12wd")


def test_versions_stand_together_by_process_the_newest_first(hall: Hall) -> None:
    hall.publish(FASTER)
    with hall.read() as session:
        keys = [found.key for found in versions(session)]
        assert keys == ["construction@1", "restaurant@2", "restaurant@1"]


def test_one_version_of_each_process_is_in_force(hall: Hall) -> None:
    hall.publish(FASTER)
    with hall.read() as session:
        keys = {found.key for found in published_versions(session)}
        assert keys == {"construction@1", "restaurant@2"}


def test_a_version_is_found_by_process_and_number(hall: Hall) -> None:
    with hall.read() as session:
        found = version(session, "restaurant", 1)
        assert found is not None
        assert found.name == "开办餐饮店“一件事”"
        assert version(session, "restaurant", 2) is None


def test_unfinished_cases_are_counted_by_the_version_they_began_with(hall: Hall) -> None:
    hall.accepted()
    hall.receive()
    hall.publish(FASTER)
    hall.receive()
    with hall.read() as session:
        found = {key.key: running_cases(session).get(key.id, 0) for key in versions(session)}
    assert found == {"construction@1": 0, "restaurant@2": 1, "restaurant@1": 2}
