"""Ways through a running process: what came before what, and the parallel block between.

The tree knows only a task's parent; a join has several tokens before it.  Here both count, so
that "before" means what a person means by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workflows.engine.elements import EndEvent
from workflows.engine.gateways import InclusiveGateway, ParallelGateway
from workflows.engine.tree import CANCELLED, Token
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

    @property
    def inside(self) -> bool:
        """Whether the target stands in a process inside the one they have in common."""
        return self.first is not self.target

    def jumped(self) -> bool:
        """Whether a jump on the way took others with it, so that no block is whole any more."""
        tasks = [one for one in self.before_last.values() if one.id not in self.before_first]
        jumps = {one.id for one in [self.first, self.first.activity, *tasks] if _jumped(one)}
        others = self.first.workflow.tasks.values()
        return any(one.internal_data.get("by") in jumps and one.id not in jumps for one in others)

    def repeated(self) -> Token | None:
        """The task that is being done once more, and has led to the sender since the target."""
        found = (one for one in self.before_last.values() if "detour" in one.internal_data)
        since = [one for one in found if one.id > self.first.id and one.id not in self.before_first]
        return min(since, key=_by_number, default=None)


@dataclass(frozen=True)
class Block:
    """A parallel block on a way: who split it, its branches, and where the way meets them."""

    fork: Token
    heads: list[Token]
    target_head: Token | None = None
    sender_head: Token | None = None
    #: The join that ended it, when both target and sender lie outside.
    join: Token | None = None
    #: Whether there are other blocks on the way, besides those inside the target's branch.
    others: bool = False


def _jumped(task: Token) -> bool:
    return task._state == CANCELLED and task.internal_data["by"] == task.id


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
        if first is target:
            target = first = _latest(target, before_last)
        return Way(target, sender, first, last, before(first), before_last)
    return None


def _latest(task: Token, among: dict[int, Token]) -> Token:
    """A task, or the latest time it was done once more on this way."""
    for child in reversed(task.children):
        if "again" in child.internal_data and child.id in among:
            return _latest(child, among)
    return task


def _by_number(task: Token) -> int:
    return task.id


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
            instances = [child for child in parent.children if "instance" in child.internal_data]
            if one in flow_children(parent):  # it followed from all instances of that step
                todo += instances
            elif one in instances and one.task_spec.multiple.sequential:
                todo += instances[: instances.index(one)]
    return found


def branches(task: Token) -> list[Token]:
    """The first task of each parallel branch that this task split into; empty if it did not."""
    instances = [child for child in task.children if "instance" in child.internal_data]
    if instances:
        if task.task_spec.multiple.sequential:
            return []
        return [one for one in instances if one.internal_data.get("by") != one.id]
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
    """The parallel block that separates target and sender; None when there is none.

    The outermost one that only one of them stands in; else, of those passed, the last.
    """
    around_target: list[Block] = []
    around_sender: list[Block] = []
    passed: list[Block] = []
    for fork in sorted(way.before_last.values(), key=_by_number):
        heads = branches(fork)
        with_target = [head for head in heads if head.id in way.before_first]
        with_sender = [head for head in heads if head.id in way.before_last]
        if len(with_target) == 1 and len(with_sender) > 1:
            around_target.append(Block(fork, heads, target_head=with_target[0]))
        elif fork.id < way.first.id or with_target:
            continue
        elif len(with_sender) == 1:
            around_sender.append(Block(fork, heads, sender_head=with_sender[0]))
        elif len(with_sender) > 1 and not any(_within(fork, block) for block in passed):
            passed.append(Block(fork, heads, join=_join_of(fork, with_sender, way)))
    if around_target:
        block = around_target[0]
        later = (one for one in around_sender + passed if not _within(one.fork, block))
        return replace(block, others=any(later))
    block_found = next(iter(around_sender + passed[::-1]), None)
    if block_found is None:
        return None
    spec = block_found.fork.task_spec  # an earlier round of the same block is no other block
    return replace(block_found, others=any(one.fork.task_spec is not spec for one in passed))


def _within(fork: Token, block: Block) -> bool:
    """Whether a fork stands in one branch of a block, rather than before or after it."""
    earlier = before(fork)
    return sum(1 for head in block.heads if head.id in earlier) == 1


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
