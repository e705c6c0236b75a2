"""The declarative base and the column types everyone shares."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator

E = TypeVar("E", bound=StrEnum)
#: What a key, or any other whole number of a row, may be: PostgreSQL refuses more with an error.
WHOLE = range(1, 2**31)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in, an aware instant out, on SQLite as on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        return value and value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _from_text if dialect.name == "sqlite" else None


def _from_text(value: str | None) -> datetime | None:
    """An instant as SQLite has it."""
    return value and datetime.fromisoformat(value).replace(tzinfo=UTC)  # type: ignore[return-value]


class Word(TypeDecorator[E]):
    """A word of a closed vocabulary, stored as its text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words
        self.by_text: dict[str | None, E | None] = {
            None: None,
            **{word.value: word for word in words},
        }

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return self.by_text.__getitem__


def where(condition: str) -> dict[str, Any]:
    """Of an index: only these rows are in it, so that it does not grow with what is over."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


#: Text whose beginning is looked for: compared character by character, in no language's order.
EXACT = String(200).with_variant(String(200, collation="C"), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        str: String(200),
    }
