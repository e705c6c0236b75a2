"""Two halls' databases made one: every row of the second, with keys after those of the first.

Both began as copies of the same hall, so that people, posts and versions have the same keys; what
was added since gets new ones, and whatever refers to it follows.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import Table

from workflows.models import Base

#: Of a table: the last key that both had at first, and how far later ones have to go.
Grown = dict[str, tuple[int, int] | None]

#: Series and places: each hall goes on with its own.
OWN = frozenset({"serials", "lookup_place", "outbox_position", "watch_place"})


def merge(into: Path, other: Path, kept: Path) -> int:
    """Add the cases of another hall, begun from ``kept`` as well; how many rows that were."""
    connection = sqlite3.connect(into)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("ATTACH ? AS other", (str(other),))
    connection.execute("ATTACH ? AS kept", (str(kept),))
    tables = [table for table in Base.metadata.sorted_tables if table.name not in OWN]
    grown = {table.name: _shift(connection, table.name) for table in tables if "id" in table.c}
    added = sum(_add(connection, table, grown) for table in tables if grown.get(table.name))
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    return added


def _add(connection: sqlite3.Connection, table: Table, grown: Grown) -> int:
    """The rows of a table that are new, with their keys and references moved on."""
    values = []
    for column in table.columns:
        refers = [key.column.table.name for key in column.foreign_keys if key.column.name == "id"]
        target = table.name if column.name == "id" else refers[0] if refers else ""
        since, by = grown.get(target) or (0, 0)
        name = f't."{column.name}"'
        moved = f"CASE WHEN {name} > {since} THEN {name} + {by} ELSE {name} END"
        values.append(moved if by else name)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    since, _ = grown[table.name] or (0, 0)
    return connection.execute(
        f'INSERT INTO main."{table.name}" ({names}) SELECT {", ".join(values)} '
        f'FROM other."{table.name}" t WHERE t.id > {since}'
    ).rowcount


def _shift(connection: sqlite3.Connection, table: str) -> tuple[int, int] | None:
    """The last key that both have from the beginning, and how far later ones have to go."""
    query = f'SELECT max(id) FROM {{}}."{table}"'
    mine, theirs = (connection.execute(query.format(name)).fetchone()[0] or 0
                    for name in ("main", "other"))  # fmt: skip
    same = connection.execute(query.format("kept")).fetchone()[0] or 0
    return (same, mine - same) if theirs > same else None
