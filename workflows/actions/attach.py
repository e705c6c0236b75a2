"""Put a file beside a case, an item or an open task (附件).

The bytes have been stored under their SHA-256 before; what the file is was read from them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.files import check_file, require_room
from workflows.actions.materials import MaterialUnknown
from workflows.actions.work import item_of
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case, CaseItem, MaterialVersion, Task
from workflows.models.base import WHOLE
from workflows.models.rows import add_last


class NotHandedIn(WorkflowError):
    """A picture is one of something that is here."""

    sentence = N_("材料“%(name)s”还没有交来，请先登记收件再上传扫描件。")


@dataclass(frozen=True)
class Attach(CaseAction):
    file: str
    media_type: str
    size: int
    sha256: str
    item: str = ""
    task: int | None = None
    #: The material of which it is the picture; it belongs to the version that is here.
    material: str = ""
    for_applicant: bool = False

    name = "attach"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        check_file(self.file, self.media_type, self.size, self.sha256)
        require_room(case, ctx)
        item = self._item(case, ctx)
        row = Attachment(
            case_id=case.id,
            item_id=item.id if item else None,
            task_id=self.task,
            version_id=self._version(case, ctx),
            name=self.file,
            media_type=self.media_type,
            size=self.size,
            sha256=self.sha256,
            for_applicant=self.for_applicant,
            by=ctx.actor.name,
            by_id=ctx.actor.person_id,
            at=ctx.now,
        )
        add_last(ctx.session, row)
        facts: dict[str, Any] = {
            "file": self.file, "media_type": self.media_type, "size": self.size,
            "sha256": self.sha256, "for_applicant": self.for_applicant,
        }  # fmt: skip
        if self.material:
            facts["material"] = self.material
        return {"item": item.code, **facts} if item else facts

    def _version(self, case: Case, ctx: Context) -> int | None:
        if not self.material:
            return None
        row = next((row for row in case.materials if row.code == self.material), None)
        if row is None:
            raise MaterialUnknown(code=self.material)
        if row.version == 0:
            raise NotHandedIn(name=row.name)
        query = select(MaterialVersion.id).where(
            MaterialVersion.material_id == row.id, MaterialVersion.number == row.version
        )
        return ctx.session.scalars(query).one()

    def _item(self, case: Case, ctx: Context) -> CaseItem | None:
        """The item it belongs to; that of its task, which has to be open."""
        if self.task is None:
            return item_of(case, self.item) if self.item else None
        task = ctx.session.get(Task, self.task) if self.task in WHOLE else None
        if task is None or task.case_id != case.id or task.closed_at is not None:
            raise engine.TaskNotOpen
        return next(item for item in case.items if item.id == task.item_id)
