"""Reading rows: a few of several kinds in one statement, as objects that a session keeps.

A session could do the same.  It works out anew for every query how its objects are to be made;
the few rows that each action begins with come three times as quickly like this.
"""

from collections.abc import Container, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from workflows.models.base import Base
from workflows.models.rows import connection_of, table_of


class Part:
    """A kind of row in a query, whole or only some columns; the others come when asked for."""

    def __init__(
        self, kind: type[Base], without: Container[str] = (), only: Container[str] | None = None
    ) -> None:
        table = table_of(kind)
        self.mapper = inspect(kind)
        wanted = [name for name in table.c.keys() if only is None or name in only]
        self.names = [name for name in wanted if name not in without]
        self.columns = [table.c[name] for name in self.names]
        self.missing = set(table.c.keys()) - set(self.names)
        (key,) = table.primary_key
        self.key = self.names.index(key.name)

    def adopted(self, session: Session, values: Sequence[Any]) -> Any:
        """The row as an object of the session; None where an outer join found nothing."""
        if values[self.key] is None:
            return None
        identity = self.mapper.identity_key_from_primary_key((values[self.key],))
        known = session.identity_map.get(identity)
        if known is not None:
            return known
        row = self.mapper.class_manager.new_instance()
        state = instance_state(row)
        state.dict.update(zip(self.names, values, strict=True))
        state.expired_attributes.update(self.missing)
        state.key = identity
        session.add(row)
        return row


class Fetch:
    """What to read of several kinds of rows, and how it becomes objects."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    def select(self) -> Select[Any]:
        """Their columns; conditions, and columns to be read beside them, are added to it."""
        return select(*chain.from_iterable(part.columns for part in self.parts))

    def one(self, session: Session, query: Select[Any], **asked: Any) -> Sequence[Any] | None:
        """The objects of the one row that is found, and the columns beside them."""
        found = connection_of(session).execute(query, asked).one_or_none()
        if found is None:
            return None
        made, start = [], 0
        for part in self.parts:
            end = start + len(part.names)
            made.append(part.adopted(session, found[start:end]))
            start = end
        return [*made, *found[start:]]
