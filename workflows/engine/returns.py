"""Sending back (退回) across parallel branches, without losing anybody's work.

A return names four things:

* the **target**: a task that was done before, on the way to the one that sends back;
* the **scope**: which parallel branches stop until the target has been done again: only my own,
  listed ones (by the element each begins with), or all;
* **void** or keep: whether the opinions the other branches of the scope have given are void and
  have to be given again, or stand;
* **straight** or not: whether the work comes straight back to where it was sent from, or the way
  from the target is walked again.

What it comes to, by where the parallel block lies that separates target and sender (`ways`):

* no block: walking again is a roll-back; straight, the sender waits while the target is done
  once more.
* target before the block, sender in a branch: the target is done once more.  Meanwhile the
  sender's branch and the others of the scope are held, with their timers; branches outside the
  scope go on.  Walking again, the way leads from the target to the fork, and there the sender's
  branch and the void ones begin anew; straight, what was held opens where it was, the void
  branches begin anew.
* target before the block, sender after it: void branches begin anew, so the join has not fired
  and the sender's task comes back through it; with none void, the sender (straight) or the join
  (walking again) is held.
* target in a branch, sender after the block: walking again takes back the target and the void
  branches; straight, the sender is held or, if a branch is void, the target's token at the join.

Walking again with all branches void is the same as rolling back to the target.
"""

from collections.abc import Set
from dataclasses import dataclass

from workflows.engine.activities import UserTask
from workflows.engine.definition import Definition
from workflows.engine.flow import hold, release
from workflows.engine.instance import Step
from workflows.engine.moves import Moving
from workflows.engine.tree import COMPLETED, NEW, READY, WAITING, Token
from workflows.engine.undo import flow_children, fresh, remove, take_back
from workflows.engine.ways import Block, Way, block_of, head_name, leads_only_to, way_between

#: Only the sender's own branch.
MINE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Terms:
    """On what terms a task is sent back.

    ``scope`` names the branches that stop, by their first element (``element#2`` for the second
    instance of a multi-instance step); `MINE` for the sender's alone, None for all.
    """

    scope: Set[str] | None = MINE
    void: bool = False
    straight: bool = True


@dataclass(frozen=True)
class _Return:
    """A return that was found possible: from where to where, over which block, on what terms."""

    moving: Moving
    way: Way
    block: Block | None
    others: list[Token]
    terms: Terms


def send_back(definition: Definition, state: bytes, number: int, target: int, terms: Terms) -> Step:
    """Send an open task back to an earlier one; see above for what the terms mean.

    Raises TaskNotOpen, or MoveNotPossible when the target does not lie before the task or when
    work outside the scope would be lost.
    """
    moving = Moving(definition, state)
    sender = moving.open_task(number)
    way = way_between(moving.past_task(target), sender)
    if way is None:
        raise moving.refuse("退回的环节不在本环节之前")
    block = block_of(way)
    move = _Return(moving, way, block, _others(moving, block, terms.scope), terms)
    _require_no_loss(move)
    if block is None:
        _in_sequence(move)
    elif block.target_head is not None:
        _into_a_branch(move, block)
    elif terms == Terms(None, void=True, straight=False):
        _again(way.target)
    elif block.sender_head is not None:
        _from_a_branch(move, block, block.sender_head)
    else:
        _over_a_block(move, block)
    return moving.settle()


def _others(moving: Moving, block: Block | None, scope: Set[str] | None) -> list[Token]:
    """The branches of the scope besides those of target and sender."""
    if block is None:
        return []
    heads = {
        head_name(head): head
        for head in block.heads
        if head is not block.target_head and head is not block.sender_head
    }
    if scope is None:
        return list(heads.values())
    unknown = scope - {head_name(head) for head in block.heads}
    if unknown:
        raise moving.refuse("没有这个分支：" + " ".join(sorted(unknown)))
    return [head for name, head in heads.items() if name in scope]


def _require_no_loss(move: _Return) -> None:
    """Refuse what would take back the work of branches outside the scope, or never return."""
    way, block = move.way, move.block
    undoes_join = not move.terms.straight or (move.terms.void and bool(move.others))
    if block and block.target_head and block.later and undoes_join and move.terms.scope is not None:
        raise move.moving.refuse("汇聚之后还有并行的分支在办，请选择全部退回或直接送回")
    if block is None or block.target_head is not None or move.terms.straight:
        return
    if move.terms.scope is None and move.terms.void:
        return
    if way.first is not way.target:
        raise move.moving.refuse("目标环节在被调用的流程里，请选择直接送回或全部重办")
    if not leads_only_to(way.first.task_spec, block.fork.task_spec):
        raise move.moving.refuse("从目标环节不一定走到并行的分支，请选择直接送回或全部重办")


def _again(task: Token) -> None:
    """Open a task again, with all that followed taken back."""
    take_back(task)
    task._set_state(READY)


def _once_more(task: Token, released: list[int], until: str | None = None) -> None:
    """Do a task once more on the side; then (or at ``until``) what was held goes on."""
    spec: UserTask = task.task_spec
    detour = task._add_child(spec)
    detour.scope = task.scope
    detour.note(detour={"release": released, "until": until}, again=True)
    spec.arm_events(detour)
    spec.begin(detour)


def _in_sequence(move: _Return) -> None:
    if move.terms.straight:
        hold(move.way.sender)
        _once_more(move.way.target, [move.way.sender.id])
    else:
        _again(move.way.target)


def _into_a_branch(move: _Return, block: Block) -> None:
    way = move.way
    void = move.others if move.terms.void else []
    if not move.terms.straight:
        _again(way.target)
        for head in void:
            _anew(head)
            release(head)
    elif not void:
        hold(way.sender)
        _once_more(way.target, [way.sender.id])
    else:
        for head in void:
            _anew(head)
            release(head)
        _once_more(way.target, [_hold_end(way.first)])


def _from_a_branch(move: _Return, block: Block, mine: Token) -> None:
    released: list[int] = []
    for head in move.others:
        released += [_anew(head)] if move.terms.void else _hold_branch(head)
    if move.terms.straight:
        released += _hold_branch(mine)
        _once_more(move.way.target, released)
    else:
        released.append(_anew(mine))
        _once_more(move.way.target, released, block.fork.task_spec.name)


def _over_a_block(move: _Return, block: Block) -> None:
    way = move.way
    until = None if move.terms.straight else block.fork.task_spec.name
    if move.terms.void and move.others:
        released = [_anew(head) for head in move.others]
    elif move.terms.straight:
        hold(way.sender)
        released = [way.sender.id]
    else:
        assert block.join is not None
        for child in flow_children(block.join):
            remove(child)
        hold(block.join, COMPLETED)
        released = [block.join.id]
    _once_more(way.target, released, until)


def _anew(head: Token) -> int:
    """Hold a branch at its beginning: what was done in it is void."""
    fresh(head)
    hold(head, NEW)
    return head.id


def _hold_end(task: Token) -> int:
    """Hold the branch of a task at its end: its token at the join, or its finished instance."""
    if "instance" in task.internal_data:
        hold(task, COMPLETED)
        task.parent.note(left=task.parent.internal_data["left"] + 1)
        return task.id
    todo = [task]
    while todo:
        one = todo.pop()
        if one._state == WAITING and one.task_spec.joins:
            hold(one)
            return one.id
        todo += flow_children(one)
    raise AssertionError("a branch that was joined has a token at the join")


def _hold_branch(head: Token) -> list[int]:
    """Hold what is open or armed in a branch, and say what."""
    top = head.workflow.top_workflow
    held = []
    todo = [head]
    while todo:
        task = todo.pop()
        if task.id in top.open or task.id in top.armed:
            hold(task)
            held.append(task.id)
        todo += task.children
        if task.inner is not None:
            todo += task.inner.tasks.values()
    return sorted(set(held))
