"""The stored form of a running process: small, compressed, versioned, one opaque value.

Never a JSON column: a database that sorts keys would destroy it.  The diagrams are not part of
it.  Version 2: ``[2, last number, element names, [process, …]]``, the oldest process first, where
a process is ``[caller, spec, over, variables, [task, …]]`` and a task is ``[number, parent,
state, element, facts]``, with the variables of an instance as a sixth.  Version 1 is read too.

The live object of a state that was just written is kept for the next step, and **the state
itself is the key**: what the database says is what the live object is, or it is not used.  A
transaction that is rolled back, another process that was faster, a restored backup: the bytes
differ, and the state is decoded.  Taking an object out of the cache is owning it.
"""

from collections import OrderedDict
from typing import Any

import orjson
import zstandard

from workflows.engine.definition import Definition
from workflows.engine.former import from_version_1
from workflows.engine.scope import Scope
from workflows.engine.tree import ARMED, LIVE, Inner, Process, Token
from workflows.errors import N_, WorkflowError

VERSION = 2
MAX_BYTES = 50_000_000
#: Live objects kept by each worker; about 0.2 MB each at 26 departments.
MOST_LIVE = 64


class StateUnreadable(WorkflowError):
    """A stored process that this release cannot read."""

    sentence = N_("流程的保存状态无法读取（版本 %(version)s），请联系管理员。")


_live: OrderedDict[tuple[bytes, Definition], Process] = OrderedDict()


def forget() -> None:
    """Empty the cache of live objects."""
    _live.clear()


def keep(state: bytes, definition: Definition, top: Process) -> None:
    """Keep a live object under the state it was written as."""
    _live[state, definition] = top
    while len(_live) > MOST_LIVE:
        _live.popitem(last=False)


def take(state: bytes, definition: Definition) -> Process:
    """The live object of a state, from now on the caller's alone: kept, or decoded."""
    return _live.pop((state, definition), None) or decode(state, definition)


def encode(top: Process) -> bytes:
    """Write the process down; only what has changed since the last time is put into words."""
    parts = [_part(process, top.names) for process in top.processes()]
    if len(top.names) != top.named:
        top.named, top.names_written = len(top.names), orjson.dumps(list(top.names))
    body = b"[%d,%d,%s,[%s]]" % (VERSION, top.last, top.names_written, b",".join(parts))
    return zstandard.ZstdCompressor(level=1).compress(body)


def _part(process: Any, names: dict[str, int]) -> bytes:
    if process.changed:
        for task in sorted(process.changed, key=_number):  # a parent stands before its children
            if task.id in process.tasks:
                process.rows[task.id] = orjson.dumps(_row(task, names))
            else:
                process.rows.pop(task.id, None)
        process.changed.clear()
        process.written = None
    written: bytes | None = process.written
    if written is None:
        caller = process.caller
        owns = caller is None or not process.embedded
        head = [
            0 if caller is None else caller.id,
            process.completed,
            process.scope.writes if owns else None,
        ]
        rows = b",".join(process.rows.values())
        written = process.written = orjson.dumps(head)[:-1] + b",[" + rows + b"]]"
    return written


def _number(task: Token) -> int:
    return task.id


def _row(task: Token, names: dict[str, int]) -> list[Any]:
    place = names.setdefault(task.task_spec.name, len(names))
    row = [task.id, task._parent or 0, task._state, place]
    if task.internal_data:
        row.append(task.internal_data)
        if task.scope.owner is task:
            row.append(task.scope.writes)
    return row


def decode(state: bytes, definition: Definition) -> Process:
    """Bring a stored process back to life on its definition."""
    return revive(unpack(state, definition), definition)


def unpack(state: bytes, definition: Definition) -> list[Any]:
    """The body of a stored state, in the form of today; raises StateUnreadable."""
    try:
        body: list[Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state, MAX_BYTES))
        version = body[0]
    except (zstandard.ZstdError, orjson.JSONDecodeError, TypeError, LookupError):
        raise StateUnreadable(version="?") from None
    if version == 1:
        return from_version_1(body, definition)
    if version != VERSION:
        raise StateUnreadable(version=version)
    return body


def revive(body: list[Any], definition: Definition) -> Process:
    """The live object of an unpacked state."""
    _, last, names, processes = body
    top = Process(definition.spec, definition.called, last)
    top.names = {name: place for place, name in enumerate(names)}
    tasks: dict[int, Token] = {}
    for caller, completed, writes, rows in processes:
        process = _inner(top, tasks[caller]) if caller else top
        process.completed = completed
        if writes is not None:
            process.scope.writes = writes
        _restore(process, rows, names, tasks)
    return top


def _inner(top: Process, caller: Token) -> Inner:
    return top.open_process(caller, caller.task_spec.spec)


def _restore(process: Any, rows: list[Any], names: list[str], tasks: dict[int, Token]) -> None:
    specs = process.spec.task_specs
    for row in rows:
        number, parent, state, place, *more = row
        task = Token(process, specs[names[place]], tasks.get(parent), id=number)
        if more:
            task.internal_data = more[0]
            process.mark(task)
            if len(more) > 1:
                task.scope = Scope(task, process.scope, more[1])
        task._state = state
        if state & (LIVE | ARMED):
            process.enter(task, state)
        tasks[number] = task
        process.rows[number] = orjson.dumps(row)
    process.task_tree = process.tasks[rows[0][0]]
