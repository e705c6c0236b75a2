"""The stored form of a running process: small, compressed, versioned, one opaque value.

Never a JSON column: a database that sorts keys would destroy it.  The diagrams are not part of
it.  Version 2 is a row of compressed frames: a head ``[2, last number, [process, …], lengths]``,
the oldest process first and each ``[caller, over, owns its scope, [block, …]]``; then the element
names, and for every process its variables and its blocks of tasks.  A task is ``[number, parent,
state, element, facts, variables]``, the last two only where it has any; a block holds the tasks
of one process whose numbers lie together, so that a step puts a few of them into words and not
the whole case.  Version 1 is read too.

The live object of a state that was just written is kept for the next step, and **the state
itself is the key**: what the database says is what the live object is, or it is not used.  A
transaction that is rolled back, another process that was faster, a restored backup: the bytes
differ, and the state is decoded.  Taking an object out of the cache is owning it.
"""

import threading
from collections import OrderedDict
from itertools import accumulate, pairwise
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
#: Tasks are kept together by their numbers, so many to a block.
BLOCK = 32
#: Live objects kept by each worker; about 0.05 MB each at 26 departments.
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


class _Press(threading.local):
    """A compressor for each thread: it is costly to make, and must not be shared."""

    def __init__(self) -> None:
        self.press = zstandard.ZstdCompressor(level=1).compress


_zstd = _Press()


def encode(top: Process) -> bytes:
    """Write the process down; only what has changed since the last time is put into words."""
    heads: list[Any] = []
    frames: list[bytes] = []
    for process in top.processes():
        _press_changes(process, top.names)
        caller = process.caller
        owns = caller is None or not process.embedded
        number = 0 if caller is None else caller.id
        blocks = sorted(process.blocks)  # a parent stands before its children
        heads.append([number, process.completed, owns, blocks])
        if owns:
            frames.append(process.variables or _variables(process))
        frames += [process.blocks[block] for block in blocks]
    if len(top.names) != top.named:
        top.named, top.names_written = len(top.names), _zstd.press(orjson.dumps(list(top.names)))
    frames.insert(0, top.names_written)
    head = orjson.dumps([VERSION, top.last, heads, [len(frame) for frame in frames]])
    return b"".join([_zstd.press(head), *frames])


def _variables(process: Any) -> bytes:
    written: bytes = _zstd.press(orjson.dumps(process.scope.writes))
    process.variables = written
    return written


def _press_changes(process: Any, names: dict[str, int]) -> None:
    """Write down again the blocks in which a task has changed."""
    if not process.changed:
        return
    tasks = process.tasks
    for block in {task.id // BLOCK for task in process.changed}:
        numbers = range(block * BLOCK, (block + 1) * BLOCK)
        rows = [_row(tasks[number], names) for number in numbers if number in tasks]
        if rows:
            process.blocks[block] = _zstd.press(orjson.dumps(rows))
        else:
            process.blocks.pop(block, None)
    process.changed.clear()


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
    """What a stored state says, in the form of today; raises StateUnreadable.

    ``[2, last number, names, [[caller, over, variables, [task, …], frames], …]]``, the variables
    None where a process shares those around it; the frames its tasks were read from by block.
    """
    try:
        reader = zstandard.ZstdDecompressor().decompressobj()
        body = orjson.loads(reader.decompress(state))
        version = body[0]
        if version == 1:
            return from_version_1(body, definition)
        if version == VERSION:
            return _unpacked(body, reader.unused_data)
    except (zstandard.ZstdError, orjson.JSONDecodeError, TypeError, ValueError, LookupError):
        raise StateUnreadable(version="?") from None
    raise StateUnreadable(version=version)


def _unpacked(body: list[Any], rest: bytes) -> list[Any]:
    _, last, heads, lengths = body
    if sum(lengths) != len(rest):
        raise ValueError("a state that was cut off")
    ends = list(accumulate(lengths, initial=0))
    unpack_one = zstandard.ZstdDecompressor().decompress
    frames = (rest[a:b] for a, b in pairwise(ends))

    def read(frame: bytes) -> Any:
        return orjson.loads(unpack_one(frame, MAX_BYTES))

    names = read(next(frames))
    processes = []
    for caller, over, owns, blocks in heads:
        writes = read(next(frames)) if owns else None
        read_from = {block: next(frames) for block in blocks}
        rows = [row for frame in read_from.values() for row in read(frame)]
        processes.append([caller, over, writes, rows, read_from])
    return [VERSION, last, names, processes]


def revive(body: list[Any], definition: Definition) -> Process:
    """The live object of an unpacked state."""
    _, last, names, processes = body
    top = Process(definition.spec, definition.called, last)
    as_stored = all(len(process) > 4 for process in processes)
    top.names = {name: place for place, name in enumerate(names)} if as_stored else {}
    tasks: dict[int, Token] = {}
    for caller, completed, writes, rows, *frames in processes:
        process = _inner(top, tasks[caller]) if caller else top
        process.completed = completed
        if writes is not None:
            process.scope.writes = writes
        _restore(process, rows, names, tasks)
        if frames:
            process.blocks = frames[0]
        else:
            process.changed.update(process.tasks.values())
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
    process.task_tree = process.tasks[rows[0][0]]
