"""Running numbers of cases, documents and tickets, without gaps inside a transaction."""

from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.models.base import Base

#: One statement that both databases understand, safe when two windows ask at once.
NEXT = text(
    "INSERT INTO serials (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = serials.value + 1 RETURNING value"
)


class Serial(Base):
    __tablename__ = "serials"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


def next_value(session: Session, name: str) -> int:
    """The next running number of a series."""
    value: int = session.execute(NEXT, {"name": name}).scalar_one()
    return value
