"""Take an attachment away again (撤下附件): who attached it, while nothing was concluded with it.

The row and the bytes stay; history says what it was.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from workflows.actions.base import CaseAction, Context
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case, Task
from workflows.models.base import WHOLE


class AttachmentUnknown(WorkflowError):
    """The case has no such attachment, or not any more."""

    sentence = N_("本办件没有这个附件，或者已经撤下。")


class NotYourAttachment(WorkflowError):
    """Only who attached a file takes it away."""

    sentence = N_("附件“%(name)s”由 %(who)s 上传，只能由其本人撤下。")


class AttachmentOfForm(WorkflowError):
    """It is an answer: it goes with the form, or not at all."""

    sentence = N_("附件“%(name)s”是表单中的内容，不能单独撤下。")


class AttachmentRelied(WorkflowError):
    """An opinion or a decision may rest on it."""

    sentence = N_("附件“%(name)s”上传后已有人给出意见或决定，不能再撤下。")


@dataclass(frozen=True)
class Detach(CaseAction):
    attachment: int

    name = "detach"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        found = self.attachment in WHOLE
        row = ctx.session.get(Attachment, self.attachment) if found else None
        if row is None or row.case_id != case.id or row.removed_at is not None:
            raise AttachmentUnknown
        if row.by_id != ctx.actor.person_id:
            raise NotYourAttachment(name=row.name, who=row.by)
        if row.field is not None:
            raise AttachmentOfForm(name=row.name)
        if ctx.session.scalar(select(_concluded(row))):
            raise AttachmentRelied(name=row.name)
        row.removed_at = ctx.now
        facts = {"file": row.name, "sha256": row.sha256}
        item = next((item for item in case.items if item.id == row.item_id), None)
        return {"item": item.code, **facts} if item else facts


def _concluded(row: Attachment) -> Any:
    """Whether a task of the case, or of the item it belongs to, was concluded since."""
    done = exists().where(
        Task.case_id == row.case_id, Task.conclusion.is_not(None), Task.closed_at >= row.at
    )
    return done.where(Task.item_id == row.item_id) if row.item_id is not None else done
