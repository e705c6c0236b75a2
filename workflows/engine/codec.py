"""The stored form of a running process: small, compressed, versioned, one opaque value.

Never a JSON column: a database that sorts keys would destroy it.  The diagrams are not part of
it.  Version 2 is a row of compressed frames: a head ``[2, last number, over, lengths]``, the
element names, the variables, and blocks of tasks.  A task is ``[number, parent, state, element,
facts, variables, over, variables inside]``, cut off after the last it has.  A process inside an
activity is told by its caller: the last two are its own, and its first task has the number of the
caller, made negative, for a parent.  A block holds the tasks whose numbers lie together, whatever
they stand in, so that a step puts a few of them into words and not the whole case.  Version 1 is
read too.

The live object of a state that was just written is kept for the next step, and **the state
itself is the key**: what the database says is what the live object is, or it is not used.  A
transaction that is rolled back, another process that was faster, a restored backup: the bytes
differ, and the state is decoded.  Taking an object out of the cache is owning it.
"""

import threading
from collections import OrderedDict
from itertools import accumulate, chain, pairwise
from typing import Any

import orjson
import zstandard

from workflows.engine.definition import Definition
from workflows.engine.former import from_version_1
from workflows.engine.scope import Scope
from workflows.engine.tree import ARMED, LIVE, Process, Token
from workflows.errors import N_, WorkflowError

VERSION = 2
MAX_BYTES = 50_000_000
#: Tasks are kept together by their numbers, so many to a block: part of the format.
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
    _press_changes(top)
    if top.variables is None:
        top.variables = _zstd.press(orjson.dumps(top.scope.writes))
    if len(top.names) != top.named:
        top.named, top.names_written = len(top.names), _zstd.press(orjson.dumps(list(top.names)))
    blocks = [top.blocks[block] for block in sorted(top.blocks)]  # a parent before its children
    frames = [top.names_written, top.variables, *blocks]
    head = orjson.dumps([VERSION, top.last, top.completed, [len(frame) for frame in frames]])
    return b"".join([_zstd.press(head), *frames])


def _press_changes(top: Process) -> None:
    """Write down again the blocks in which a task has changed."""
    tasks = top.numbered
    for block in {number // BLOCK for number in top.changed}:
        numbers = range(block * BLOCK, (block + 1) * BLOCK)
        rows = [_row(tasks[number], top) for number in numbers if number in tasks]
        if rows:
            top.blocks[block] = _zstd.press(orjson.dumps(rows))
        else:
            top.blocks.pop(block, None)
    top.changed.clear()


def _row(task: Token, top: Process) -> list[Any]:
    place = top.names.setdefault(task.task_spec.name, len(top.names))
    row = [task.id, task._parent or -task.workflow.number, task._state, place]
    inner = top.subprocesses.get(task.id)
    own = task.scope.owner is task
    if task.internal_data or inner is not None:
        row.append(task.internal_data)
    if own or inner is not None:
        row.append(task.scope.writes if own else None)
    if inner is not None:
        row += [inner.completed, None if inner.embedded else inner.scope.writes]
    return row


def decode(state: bytes, definition: Definition) -> Process:
    """Bring a stored process back to life on its definition."""
    return revive(unpack(state, definition), definition)


def unpack(state: bytes, definition: Definition) -> list[Any]:
    """What a stored state says, in the form of today; raises StateUnreadable.

    ``[2, last number, names, over, variables, [task, …], frames]``, the frames those that the
    tasks were read from, by block.
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
    _, last, over, lengths = body
    if sum(lengths) != len(rest):
        raise ValueError("a state that was cut off")
    ends = accumulate(lengths, initial=0)
    unpack_one = zstandard.ZstdDecompressor().decompress
    frames = [rest[a:b] for a, b in pairwise(ends)]
    names, writes, *blocks = [orjson.loads(unpack_one(frame, MAX_BYTES)) for frame in frames]
    read = {rows[0][0] // BLOCK: frame for rows, frame in zip(blocks, frames[2:], strict=True)}
    return [VERSION, last, names, over, writes, list(chain.from_iterable(blocks)), read]


def revive(body: list[Any], definition: Definition) -> Process:
    """The live object of an unpacked state."""
    _, last, names, over, writes, rows, *frames = body
    top = Process(definition.spec, definition.called, last)
    top.completed = over
    top.scope.writes = writes
    _restore(top, rows, names)
    if frames:
        top.blocks = frames[0]
        top.names = {name: place for place, name in enumerate(names)}
    else:
        top.changed.update(top.numbered)
    return top


def _restore(top: Process, rows: list[Any], names: list[str]) -> None:
    """Bring the tasks to life, and the processes inside them."""
    tasks = top.numbered
    for number, parent, state, place, *more in rows:
        before = tasks.get(parent)
        process = top.subprocesses.get(-parent, top) if before is None else before.workflow
        task = Token(process, process.spec.task_specs[names[place]], before, id=number)
        if more:
            _restore_rest(task, *more)
        task._state = state
        if state & (LIVE | ARMED):
            process.enter(task, state)


def _restore_rest(
    task: Token, facts: Any, writes: Any = None, over: Any = None, inner: Any = None
) -> None:
    """What few tasks have: facts, variables of their own, a process inside."""
    task.internal_data = facts
    task.workflow.mark(task)
    if writes is not None:
        task.scope = Scope(task, task.parent.scope, writes)
    elif "again" in facts:
        task.scope = task.parent.scope
    if over is not None:
        process = task.workflow.top_workflow.open_process(task, task.task_spec.spec)
        process.completed = over
        if inner is not None:
            process.scope.writes = inner
