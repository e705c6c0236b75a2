"""A case in a database, twice: as stock SpiffWorkflow documents it, and as the product does it.

Both load, complete one task, run to rest and save, in one transaction for every act.  Stock
keeps the whole workflow, diagram included, in one column of text.  Ours keeps the state of the
instance and, like the product, a row for every task and a row of history for every act.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import orjson
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from tests.bench.models import Act, Model
from workflows import engine
from workflows.engine import codec

TABLES = (
    "CREATE TABLE bench_stock (id INTEGER PRIMARY KEY, body TEXT)",
    "CREATE TABLE bench_instances (id INTEGER PRIMARY KEY, state {blob})",
    "CREATE TABLE bench_tasks (instance INTEGER, number INTEGER, element TEXT, closed_at INTEGER,"
    " papers TEXT, PRIMARY KEY (instance, number))",
    "CREATE TABLE bench_history (instance INTEGER, task INTEGER, at INTEGER, actor TEXT,"
    " action TEXT, details TEXT, PRIMARY KEY (instance, task))",
)
#: The instant of every act, in seconds: one Monday morning.
AT = 1_772_415_000

Doing = Callable[[], object]


class Store:
    """A connection of either database; statements are written with question marks."""

    def __init__(self, connection: Any, postgres: bool = False) -> None:
        self.connection = connection
        self.postgres = postgres

    def run(self, statement: str, *parameters: Any) -> Any:
        """Execute one statement with its parameters."""
        text = statement.replace("?", "%s") if self.postgres else statement
        return self.connection.execute(text, parameters)

    def create(self) -> None:
        """Make the tables."""
        for statement in TABLES:
            self.run(statement.format(blob="BYTEA" if self.postgres else "BLOB"))

    def transaction(self, doing: Doing) -> Any:
        """Do something between begin and commit."""
        self.run("BEGIN" if self.postgres else "BEGIN IMMEDIATE")
        done = doing()
        self.run("COMMIT")
        return done

    def stored(self, table: str, column: str, key: int) -> Any:
        """Read a stored workflow, keeping others from changing it meanwhile."""
        lock = " FOR UPDATE" if self.postgres else ""
        query = f"SELECT {column} FROM {table} WHERE id = ?{lock}"
        return self.run(query, key).fetchone()[0]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def sqlite(path: Path) -> Store:
    """A new file, set as the product sets it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=15000")
    store = Store(connection)
    store.create()
    return store


class Way(Protocol):
    """A way to run and store a case."""

    def clear(self) -> None:
        """Let go of the case before."""

    def start(self, key: int) -> None:
        """Begin a case."""

    def prepare(self, key: int, act: Act) -> Doing:
        """What will do this act: the task is found first, as a person finds it on a page."""

    def waiting(self, key: int) -> list[str]:
        """The elements that wait for people."""


class Stock:
    """SpiffWorkflow as its documentation stores it."""

    def __init__(self, store: Store, model: Model) -> None:
        self.store = store
        self.model = model
        self.spec, self.called = parse(model)
        self.serializer = BpmnWorkflowSerializer()
        self.seen: dict[int, BpmnWorkflow] = {}

    def fresh(self) -> BpmnWorkflow:
        """A workflow that waits for its first task."""
        workflow = BpmnWorkflow(self.spec, self.called)
        workflow.task_tree.data.update(self.model.variables)
        workflow.do_engine_steps()
        return workflow

    def clear(self) -> None:
        self.seen.clear()

    def start(self, key: int) -> None:
        def begin() -> None:
            body = self.serializer.serialize_json(self.fresh())
            self.store.run("INSERT INTO bench_stock VALUES (?, ?)", key, body)

        self.store.transaction(begin)

    def prepare(self, key: int, act: Act) -> Doing:
        def complete() -> None:
            text = self.store.stored("bench_stock", "body", key)
            workflow = self.serializer.deserialize_json(text)
            advance(workflow, act)
            body = self.serializer.serialize_json(workflow)
            self.store.run("UPDATE bench_stock SET body = ? WHERE id = ?", body, key)
            self.seen[key] = workflow

        return lambda: self.store.transaction(complete)

    def waiting(self, key: int) -> list[str]:
        ready = self.seen.pop(key).get_tasks(state=TaskState.READY, manual=True)
        return sorted(task.task_spec.name for task in ready)


def parse(model: Model) -> tuple[Any, dict[str, Any]]:
    """A diagram as stock reads it: the process, and what it calls."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(model.diagram(quoted=True).encode()))
    return parser.get_spec(model.process), parser.get_subprocess_specs(model.process)


def advance(workflow: Any, act: Act) -> None:
    """Complete the task of an act and run to rest, as stock does it."""
    found = workflow.get_tasks(state=TaskState.READY, manual=True, spec_name=act.element)
    task = next(one for one in found if one.data.get("department") in (None, act.department))
    task.data.update(act.variables | act.papers)
    task.run()
    workflow.do_engine_steps()


class Ours:
    """Our engine, stored as the product stores it; ``forgetful`` empties the live cache."""

    def __init__(self, store: Store, model: Model, forgetful: bool = False) -> None:
        self.store = store
        self.model = model
        self.forgetful = forgetful
        self.definition = engine.load(model.process, (model.diagram(),))
        self.trail: list[tuple[int, engine.Step]] = []

    @property
    def step(self) -> engine.Step:
        """Where the case at hand stands."""
        return self.trail[-1][1]

    def clear(self) -> None:
        self.trail.clear()
        codec.forget()

    def start(self, key: int) -> None:
        def begin() -> engine.Step:
            step = engine.start(self.definition, self.model.variables)
            begin_rows(self.store, key, step)
            return step

        self.trail.append((0, self.store.transaction(begin)))

    def prepare(self, key: int, act: Act) -> Doing:
        number = task_number(self.step, act)
        if self.forgetful:
            codec.forget()

        def complete() -> engine.Step:
            state = bytes(self.store.stored("bench_instances", "state", key))
            step = engine.complete(self.definition, state, number, act.variables)
            act_rows(self.store, key, act, number, step)
            return step

        return lambda: self.trail.append((number, self.store.transaction(complete)))

    def waiting(self, key: int) -> list[str]:
        return sorted(task.element for task in self.step.open_tasks)


def task_number(step: engine.Step, act: Act) -> int:
    """The number of the open task an act is about."""
    for task in step.open_tasks:
        if task.element == act.element and task.instance in (None, (act.department or 0) + 1):
            return task.number
    raise LookupError(f"{act.element} of {act.department} is not open")


class Floor:
    """The rows that the last case of ours wrote, written again without an engine."""

    def __init__(self, recorded: Ours) -> None:
        self.recorded = recorded
        self.place = 0

    def clear(self) -> None:
        self.place = 0

    def start(self, key: int) -> None:
        store, (_, step) = self.recorded.store, self.recorded.trail[0]
        store.transaction(lambda: begin_rows(store, key, step))

    def prepare(self, key: int, act: Act) -> Doing:
        self.place += 1
        store, (number, step) = self.recorded.store, self.recorded.trail[self.place]

        def write() -> None:
            store.stored("bench_instances", "state", key)
            act_rows(store, key, act, number, step)

        return lambda: store.transaction(write)

    def waiting(self, key: int) -> list[str]:
        return sorted(task.element for task in self.recorded.trail[self.place][1].open_tasks)


def begin_rows(store: Store, key: int, step: engine.Step) -> None:
    """What the beginning of a case leaves in the database."""
    store.run("INSERT INTO bench_instances VALUES (?, ?)", key, step.state)
    open_rows(store, key, step.open_tasks)


def act_rows(store: Store, key: int, act: Act, number: int, step: engine.Step) -> None:
    """What an act leaves in the database."""
    last = store.run("SELECT max(number) FROM bench_tasks WHERE instance = ?", key).fetchone()[0]
    store.run("UPDATE bench_instances SET state = ? WHERE id = ?", step.state, key)
    store.run(
        "UPDATE bench_tasks SET closed_at = ?, papers = ? WHERE instance = ? AND number = ?",
        AT, orjson.dumps(act.papers).decode(), key, number,
    )  # fmt: skip
    open_rows(store, key, [task for task in step.open_tasks if task.number > last])
    store.run(
        "INSERT INTO bench_history VALUES (?, ?, ?, ?, ?, ?)",
        key, number, AT, "王建国", act.element, orjson.dumps(act.variables).decode(),
    )  # fmt: skip


def open_rows(store: Store, key: int, opened: Sequence[engine.OpenTask]) -> None:
    """A row for each task that has opened."""
    if opened:
        rows = ", ".join(["(?, ?, ?, NULL, NULL)"] * len(opened))
        values = [value for task in opened for value in (key, task.number, task.element)]
        store.run(f"INSERT INTO bench_tasks VALUES {rows}", *values)
