"""Send one's task back to a step before it (退回), across parallel branches if need be.

Internal: the applicant is asked for nothing, and no clock stops.  Whoever sends back says how
far, whose work waits meanwhile, whether their opinions are void, and whether it comes straight
back or walks the way again; the others lose nothing.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.moving import NoSuchTask, definition_of, joint_task, take_over
from workflows.actions.numbers import document_number
from workflows.actions.tell import tell_post
from workflows.actions.work import Work, take_up
from workflows.deadlines import Light
from workflows.engine.reading import Reading
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Task
from workflows.states import ITEMS, next_states

SENT_BACK = N_("%(what)s的“%(step)s”被退回重办：%(reason)s")


class Scope(StrEnum):
    """Whose work waits until what was sent back has been done again."""

    MINE = "mine"
    LISTED = "listed"
    ALL = "all"


class BranchUnknown(WorkflowError):
    """Only what runs beside this task, on from the step it goes back to, can wait with it."""

    sentence = N_("这次退回不影响事项 %(items)s，不必等待；请取消勾选，或改选退回到的环节。")


class SignerSendsBack(WorkflowError):
    """Who was asked to sign has an opinion; the flow is the asker's."""

    sentence = N_("加签人只发表意见，退回由主办环节决定。")


@dataclass(frozen=True)
class SendBack(CaseAction):
    task: int
    target: int
    reason: str
    scope: Scope = Scope.MINE
    items: list[str] = field(default_factory=list)
    void: bool = False
    straight: bool = True

    name = "send_back"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "review", "decide", "confirm")
        if work.task.signer_of is not None:
            raise SignerSendsBack
        next_states(ITEMS, work.item.state, self.name)
        reason = written(self.reason)
        target, instance = joint_task(case, self.target, ctx)
        if instance.id != work.instance.id or target.signer_of is not None:
            raise NoSuchTask
        terms = engine.Terms(self._scope(work, target), self.void, self.straight)
        definition = definition_of(case, instance)
        step = engine.send_back(definition, instance.state, work.task.number, target.number, terms)
        before = ctx.session.get_one(CaseItem, target.item_id)
        params = {"what": before.name, "step": target.name, "reason": reason}
        tell_post(case, before, target.duty, Light.YELLOW, SENT_BACK, params, ctx)
        return {
            **work.facts(reason=reason, target=f"{before.code} {target.name}"),
            "number": document_number(ctx, case, "TH"),
            "scope": self.scope.value,
            "items": self.items if self.scope is Scope.LISTED else [],
            "opinions": "void" if self.void else "kept",
            "way": "straight" if self.straight else "again",
            **take_over(case, instance, step, ctx, self.name),
        }

    def _scope(self, work: Work, target: Task) -> Set[str] | None:
        """The branches that wait, as the engine names them."""
        if self.scope is not Scope.LISTED:
            return None if self.scope is Scope.ALL else engine.MINE
        reading = Reading(definition_of(work.case, work.instance), work.instance.state)
        branches = reading.branches(work.task.number, target.number)
        wanted = set(self.items)
        unknown = wanted - set().union(*branches.values())
        if unknown:
            raise BranchUnknown(items="、".join(sorted(unknown)))
        return frozenset(name for name, items in branches.items() if items & wanted)
