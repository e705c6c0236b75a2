"""An attachment (附件): a file beside a case, for all of it, for an item, or for a task.

The bytes are kept outside the database under their SHA-256, once however often they are attached.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, where

#: What may be attached, and the endings that such a file's name may have; the first is given
#: to a name that has none of them.
MEDIA = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "text/plain": (".txt", ".csv", ".md", ".log"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}


class Attachment(Base):
    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_sha256", "sha256"),
        Index(
            "ix_attachments_version", "version_id", **where("version_id IS NOT NULL")
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    #: The version of a material that it is the picture of (扫描件).
    version_id: Mapped[int | None] = mapped_column(ForeignKey("material_versions.id"))
    #: The question of a form that it is the answer to.
    field: Mapped[str | None]
    name: Mapped[str]
    media_type: Mapped[str]
    #: In bytes.
    size: Mapped[int]
    sha256: Mapped[str]
    #: Whether the applicant may read it; nothing is, unless somebody says so.
    for_applicant: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    #: Who attached it took it away again; the row stays, and so do the bytes.
    removed_at: Mapped[datetime | None]
