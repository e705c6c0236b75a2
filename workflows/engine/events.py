"""Events that are waited for: an instant, a message; and boundary events, which also catch.

Nothing here looks at a clock.  A timer is armed with the text of its limit; whoever keeps the
deadlines says when it has come.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from workflows.engine.elements import Element
from workflows.engine.expressions import compile_expression
from workflows.engine.flow import withdraw
from workflows.engine.limits import is_limit
from workflows.engine.tree import ARMED, COMPLETED, READY, WAITING, Token
from workflows.errors import N_, WorkflowError


class LimitInvalid(WorkflowError):
    """A computed limit that is no limit."""

    sentence = N_("定时事件 %(element)s 算出的时限“%(limit)s”不是时限。")


class Waiting(Element):
    """An element whose token waits for an instant or a message."""

    event_definition: Any

    def bind(self) -> None:
        super().bind()
        text = getattr(self.event_definition, "expression", None)
        self.is_timer = isinstance(self.event_definition, TimerEventDefinition)
        self.is_message = isinstance(self.event_definition, MessageEventDefinition)
        self.literal = text.strip() if text and is_limit(text.strip()) else None
        self.computed = compile_expression(text) if text and self.literal is None else None

    @property
    def waits(self) -> bool:
        """Whether something outside makes it happen, rather than a throw."""
        return self.is_timer or self.is_message

    def arrive(self, my_task: Token) -> None:
        self.arm(my_task, WAITING)

    def arm(self, my_task: Token, state: int) -> None:
        """Wait from now on; a limit that is computed is computed now."""
        if self.computed is not None:
            limit = self.computed(my_task.scope)
            if not is_limit(limit):
                raise LimitInvalid(element=self.bpmn_id, limit=limit)
            my_task.note(limit=limit)
        my_task._set_state(state)

    def limit(self, my_task: Token) -> str:
        """The limit a timer was armed with."""
        return self.literal or str(my_task.internal_data["limit"])

    def happen(self, my_task: Token) -> None:
        """The instant or the message has come."""
        if my_task._state == ARMED:  # behind an event gateway: it decides, and is done
            gateway = my_task.parent
            my_task._set_state(READY)
            withdraw(gateway, my_task)
            gateway.note(was=None, by=None)
            gateway._set_state(COMPLETED)
        else:
            my_task._set_state(READY)


class CatchEvent(Waiting, defaults.IntermediateCatchEvent):
    """Waits on the way, or behind an event gateway."""


class BoundaryEvent(Waiting, defaults.BoundaryEvent):
    """Happens, or catches, while its activity lasts; interrupts it or not."""

    cancel_activity: bool

    def happen(self, my_task: Token) -> None:
        activity = my_task.parent
        if not self.cancel_activity and self.is_message:
            self.arm(activity._add_child(self), ARMED)  # it may come again
        my_task._set_state(READY)
        if self.cancel_activity:
            withdraw(activity, my_task)

    def start(self, my_task: Token) -> None:
        """What was thrown has been caught here."""
        my_task._set_state(READY)
