"""Running numbers of cases and documents, without gaps inside a transaction."""

from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class Serial(Base):
    __tablename__ = "serials"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
