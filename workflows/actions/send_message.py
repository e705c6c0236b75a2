"""What a process waits for from outside has come (登记消息到达): a result, a letter, a payment."""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.moving import definition_of, take_over
from workflows.errors import N_, WorkflowError
from workflows.models import Case


class NobodyWaits(WorkflowError):
    """No process of the case waits for this message (any more)."""

    sentence = N_("本办件没有环节在等待“%(message)s”。")


@dataclass(frozen=True)
class SendMessage(CaseAction):
    message: str
    note: str = ""

    name = "send_message"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        for instance in case.instances:
            if instance.finished:
                continue
            definition = definition_of(case, instance)
            try:
                step = engine.deliver(definition, instance.state, self.message)
            except engine.TaskNotOpen:
                continue
            facts = take_over(case, instance, step, ctx, self.name)
            return {"message": self.message, "note": self.note.strip(), **facts}
        raise NobodyWaits(message=self.message)
