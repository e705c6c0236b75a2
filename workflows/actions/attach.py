"""Put a file beside a case, an item or an open task (附件).

The bytes have been stored under their SHA-256 before; what the file is was read from them.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.materials import MaterialUnknown
from workflows.actions.work import item_of
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case, CaseItem, MaterialVersion, Task
from workflows.models.attachment import MEDIA
from workflows.models.base import WHOLE
from workflows.models.rows import add_last

#: No case has more of them.
MOST = 200
SHA256 = re.compile(r"[0-9a-f]{64}")
#: Neither a place in a folder, nor a line break, nor anything that hides what is written.
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class FileUnfit(WorkflowError):
    """A name that leads somewhere else, a kind that is not taken, or no content at all."""

    sentence = N_("附件“%(name)s”的名称、类型或内容不符合要求。")


class TooManyFiles(WorkflowError):
    """A case is no file server."""

    sentence = N_("一个办件最多 %(most)s 个附件。")


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
        self._check()
        count = select(func.count()).select_from(Attachment).where(Attachment.case_id == case.id)
        if (ctx.session.scalar(count) or 0) >= MOST:
            raise TooManyFiles(most=MOST)
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

    def _check(self) -> None:
        """What comes in may come from a program as well."""
        endings = MEDIA.get(self.media_type, ())
        named = bool(endings) and self.file.lower().endswith(endings)
        fits = named and 0 < len(self.file) <= 200 and not UNFIT.search(self.file)
        if not fits or self.size not in WHOLE or not SHA256.fullmatch(self.sha256):
            raise FileUnfit(name=UNFIT.sub(" ", self.file)[:60])

    def _item(self, case: Case, ctx: Context) -> CaseItem | None:
        """The item it belongs to; that of its task, which has to be open."""
        if self.task is None:
            return item_of(case, self.item) if self.item else None
        task = ctx.session.get(Task, self.task) if self.task in WHOLE else None
        if task is None or task.case_id != case.id or task.closed_at is not None:
            raise engine.TaskNotOpen
        return next(item for item in case.items if item.id == task.item_id)
