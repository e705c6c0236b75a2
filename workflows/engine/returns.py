"""Sending back (退回) across parallel branches, without losing anybody's work.

A return names four things:

* the **target**: a task that was done before, on the way to the one that sends back;
* the **scope**: which parallel branches stop until the target has been done again: only my own,
  listed ones (by the element each begins with), or all;
* **void** or keep: whether the opinions the other branches of the scope have given are void and
  have to be given again, or stand;
* **straight** or not: whether the work comes straight back to where it was sent from, or the way
  from the target is walked again.

What it comes to, by where the parallel block lies that separates target and sender (`ways`; of
several blocks one after another it is the last):

* no block: walking again is a roll-back; straight, the sender waits while the target is done
  once more.  Where the sender itself is on a way that is walked again, and the target lies before
  that way, the sender's turn comes again when the way has been walked as far.
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

Walking again with all branches void is the same as rolling back to the target.  A target in a
called process that is over takes that process up again (`inside`).  Two returns are two
questions: each has its own answer, and who is held by both waits for both.  When a limit or a
message interrupts what is done once more and leads to those who wait, they go on; when it leads
elsewhere, it is as if it had happened the first time.  Refused is whatever would lose the work of
branches outside the scope, or ask again those who were to keep their opinion.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from workflows.engine.activities import UserTask
from workflows.engine.approvals import Rule
from workflows.engine.definition import Definition
from workflows.engine.flow import hold, release
from workflows.engine.holding import anew, hold_branch, hold_end, hold_sender, hold_timers
from workflows.engine.inside import once_more_inside, stands_inside
from workflows.engine.instance import Step
from workflows.engine.moves import MoveNotPossible, Moving, open_again
from workflows.engine.tree import COMPLETED, LIVE, NEW, STARTED, Process, Token
from workflows.engine.undo import clear, flow_children, remove
from workflows.engine.ways import Block, Way, block_of, head_name, leads_only_to, way_between
from workflows.errors import N_

VOTE_SETTLED = N_("票签提前有了结论，重投后要由其他人接着投，请选择重新走一遍流程")
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


#: Everybody again, and the way walked again: a roll-back.
ALL_OVER = Terms(None, void=True, straight=False)


@dataclass(frozen=True)
class _Return:
    """A return that was found possible: from where to where, over which block, on what terms."""

    top: Process
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
    goal = moving.past_task(target)
    if goal._state == STARTED and _signs_for(sender, goal):
        # who signs after the task waits for his turn again
        open_again(moving.top, goal)
        return moving.settle()
    way = way_between(goal, sender)
    if way is None:
        raise MoveNotPossible(why=N_("退回的环节不在本环节之前"))
    block = None if way.jumped() else block_of(way)
    move = _Return(moving.top, way, block, _others(block, terms.scope), terms)
    _require_no_loss(move)
    if block is None:
        _in_sequence(move)
    elif block.target_head is not None:
        _into_a_branch(move)
    elif terms == ALL_OVER:
        open_again(moving.top, way.target)
    elif block.sender_head is not None:
        _from_a_branch(move, block, block.sender_head)
    else:
        _over_a_block(move, block)
    return moving.settle()


def _signs_for(task: Token, goal: Token) -> bool:
    """Whether somebody was asked to sign with this other task, or with one who signs with it."""
    while "signs" in task.internal_data:
        task = task.parent
        if task is goal:
            return True
    return False


def _others(block: Block | None, scope: Set[str] | None) -> list[Token]:
    """The branches of the scope besides those of target and sender."""
    if block is None:
        return []
    heads = {
        head_name(head): head
        for head in block.heads
        if head is not block.target_head
        and head is not block.sender_head
        and head.internal_data.get("by") != block.fork.id  # the step was over without it
    }
    if scope is None:
        return list(heads.values())
    unknown = scope - {head_name(head) for head in block.heads}
    if unknown:
        raise MoveNotPossible(why=N_("没有这个分支"))
    return [head for name, head in heads.items() if name in scope]


def _require_no_loss(move: _Return) -> None:
    """Refuse what would take back the work of branches outside the scope, or never return."""
    way, block, terms = move.way, move.block, move.terms
    if block is None:
        if way.jumped() and terms != ALL_OVER and (terms.void or not terms.straight):
            raise MoveNotPossible(
                why=N_("中间有过跳转，请选择直接送回并保留意见，或者全部等待、作废、重走")
            )
        return
    if block.target_head is not None:
        undoes_join = not terms.straight or (terms.void and bool(move.others))
        if block.others and undoes_join and terms.scope is not None:
            raise MoveNotPossible(why=N_("汇聚之后还有并行的分支，请选择直接送回，或者全部等待"))
    elif not terms.straight and terms != ALL_OVER:
        if block.others:
            raise MoveNotPossible(
                why=N_("中间还有别的并行分支，请选择直接送回，或者全部等待、作废、重走")
            )
        _require_way(way, block.fork.task_spec)


def _require_way(way: Way, goal: Any) -> None:
    """Refuse to walk again a way that may not lead to where it is awaited."""
    if way.inside:
        raise MoveNotPossible(
            why=N_("目标环节在被调用的流程里，请选择直接送回，或者全部等待、作废、重走")
        )
    if not leads_only_to(way.first.task_spec, goal):
        raise MoveNotPossible(
            why=N_("从目标环节不一定走到等待的地方，请选择直接送回，或者全部等待、作废、重走")
        )


def _once_more(task: Token, released: list[int], goal: Any, straight: bool) -> None:
    """Do a task once more; then, or when it has come to ``goal``, what was held goes on."""
    if straight and stands_inside(task):
        once_more_inside(task, released)
        return
    spec: UserTask = task.task_spec
    if _is_vote_cut_short(task.first):
        raise MoveNotPossible(why=VOTE_SETTLED)
    astray = [
        event.name
        for event in spec.armable
        if event.cancel_activity and not leads_only_to(event, goal)
    ]
    detour = task._add_child(spec)
    detour.scope = task.scope
    facts = {"release": released, "until": None if straight else goal.name, "goal": goal.name}
    detour.note(detour={**facts, "astray": astray}, again=True)
    spec.arm_events(detour)
    spec.set_to_work(detour)


def _is_vote_cut_short(task: Token) -> bool:
    """Whether a vote was over before all had voted: one who votes anew may leave it undecided."""
    signing, whole = task.task_spec.approval.signing, task.parent
    if signing is None or signing.rule is not Rule.VOTE or whole._state != COMPLETED:
        return False
    return None in task.task_spec.said(whole)


def _in_sequence(move: _Return) -> None:
    way = move.way
    repeated = way.repeated()
    if move.terms.straight:
        _once_more(way.target, hold_sender(way), way.last.task_spec, True)
    elif repeated is None or move.terms == ALL_OVER:
        open_again(move.top, way.target)
    else:
        _require_way(way, repeated.task_spec)
        if repeated.task_spec.multiple:
            raise MoveNotPossible(
                why=N_("多人办理的环节正在重办，请选择直接送回，或者全部等待、作废、重走")
            )
        clear(repeated)
        hold(repeated, NEW)
        _once_more(way.target, [repeated.id], repeated.task_spec, False)


def _into_a_branch(move: _Return) -> None:
    way = move.way
    void = move.others if move.terms.void else []
    if move.terms.straight and not void:
        _once_more(way.target, hold_sender(way), way.last.task_spec, True)
        return
    walks = not move.terms.straight or ("instance" in way.first.internal_data and way.inside)
    if walks:
        open_again(move.top, way.target)
    for head in void:
        anew(head)
        release(head)
    if not walks:
        end = hold_end(way.first)
        _once_more(way.target, [end.id], end.task_spec, True)


def _from_a_branch(move: _Return, block: Block, mine: Token) -> None:
    straight = move.terms.straight
    released: list[int] = []
    for head in move.others:
        released += [anew(head)] if move.terms.void else hold_branch(head)
    released += hold_branch(mine) if straight else [anew(mine)]
    released += _hold_step(block, [mine, *move.others])
    _once_more(move.way.target, released, block.fork.task_spec, straight)


def _hold_step(block: Block, stopped: list[Token]) -> list[int]:
    """The timers of a multi-instance step stop when everybody in it does."""
    if any(head._state & LIVE for head in block.heads if head not in stopped):
        return []
    return hold_timers(block.fork)


def _over_a_block(move: _Return, block: Block) -> None:
    way, straight = move.way, move.terms.straight
    if move.terms.void and move.others:
        released = [anew(head) for head in move.others]
        released += _hold_step(block, move.others)
    elif straight:
        released = hold_sender(way)
    else:
        assert block.join is not None
        for child in flow_children(block.join):
            remove(child)
        hold(block.join, COMPLETED)
        released = [block.join.id]
    _once_more(way.target, released, block.fork.task_spec, straight)
