"""A task: one piece of work, waiting for one post or done by one person."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, where


class Task(Base):
    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("instance_id", "number", "round"),
        Index("ix_tasks_open", "department_code", "duty", "id", **where("closed_at IS NULL")),
        Index("ix_tasks_assigned", "assignee_id", **where("closed_at IS NULL")),
        Index("ix_tasks_done", "closed_by_id", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instances.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("case_items.id"), index=True)
    number: Mapped[int]
    #: A task that was done and is open again has a row for each time; what was said stays.
    round: Mapped[int] = mapped_column(default=1)
    element: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    duty: Mapped[str]
    #: Who has it now (认领, 转办); nobody when it belongs to the post.
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    conclusions: Mapped[list[Any]]
    #: Who did the step that another person has to follow (一审一核): may not do this one.
    barred_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    form: Mapped[str | None]
    #: The task this one was added to, when a signer was asked (加签).
    signer_of: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_by: Mapped[str | None]
    acting_for: Mapped[str | None]
    conclusion: Mapped[str | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    form_data: Mapped[dict[str, Any] | None]
    #: Since when its conclusion counts no more, because it was taken back (退回).
    void_at: Mapped[datetime | None]
