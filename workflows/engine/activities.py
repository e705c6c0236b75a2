"""Activities: user tasks, receive tasks, sub-processes, called processes; once or many times.

An activity arms its boundary events, works, disarms them and goes on.  A multi-instance activity
is a task of its own with one child for each instance.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults

from workflows.engine.approvals import approval_of
from workflows.engine.elements import Element
from workflows.engine.events import Waiting
from workflows.engine.expressions import Expression, compile_expression
from workflows.engine.flow import (
    check_over,
    end_detour,
    is_awaiting_return,
    release,
    send,
    withdraw,
)
from workflows.engine.scope import GIVEN, Scope
from workflows.engine.tree import (
    ARMED,
    COMPLETED,
    HELD,
    LIVE,
    READY,
    STARTED,
    WAITING,
    Token,
)
from workflows.errors import N_, WorkflowError

MAX_INSTANCES = 1000


class InstancesInvalid(WorkflowError):
    """A multi-instance step that cannot tell how many instances it has."""

    sentence = N_("多实例环节 %(element)s 的个数或名单不对：应为 0 到 %(most)s，或一个名单。")


@dataclass(frozen=True)
class Multiple:
    """``multiInstanceLoopCharacteristics``: how many times, over what, until when."""

    sequential: bool
    cardinality: Expression | None
    collection: str | None
    item: str | None
    outputs: str | None
    output: str | None
    until: Expression | None

    def items(self, element: str, scope: Scope) -> list[Any]:
        """One value for each instance; raises InstancesInvalid."""
        found: Any = scope.get(self.collection) if self.collection else None
        if self.cardinality is not None:
            count = self.cardinality(scope)
            if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
                found = [None] * min(count, MAX_INSTANCES + 1)
        if not isinstance(found, list) or len(found) > MAX_INSTANCES:
            raise InstancesInvalid(element=element, most=MAX_INSTANCES)
        return found

    def kept(self, items: list[Any]) -> list[Any] | None:
        """What has to be remembered of the items: those whose turn comes later."""
        return items if self.sequential and self.collection else None


class Activity(Element):
    """Something that is worked on, with what may happen meanwhile."""

    multiple: Multiple | None = None

    @cached_property
    def armable(self) -> tuple[Any, ...]:
        """The boundary events that wait for an instant or a message."""
        return tuple(spec for spec in self.boundary if spec.waits)

    def arrive(self, my_task: Token) -> None:
        if self.multiple is None:
            self.arm_events(my_task)
            self.set_to_work(my_task)
            return
        items = self.multiple.items(self.bpmn_id, my_task.scope)
        my_task.note(total=len(items), left=len(items), items=self.multiple.kept(items))
        my_task._set_state(STARTED)
        if not items:
            self._collect(my_task)
            my_task.complete()
            return
        self.arm_events(my_task)
        for place, item in enumerate(items[:1] if self.multiple.sequential else items, 1):
            self.add_instance(my_task, place, item)

    def arm_events(self, my_task: Token) -> None:
        """Arm the events that may happen while this activity lasts."""
        for event in self.armable:
            event.arm(my_task._add_child(event), ARMED)

    def set_to_work(self, my_task: Token) -> None:
        """Start the work itself."""
        raise NotImplementedError

    def add_instance(self, whole: Token, place: int, item: Any) -> Token:
        """Begin one instance, in a scope of its own."""
        assert self.multiple is not None
        instance = whole._add_child(self)
        instance.note(instance=place)
        instance.scope = Scope(instance, whole.scope)
        instance.scope.write(GIVEN, {"loopCounter": place})
        if self.multiple.item:
            instance.scope.write(GIVEN, {self.multiple.item: item})
        self.set_to_work(instance)
        return instance

    def _on_complete(self, my_task: Token) -> None:
        detour = my_task.internal_data.get("detour")
        straight = detour and detour["until"] is None
        if my_task.first.is_part and (straight or my_task.first is not my_task):
            self._collect(my_task.first.parent)  # the step is over, but one result is new
        if "instance" in my_task.internal_data and not straight:
            self._instance_done(my_task.parent, my_task)
            return
        for child in my_task.children:
            if ARMED in (child._state, child.internal_data.get("held")):
                withdraw(child, my_task)
        if straight:
            end_detour(my_task)
            check_over(my_task.workflow)
        else:
            send(my_task, self.targets)

    def _instance_done(self, whole: Token, instance: Token) -> None:
        left = whole.internal_data["left"] - 1
        whole.note(left=left)
        if left == 0 or self._enough(whole, instance):
            self.end_step(whole)
        elif self.multiple and self.multiple.sequential:
            place = instance.internal_data["instance"]
            items = whole.internal_data.get("items")
            self.add_instance(whole, place + 1, items and items[place])

    def end_step(self, whole: Token) -> None:
        """All instances are done, or enough of them."""
        for other in self.instances(whole):
            if other._state & LIVE:
                withdraw(other, whole)
        self._collect(whole)
        if whole._state == HELD:
            whole.note(held=COMPLETED)
        else:
            whole.complete()

    @staticmethod
    def instances(whole: Token) -> list[Token]:
        """The instances of a multi-instance activity, in order."""
        return [child for child in whole.children if "instance" in child.internal_data]

    def _enough(self, whole: Token, instance: Token) -> bool:
        """The completion condition, asked after every instance that is done."""
        assert self.multiple is not None
        if self.multiple.until is None:
            return False
        states = [one._state for one in self.instances(whole)]
        done = states.count(COMPLETED)
        facts = Scope(instance, instance.scope)
        facts.write(
            instance.id,
            {
                "numberOfInstances": whole.internal_data["total"],
                "numberOfActiveInstances": sum(1 for state in states if state & LIVE),
                "numberOfCompletedInstances": done,
                "numberOfTerminatedInstances": whole.internal_data.get("gone", 0),
            },
        )
        return bool(self.multiple.until(facts))

    def _collect(self, whole: Token) -> None:
        """Write down the results of the instances that were completed, in their order."""
        assert self.multiple is not None
        if self.multiple.outputs and self.multiple.output:
            done = [one for one in self.instances(whole) if one._state == COMPLETED]
            results = [one.scope.own().get(self.multiple.output) for one in done]
            whole.scope.write(whole.id, {self.multiple.outputs: results})


class UserTask(Activity, defaults.UserTask):
    """A task for a person, and for those who were asked to sign beside, before or after (加签)."""

    def bind(self) -> None:
        super().bind()
        self.approval = approval_of(self.extensions["approval"])
        if self.approval.signing is not None:
            count = compile_expression(str(len(self.approval.signing.signers)))
            self.multiple = Multiple(False, count, None, None, None, None, None)

    def said(self, whole: Token) -> list[str | None]:
        """What each of those who sign this step together has concluded, in their order."""
        return [
            one.scope.own().get("conclusion") if one._state == COMPLETED else None
            for one in self.instances(whole)
        ]

    def _enough(self, whole: Token, instance: Token) -> bool:
        """Those who sign together are done when nobody can change the result any more."""
        if self.approval.signing is None:
            return super()._enough(whole, instance)
        return self.approval.signing.count(self.said(whole)).result is not None

    def _collect(self, whole: Token) -> None:
        """The conclusion of the step is what came of the opinions of those who sign together."""
        if self.approval.signing is None:
            super()._collect(whole)
        else:
            result = self.approval.signing.count(self.said(whole)).result
            if result is not None:  # else it is at work again, and will be
                whole.scope.write(whole.id, {"conclusion": result})

    def set_to_work(self, my_task: Token) -> None:
        my_task._set_state(READY)

    def _run(self, my_task: Token) -> bool | None:
        """Done, unless a signer is still asked: then the task is at work until he has signed."""
        for signer in signers(my_task, "after"):
            if signer._state == HELD:
                release(signer)
        return None if any(one._state & LIVE for one in signers(my_task)) else True

    def _on_complete(self, my_task: Token) -> None:
        if "signs" in my_task.internal_data:
            self.signed(my_task.parent)
        else:
            super()._on_complete(my_task)

    @staticmethod
    def signed(task: Token) -> None:
        """A signer is done or was removed: the task goes on when it waited for him alone."""
        if task._state == STARTED and not any(one._state & LIVE for one in signers(task)):
            task.complete()
        elif task._state == HELD and not any(one._state & LIVE for one in signers(task, "before")):
            if not is_awaiting_return(task):
                release(task)


def signers(task: Token, when: str | None = None) -> list[Token]:
    """The signers that were added to a task: all, or those who sign ``before`` or ``after``."""
    found = [child for child in task.children if "signs" in child.internal_data]
    return [one for one in found if when in (None, one.internal_data["signs"])]


class ReceiveTask(Activity, Waiting, defaults.ReceiveTask):
    """Waits for a message, as an activity: with boundary events."""

    def set_to_work(self, my_task: Token) -> None:
        my_task._set_state(WAITING)


class SubProcess(Activity, defaults.SubWorkflowTask):
    """A process drawn inside this one; it shares the scope around it."""

    spec: str
    embeds = True

    def set_to_work(self, my_task: Token) -> None:
        my_task._set_state(STARTED)
        enter_process(my_task.workflow.top_workflow.open_process(my_task, self.spec))

    def inside_done(self, my_task: Token, process: Any) -> None:
        """The process inside is over."""
        my_task.complete()


class CallActivity(SubProcess, defaults.CallActivity):
    """Calls a process in a scope of its own; its outcome becomes a variable of the caller."""

    embeds = False

    @property
    def result(self) -> str:
        """The variable that takes the outcome: the item's code, else the element's id."""
        return str(self.extensions.get("item", {}).get("code", self.bpmn_id))

    def inside_done(self, my_task: Token, process: Any) -> None:
        my_task.scope.write(my_task.id, {self.result: process.scope.own().get("outcome")})
        my_task.complete()


def enter_process(process: Any) -> None:
    """Put the first token on the start event of a process."""
    (start,) = process.spec.start.outputs
    start.arrive(Token(process, start))
