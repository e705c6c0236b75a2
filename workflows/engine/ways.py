"""Ways through a running process: what came before what, and the parallel block between.

The tree knows only a task's parent; a join has several tokens before it.  Here both count, so
that "before" means what a person means by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows.engine.elements import EndEvent
from workflows.engine.gateways import InclusiveGateway, ParallelGateway
from workflows.engine.tree import Token
from workflows.engine.undo import flow_children


@dataclass(frozen=True)
class Way:
    """From an earlier task to an open one, both seen from the process they have in common."""

    target: Token
    sender: Token
    #: The target, or the activity it stands in; the sender, or the activity it stands in.
    first: Token
    last: Token
    #: Every task before them, themselves included, by number.
    before_first: dict[int, Token]
    before_last: dict[int, Token]


@dataclass(frozen=True)
class Block:
    """A parallel block on a way: who split it, its branches, and where the way meets them."""

    fork: Token
    heads: list[Token]
    target_head: Token | None = None
    sender_head: Token | None = None
    #: The join that ended it, when both target and sender lie outside.
    join: Token | None = None
    #: Whether the sender stands in a branch of another block after this one.
    later: bool = False


def way_between(target: Token, sender: Token) -> Way | None:
    """The way from a task that is done to an open one; None when it does not lie before it.

    A task that was done again stands for the first time it was done.
    """
    outward = dict(_outward(sender))
    for process, first in _outward(target):
        last = outward.get(process)
        if last is None:
            continue
        before_last = before(last)
        if first.id not in before_last:
            same = [one for one in before_last.values() if one.task_spec is first.task_spec]
            if first is not target or not same:
                return None
            target = first = max(same, key=lambda one: one.id)
        if first is last:
            return None
        return Way(target, sender, first, last, before(first), before_last)
    return None


def _outward(task: Token) -> Iterator[tuple[Any, Token]]:
    """The processes around a task, the nearest first, with the task that stands for it there."""
    at: Token | None = task
    while at is not None:
        yield at.workflow, at
        at = at.workflow.caller


def before(task: Token) -> dict[int, Token]:
    """Every task of the same process that this one followed from, and itself."""
    joined: dict[int, list[Token]] = {}
    for one in task.workflow.tasks.values():
        if "joined" in one.internal_data:
            joined.setdefault(one.internal_data["joined"], []).append(one)
    found: dict[int, Token] = {}
    todo = [task]
    while todo:
        one = todo.pop()
        if one.id in found:
            continue
        found[one.id] = one
        todo += joined.get(one.id, ())
        parent = one.parent
        if parent is not None:
            todo.append(parent)
            if one in flow_children(parent):  # it followed from all instances of that step
                todo += [child for child in parent.children if "instance" in child.internal_data]
    return found


def branches(task: Token) -> list[Token]:
    """The first task of each parallel branch that this task split into; empty if it did not."""
    instances = [child for child in task.children if "instance" in child.internal_data]
    if instances:
        return instances
    if isinstance(task.task_spec, ParallelGateway | InclusiveGateway):
        heads = flow_children(task)
        return heads if len(heads) > 1 else []
    return []


def head_name(head: Token) -> str:
    """How people name a branch: by its first element, and the number of an instance."""
    place = head.internal_data.get("instance")
    name = str(head.task_spec.name)
    return name if place is None else f"{name}#{place}"


def block_of(way: Way) -> Block | None:
    """The outermost parallel block that separates target and sender; None when there is none."""
    around_target: list[Block] = []
    around_sender: list[Block] = []
    between: list[Block] = []
    for fork in sorted(way.before_last.values(), key=lambda one: one.id):
        heads = branches(fork)
        with_target = [head for head in heads if head.id in way.before_first]
        with_sender = [head for head in heads if head.id in way.before_last]
        if len(with_target) == 1 and len(with_sender) > 1:
            around_target.append(Block(fork, heads, target_head=with_target[0]))
        elif fork.id < way.first.id or with_target:
            continue
        elif len(with_sender) == 1:
            around_sender.append(Block(fork, heads, sender_head=with_sender[0]))
        elif len(with_sender) > 1:
            between.append(Block(fork, heads, join=_join_of(fork, with_sender, way)))
    if around_target:
        block = around_target[0]
        return Block(block.fork, block.heads, block.target_head, later=bool(around_sender))
    return next(iter(around_sender + between), None)


def _join_of(fork: Token, heads: list[Token], way: Way) -> Token:
    """The task of the join at which the branches of a block came together on this way."""
    if "instance" in heads[0].internal_data:
        return fork
    wanted = {head.id for head in heads}
    later = (one for number, one in sorted(way.before_last.items()) if number > max(wanted))
    return next(one for one in later if wanted <= before(one).keys())


def leads_only_to(spec: Any, goal: Any) -> bool:
    """Whether every path from an element to an end leads through the goal."""
    seen: set[str] = set()
    todo = [spec]
    while todo:
        one = todo.pop()
        if one is goal or one.name in seen:
            continue
        if isinstance(one, EndEvent):
            return False
        seen.add(one.name)
        todo += one.targets
        todo += [event for event in one.boundary if event.cancel_activity]
    return True
