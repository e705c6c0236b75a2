"""Move a running case to another version of its process (迁移流程版本).

Every task keeps its row and its number, every limit runs on as it was; what cannot move is
refused with the reasons.  The items stay those the case was accepted for.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.moving import take_over
from workflows.errors import N_, WorkflowError
from workflows.models import Case, ProcessInstance, ProcessVersion, Task
from workflows.queries.migration import definitions, not_added, obstacles, running, widened
from workflows.states import ProcessState


class VersionNotInForce(WorkflowError):
    """Cases move to the version that is published, and to no other."""

    sentence = N_("流程没有已发布的版本 %(version)s。")


class AlreadyOnVersion(WorkflowError):
    """The case runs on this version."""

    sentence = N_("本办件已在使用版本 %(version)s。")


@dataclass(frozen=True)
class MigrateCase(CaseAction):
    version: int
    #: Old element → the element of the new version that takes its place, where the ids differ.
    mapping: dict[str, str] = field(default_factory=dict)
    #: Elements of the new version that get a token of their own: the case has passed their fork.
    begin: list[str] = field(default_factory=list)

    name = "migrate_case"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        before = case.version
        target = self._target(case, ctx)
        found = obstacles(case, target, self.mapping, self.begin)
        if found:
            raise engine.MigrationNotPossible(found)
        moved = [(instance, self._move(case, instance, target)) for instance in running(case)]
        added = not_added(case, target)
        case.version = target
        for instance in case.instances:
            instance.version = target
        ctx.session.flush()
        facts: dict[str, Any] = {}
        for instance, step in moved:
            _redraw(instance, step, self.mapping, ctx)
            facts |= take_over(case, instance, step, ctx, self.name)
        return {
            "from_version": before.key,
            "to_version": target.key,
            "mapping": self.mapping,
            "begin": self.begin,
            "not_added": list(added),
            **facts,
        }

    def _target(self, case: Case, ctx: Context) -> ProcessVersion:
        query = select(ProcessVersion).where(
            ProcessVersion.process == case.version.process,
            ProcessVersion.version == self.version,
            ProcessVersion.state == ProcessState.PUBLISHED,
        )
        found = ctx.session.scalar(query)
        if found is None:
            raise VersionNotInForce(version=self.version)
        if found.id == case.version_id:
            raise AlreadyOnVersion(version=self.version)
        return found

    def _move(self, case: Case, instance: ProcessInstance, target: ProcessVersion) -> engine.Step:
        old, new = definitions(case, instance, target)
        state = widened(case, instance, target)
        begin = self.begin if instance.item_id is None else []
        return engine.migrate(old, new, state, self.mapping, begin)


def _redraw(
    instance: ProcessInstance, step: engine.Step, mapping: dict[str, str], ctx: Context
) -> None:
    """The open tasks are called, and belong to, what the new version says of them.

    What was done keeps its name; its element has the new id, so that who did one step is still
    kept from the next (一审一核).
    """
    drawn = {task.number: task for task in step.open_tasks}
    for row in ctx.session.scalars(select(Task).where(Task.instance_id == instance.id)):
        row.element = mapping.get(row.element, row.element)
        task = drawn.get(row.number)
        if task is None or row.closed_at is not None or row.signer_of is not None:
            continue
        row.name = task.name
        row.kind = task.approval.kind
        row.duty = task.approval.duty
        row.conclusions = list(task.approval.conclusions)
        row.form = task.approval.form
