"""Writing rows: what an action changed and what it adds, in one statement for each kind of row.

A session could do the same, and does for objects that are added to it.  It also sorts, compares
and reads back what a short action has no use for, and takes four times as long over it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, Update, bindparam, inspect, text
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from workflows.models.base import Base

KEY = "the_key"
HERE = "connection"
LAST = "last"
Names = tuple[str, ...]


def table_of(kind: type[Base]) -> Table:
    """The table of a kind of row, to be asked without making objects of what is found."""
    table = inspect(kind).local_table
    assert isinstance(table, Table)
    return table


def connection_of(session: Session) -> Connection:
    """The connection of the transaction under way; a session looks for it anew each time."""
    found: Connection | None = session.info.get(HERE)
    if found is None or found.closed:
        found = session.connection()
        if isinstance(session.bind, Engine):  # it is closed with the transaction
            session.info[HERE] = found
    return found


def add(session: Session, rows: Sequence[Base]) -> None:
    """Insert new rows of one kind at once; they are found by the next query, with their keys."""
    if rows:
        table = table_of(type(rows[0]))
        defaults = _defaults(table)
        given = [vars(row) for row in rows]
        names = [name for name in defaults if any(row.get(name) is not None for row in given)]
        names += [name for name, default in defaults.items() if default is not None]
        values = [{name: row.get(name, defaults[name]) for name in names} for row in given]
        connection_of(session).execute(_insert(table), values if len(values) > 1 else values[0])


def add_once(session: Session, kind: type[Base], **values: Any) -> None:
    """Insert a row unless it is there, or somebody is inserting it just now: then wait for them."""
    table, names = table_of(kind), ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    once = f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"
    connection_of(session).execute(text(once), values)


def add_last(session: Session, *rows: Base) -> None:
    """Insert rows with the last changes of an action: nobody asks for them before it is over."""
    session.info.setdefault(LAST, []).extend(rows)


def save_last(session: Session) -> None:
    """Write what an action has left to be written."""
    groups: defaultdict[type[Base], list[Base]] = defaultdict(list)
    for row in session.info.pop(LAST, ()):
        groups[type(row)].append(row)
    changed = _changes(session)
    with at_once(connection_of(session)):
        for rows in groups.values():
            add(session, rows)
        _update_all(session, changed)


@contextmanager
def at_once(connection: Connection) -> Iterator[None]:
    """Statements that are sent without waiting for what becomes of the one before."""
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.pipeline():
            yield
    else:
        yield


def drop(session: Session) -> None:
    """Forget whatever an action that failed has left behind, and what may be out of date."""
    session.info.pop(LAST, None)
    session.expunge_all()


def forget(row: Base, related: str) -> None:
    """Read related rows again when they are asked for: some were added."""
    if related in vars(row):
        session = object_session(row)
        assert session is not None, "only what is at hand is added to"
        session.expire(row, [related])


def save(session: Session) -> None:
    """Write every change made to the rows of a session so far."""
    _update_all(session, _changes(session))


def _changes(session: Session) -> list[tuple[Base, Names]]:
    """What was set of which rows; nothing is left when only the session itself can write it."""
    changed = [(row, names) for row in session.dirty if (names := _changed(row))]
    if session.new or session.deleted or any(_related(row, names) for row, names in changed):
        session.flush()
        return []
    return changed


def _update_all(session: Session, changed: list[tuple[Base, Names]]) -> None:
    groups: defaultdict[tuple[type[Base], Names], list[Base]] = defaultdict(list)
    for row, names in changed:
        groups[type(row), names].append(row)
    connection = connection_of(session)
    for (kind, names), rows in groups.items():
        _update_rows(connection, kind, names, rows)


def _update_rows(connection: Connection, kind: type[Base], names: Names, rows: list[Base]) -> None:
    values = []
    for row in rows:
        state = instance_state(row)
        assert state.identity, "a new row is sent by the session"
        values.append({KEY: state.identity[0], **{name: state.dict[name] for name in names}})
        for name in names:
            set_committed_value(row, name, state.dict[name])
    connection.execute(_update(kind, names), values if len(values) > 1 else values[0])


def _changed(row: Base) -> Names:
    """What of a row an action has set."""
    return tuple(sorted(instance_state(row).committed_state))


def _related(row: Base, names: Names) -> bool:
    """Whether another object was set, from which a key is to be taken."""
    columns = inspect(type(row)).columns
    return not all(name in columns for name in names)


@cache
def _defaults(table: Table) -> dict[str, Any]:
    """What the columns of a new row hold when nothing is said; its key is the database's."""
    return {
        column.name: column.default.arg if column.default else None  # type: ignore[attr-defined]
        for column in table.columns
        if not column.primary_key
    }


@cache
def _insert(table: Table) -> Insert:
    return table.insert().inline()


@cache
def _update(kind: type[Base], names: Names) -> Update:
    (key,) = inspect(kind).primary_key
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return table_of(kind).update().where(key == bindparam(KEY)).values(values)
