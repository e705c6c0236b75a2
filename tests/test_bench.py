"""The measurements can still be taken: each program of `bench` with the smallest sizes."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import engine, lists, processes, publish, report, sizes, web
from tests.bench.perform import hall_at
from tests.hall import Hall
from tests.rush import served
from tests.wide import wide

postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def garbage_as_before() -> Iterator[None]:
    """What is measured sets the collector as a server does; other tests go on as they were."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_ours_waits_for_the_same_people_as_stock_after_every_act_and_costs_less() -> None:
    rows = [row for row in engine.rows(quick=True) if row["way"] == "ours, cached"]
    assert [row["departments"] for row in rows] == ["3", "3mi"]
    assert all(float(row["completion_ratio"] or 0) > 5 for row in rows)


def test_publishing_and_sizes_are_measured_on_a_diagram_that_is_published() -> None:
    assert all(float(row["load_ms"] or 0) > 0 for row in publish.rows(quick=True))
    assert all(float(row["ours_bytes"] or 0) > 0 for row in sizes.rows(quick=True))


@postgresql_only
def test_processes_get_through_all_their_acts(hall: Hall) -> None:
    rows = list(processes.measure(hall, departments=2, cases=2, counts=(1,)))
    assert [row["kind"] for row in rows] == ["stock", "engine", "perform"]


@sqlite_only
def test_the_web_answers_every_kind_of_request(hall: Hall) -> None:
    process = wide(hall, 2)
    with served(hall.services.settings, hall.clock.now()) as port:
        found = web.measure(hall, process, port, rounds=1)
    assert set(found) == {"health", "desk", "task", "case", "submit"} and all(found.values())


@sqlite_only
def test_pages_and_acts_are_compared_with_few_and_many_finished_cases(
    hall: Hall, seeded_sqlite: Path, tmp_path: Path
) -> None:
    shutil.copy(seeded_sqlite, tmp_path / "other.db")
    other = hall_at(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    found = {row["request"]: row for row in lists.measure({2: hall, 4: other}, departments=2)}
    other.services.database.close()
    assert {"work list", "case page", "opinion", "sweep"} <= set(found)


def test_a_report_is_a_table_of_everything_that_occurs() -> None:
    shown = report.table([{"way": "a", "ms": 1234.5}, {"way": "b", "ratio": 2}])
    assert shown.split() == ["way", "ms", "ratio", "a", "1234", "b", "2"]
