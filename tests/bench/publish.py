"""What it costs to publish a diagram and to load it, as departments grow.

    python -m tests.bench.publish [--quick]

``stock`` parses.  Ours checks at publication (``check``; ``examine`` is the same with a trial
run, in a process of its own) and parses when a process first needs the version (``load``).
"""

from collections.abc import Iterator

from server.memory import settle
from tests.bench.models import Model
from tests.bench.report import Row, elapsed, median, tell
from tests.bench.stored import parse
from workflows import engine
from workflows.engine import sandbox

SIZES = (Model(5), Model(10), Model(26), Model(26, multiple=True), Model(100), Model(300))
QUICK = (Model(3), Model(3, multiple=True))


def rows(quick: bool) -> Iterator[Row]:
    """A row for each size of diagram."""
    for model in QUICK if quick else SIZES:
        rounds = 1 if quick else 3 if model.departments > 26 else 7
        settle()
        yield measure(model, rounds)


def measure(model: Model, rounds: int) -> Row:
    """The three in turn, so often."""
    text = model.diagram()
    stock, check, load, examine = [], [], [], []
    for turn in range(rounds):
        stock.append(elapsed(lambda: parse(model)))
        check.append(elapsed(lambda: _checked(text)))
        load.append(elapsed(lambda: engine.load.__wrapped__(model.process, (text,))))
        examine.append(elapsed(lambda turn=turn: _examined(model, text, turn)))  # type: ignore[misc]
    return {
        "departments": model.name, "bytes": len(text.encode()),
        "stock_parse_ms": median(stock), "check_ms": median(check), "load_ms": median(load),
        "examine_ms": median(examine),
    }  # fmt: skip


def _checked(text: str) -> None:
    assert not engine.check({"joint.bpmn": text})


def _examined(model: Model, text: str, turn: int) -> None:
    """Examine it anew: a name that nothing uses keeps the result of the turn before away."""
    known = {name for act in model.acts() for name in act.variables}
    names = {"departments", "department", f"turn{turn}", *known}
    trials = {model.process: [model.variables]}
    found = sandbox.examine({"joint.bpmn": text}, names, trials)
    assert not found.faults and not found.failures, found


if __name__ == "__main__":
    tell("publish", rows)
