"""Put a file beside a case, an item or an open task (附件).

The bytes have been stored under their SHA-256 before; what the file is was read from them.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.work import item_of
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case, CaseItem, Task
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


@dataclass(frozen=True)
class Attach(CaseAction):
    file: str
    media_type: str
    size: int
    sha256: str
    item: str = ""
    task: int | None = None
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
        facts = {"file": self.file, "media_type": self.media_type, "size": self.size,
                 "sha256": self.sha256, "for_applicant": self.for_applicant}  # fmt: skip
        return {"item": item.code, **facts} if item else facts

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
