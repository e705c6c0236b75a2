"""Hundreds of random diagrams run as the rules say, step by step; and the referee is checked too.

The long run is ``python -m tests.engine.oracle --seed 1 --models 20000``.
"""

from typing import Any

import pytest

from tests.engine.oracle.blocks import every
from tests.engine.oracle.long import examine
from tests.engine.oracle.models import ALL, model
from tests.engine.oracle.report import arrows
from tests.engine.oracle.shrink import shrink
from tests.engine.oracle.stock import KINDS, SAME, outcome
from tests.engine.oracle.xml import draw
from workflows import engine
from workflows.engine.activities import Activity
from workflows.engine.elements import Element
from workflows.engine.gateways import InclusiveGateway, ParallelGateway

CHUNK = 75


@pytest.mark.parametrize("chunk", range(16))
def test_random_diagrams_run_as_the_rules_say(chunk: int) -> None:
    tally = examine(range(chunk * CHUNK, (chunk + 1) * CHUNK), ALL, runs=1)
    for seed, run, _ in tally.deviations[:1]:
        small, found = shrink(model(seed), run)
        pytest.fail("\n".join([f"seed {seed}", arrows(small), *found.actions, found.what]))
    assert tally.runs == CHUNK and tally.steps > CHUNK


def test_publication_accepts_every_tidy_random_diagram() -> None:
    for seed in range(150):
        drawn = draw(model(seed, ALL - {"graph", "refusal"}))
        assert engine.check({"p.bpmn": drawn}) == ()


def test_stock_deviates_in_some_of_the_diagrams_it_can_run() -> None:
    found = [outcome(model(seed, KINDS), seed) for seed in range(60)]
    assert found.count(SAME) > 30
    assert "other tasks are open" in found


# -- the referee sees ------------------------------------------------------------------------------

DEFECTS: dict[str, tuple[Any, str, Any]] = {
    "a parallel join that waits for nobody": (ParallelGateway, "arrive", Element.arrive),
    "an inclusive join that waits for nobody": (InclusiveGateway, "enabled", lambda *_: True),
    "a completion condition that nobody reads": (Activity, "_enough", lambda *_: False),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_seen_and_made_small(
    defect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*DEFECTS[defect])
    seeds = iter(range(10**6, 10**6 + 300))
    tally = next(tally for seed in seeds if (tally := examine([seed], ALL)).deviations)
    [(seed, run, _)] = tally.deviations
    small, found = shrink(model(seed), run)
    blocks = [b for body in small.processes.values() for b in every(body) if b.kind != "seq"]
    assert len(blocks) <= 8
    assert len(found.actions) <= 6


def test_the_oracle_shares_no_code_with_the_engine() -> None:
    parts = ("diagram", "words", "pieces", "rules", "game")
    for part in parts:
        module = __import__(f"tests.engine.oracle.{part}", fromlist=[part])
        names = {getattr(v, "__module__", "") or "" for v in vars(module).values()}
        assert not [name for name in names if name.startswith(("workflows", "Spiff"))]
