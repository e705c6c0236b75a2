"""A saved view (视图): a list with its filter and its columns, under a name of one's own."""

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class SavedView(Base):
    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    #: The list it is of, and the rest of the address as it is opened again.
    list: Mapped[str]
    query: Mapped[str] = mapped_column(Text)
    #: Besides its owner: everyone of this department, or the whole hall.
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"), index=True)
    hall: Mapped[bool] = mapped_column(Boolean, default=False)
