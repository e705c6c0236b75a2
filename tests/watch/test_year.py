"""A small year: every kind of fault is planted, and each rule finds its own and nothing else.

The whole year is `python -m tests.bench.year`.
"""

from pathlib import Path

from tests.bench.year import half, hall_of, set_up
from tests.year.calendar import AFTER
from tests.year.judging import judged
from tests.year.merging import merge
from tests.year.plants import KINDS
from workflows.queries.timeline import verify_all
from workflows.watch.rules import RULES

CASES, SITES = 36, 2


def test_every_rule_fires_on_what_was_planted_for_it_and_on_nothing_else(tmp_path: Path) -> None:
    set_up(tmp_path / "seed.db")
    expected = []
    for turn in range(2):
        row, found = half((tmp_path, turn, CASES, 1, SITES))
        assert row["cases"] == CASES
        expected += found
    assert {one.rule for one in expected} == set(RULES)
    assert {name.split()[0] for name in KINDS} | {"R11"} == set(RULES)
    merge(tmp_path / "hall0.db", tmp_path / "hall1.db", tmp_path / "seed.db")
    with hall_of(tmp_path / "hall0.db", AFTER) as services:
        verdicts = list(judged(services, expected))
        with services.database.readers() as session:
            chains = list(verify_all(session))
    assert [one for one in verdicts if not one.right] == []
    assert sum(one.found for one in verdicts) == len(expected) > 80
    assert [chain for chain in chains if chain.fault] == []
    assert len(chains) > 2 * CASES
