"""What a completion and a whole case cost, engine and storage together, as departments grow.

    python -m tests.bench.engine [--quick]

Four ways through the same acts of the same case, each act in one transaction on SQLite (WAL,
synchronous=NORMAL): stock SpiffWorkflow; ours with its live cache; ours without; and the floor,
which writes the very rows of ours without running any engine.  Whole cases of the four take
turns.  Times are of the processor, so that neighbours on the machine do not count; of each act
the median of all rounds is taken.  All four run with the garbage collector as the product sets
it, which makes stock a fifth quicker.  After every act all must wait for the same people.
"""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

from server.memory import settle
from tests.bench.models import Model
from tests.bench.report import Row, ratio, rounded, tell
from tests.bench.stored import Floor, Ours, Stock, Store, Way, sqlite

SIZES = (
    Model(5), Model(5, multiple=True), Model(10), Model(26), Model(26, multiple=True), Model(100),
    Model(300), Model(300, multiple=True),
)  # fmt: skip
QUICK = (Model(3), Model(3, multiple=True))
#: Departments times acts that stock does in one case: all of those of 300 take ten minutes.
STOCK_WORK = 2400


def rows(quick: bool = False) -> Iterator[Row]:
    """A row for each way through each size of case; growth is over the smallest of its kind."""
    smallest: dict[tuple[str, bool], float] = {}
    for model in QUICK if quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            race = Race(model, sqlite(Path(folder) / "bench.db"))
            settle()
            for number in range(1 if quick else 5 if model.departments < 100 else 3):
                race.round(number)
            race.store.close()
        for name in race.laps:
            completion = race.completion(name)
            least = smallest.setdefault((name, model.multiple), completion)
            yield race.row(name) | {"growth": ratio(completion, least)}


class Race:
    """One size of case, gone through in four ways, again and again."""

    def __init__(self, model: Model, store: Store) -> None:
        self.store = store
        self.model = model
        self.acts = list(model.acts())
        self.stock_acts = max(8, STOCK_WORK // model.departments)
        cached = Ours(store, model)
        self.ways: dict[str, Way] = {
            "stock": Stock(store, model),
            "ours, cached": cached,
            "ours, no cache": Ours(store, model, forgetful=True),
            "floor": Floor(cached),
        }
        self.laps: dict[str, list[list[float]]] = {name: [] for name in self.ways}

    def round(self, number: int) -> None:
        """A whole case of each, and what people wait for compared between them."""
        seen = []
        for place, (name, way) in enumerate(self.ways.items()):
            acts = self.stock_acts if name == "stock" else len(self.acts)
            seen.append(self._lap(name, way, number * len(self.ways) + place, acts))
        for others in seen[1:]:
            assert others[: len(seen[0])] == seen[0], "somebody waits for somebody else"

    def _lap(self, name: str, way: Way, key: int, acts: int) -> list[list[str]]:
        """Time every act of one case; gives what was waited for after each."""
        way.clear()
        gc.collect()
        began = process_time()
        way.start(key)
        times = [(process_time() - began) * 1000]
        seen = []
        for act in self.acts[:acts]:
            doing = way.prepare(key, act)
            began = process_time()
            doing()
            times.append((process_time() - began) * 1000)
            seen.append(way.waiting(key))
        self.laps[name].append(times)
        return seen

    def completion(self, name: str) -> float:
        """What one act costs, begun cases left out."""
        return rounded(median(self._acts(name)[1:]))

    def _acts(self, name: str) -> list[float]:
        return [median(times) for times in zip(*self.laps[name], strict=True)]

    def case(self, name: str) -> float:
        """What a whole case costs; reckoned from the acts that were done where not all were."""
        acts = self._acts(name)
        begun, *done = acts
        return rounded(begun + sum(done) / len(done) * len(self.acts))

    def row(self, name: str) -> Row:
        """The figures of one way."""
        case, completion = self.case(name), self.completion(name)
        return {
            "departments": self.model.name,
            "way": name,
            "acts": len(self.laps[name][0]) - 1,
            "of": len(self.acts),
            "rounds": len(self.laps[name]),
            "start_ms": rounded(self._acts(name)[0]),
            "completion_ms": completion,
            "slowest_ms": rounded(max(self._acts(name)[1:])),
            "case_ms": case,
            "completion_ratio": ratio(self.completion("stock"), completion),
            "case_ratio": ratio(self.case("stock"), case),
            "times_floor": ratio(completion, self.completion("floor")),
        }


if __name__ == "__main__":
    tell("engine", rows)
