"""What a history is about: it knows how long its chain is, and the last hash of it."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped, mapped_column


class Subject:
    """A kind of row that actions lock, change, and write a history of."""

    history_length: Mapped[int] = mapped_column(default=0)
    history_hash: Mapped[str] = mapped_column(default="")

    if TYPE_CHECKING:
        state: Any

    @property
    def key(self) -> str:
        """How history names it."""
        raise NotImplementedError

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        """What holds for the one with this key; None when no key of this kind looks like it."""
        raise NotImplementedError


def after(start: str, key: str) -> str | None:
    """What stands after the start that all keys of a kind have; None for a key of another kind."""
    return key.removeprefix(start) if key.startswith(start) else None
