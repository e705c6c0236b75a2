"""How many bytes a case takes in the database, and how many while it is alive in memory.

    python -m tests.bench.sizes [--quick]

Ours counts the state of the instance, and ``rows`` also all that its rows of tasks and history
hold, since stock keeps that in its one column.  In memory: so many cases waiting for all their
departments at once, each held as its worker would hold it; what Python has allocated for them.
"""

import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from server.memory import settle
from tests.bench.models import Model
from tests.bench.report import Row, ratio, tell
from tests.bench.stored import Ours, Stock, advance, sqlite, task_number
from workflows import engine
from workflows.engine import codec

SIZES = (Model(5), Model(10), Model(26), Model(26, multiple=True), Model(100), Model(300))
QUICK = (Model(3), Model(3, multiple=True))
#: Departments alive at once, over all cases; at most 200 cases.
ALIVE = 3000
#: Up to here stock is taken to the end; then the beginning has to do.
WHOLE = 26


def rows(quick: bool) -> Iterator[Row]:
    """Bytes in the database at three moments, then bytes in memory, for each size."""
    for model in QUICK if quick else SIZES:
        for moment, stock, ours, with_rows in stored(model):
            yield {
                "departments": model.name, "moment": moment, "stock_bytes": stock,
                "ours_bytes": ours, "ratio": ratio(stock, ours) if stock else None,
                "rows_bytes": with_rows, "rows_ratio": ratio(stock, with_rows) if stock else None,
            }  # fmt: skip
    for model in QUICK if quick else SIZES:
        cases = 5 if quick else min(200, max(5, ALIVE // model.departments))
        stock, ours = alive(model, cases)
        yield {
            "departments": model.name, "moment": "alive", "cases": cases, "stock_bytes": stock,
            "ours_bytes": ours, "ratio": ratio(stock, ours),
        }  # fmt: skip


def stored(model: Model) -> Iterator[tuple[str, int, int, int]]:
    """(moment, stock, our state, our state and rows) in bytes; no stock where it takes minutes."""
    acts = list(model.acts())
    moments = {0: "received", 1: "accepted", len(acts) // 2: "middle", len(acts): "finished"}
    with tempfile.TemporaryDirectory() as folder:
        store = sqlite(Path(folder) / "bench.db")
        ours, stock = Ours(store, model), Stock(store, model)
        ours.start(1)
        workflow = stock.fresh()
        for done in range(len(acts) + 1):
            reached = model.departments <= WHOLE or done <= 1
            if done in moments:
                text = stock.serializer.serialize_json(workflow) if reached else ""
                state = len(ours.step.state)
                yield moments[done], len(text.encode()), state, state + _beside(ours)
            if done < len(acts):
                ours.prepare(1, acts[done])()
                if reached:
                    advance(workflow, acts[done])
        store.close()


def _beside(ours: Ours) -> int:
    """The bytes of the rows of tasks and history."""
    tasks = "length(CAST(papers AS BLOB)) + length(element) + 12"
    history = "length(CAST(details AS BLOB)) + length(action) + length(actor) + 12"
    sums = (("bench_tasks", f"coalesce({tasks}, length(element) + 12)"), ("bench_history", history))
    return sum(
        ours.store.run(f"SELECT coalesce(sum({each}), 0) FROM {table}").fetchone()[0]
        for table, each in sums
    )


def alive(model: Model, cases: int) -> tuple[int, int]:
    """Bytes of memory for each of so many cases that wait for all departments: stock, ours."""
    first = next(model.acts())
    with tempfile.TemporaryDirectory() as folder:
        store = sqlite(Path(folder) / "bench.db")
        stock = Stock(store, model)
        definition = engine.load(model.process, (model.diagram(),))

        def of_stock() -> object:
            workflow = stock.fresh()
            advance(workflow, first)
            return workflow

        def of_ours() -> object:
            step = engine.start(definition, model.variables)
            number = task_number(step, first)
            step = engine.complete(definition, step.state, number, first.variables)
            return codec.take(step.state, definition), step

        found = held(of_stock, cases), held(of_ours, cases)
        store.close()
    return found


def held(make: Callable[[], object], count: int) -> int:
    """What one of so many takes in memory."""
    make()  # whatever is made only once
    settle()
    tracemalloc.start()
    kept = [make() for _ in range(count)]
    used, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used // len(kept)


if __name__ == "__main__":
    tell("sizes", rows)
