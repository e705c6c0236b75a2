"""The database.  One writer at a time per case, on SQLite as on PostgreSQL; locks wait.

PostgreSQL locks the row (`FOR UPDATE`).  SQLite ignores that clause, so transactions that write
begin IMMEDIATE: the lock is taken before the first read, and two approvals at the same moment
cannot overwrite each other.  Who finds that lock taken looks again and again, ever more rarely,
and is refused in the end; so those who write stand in line before it.  Pages begin a plain
transaction and do not queue behind writers.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from server.settings import ROOT

#: Kept open, and at most: every thread of a server reads and writes at the same time.
KEPT, MORE = 16, 16


@dataclass(frozen=True)
class Database:
    """The engine, one that writes, and the two kinds of session made from them.

    A writing session sends its changes when `perform` says so, and not by itself.
    """

    engine: Engine
    writing: Engine
    readers: sessionmaker[Session]
    writers: sessionmaker[Session]

    @contextmanager
    def clockwork(self) -> Iterator[Session]:
        """A session for many actions in a row, that does not wait for the disk after each.

        What a crash takes back is due again, and is done again; and whatever is waited for later
        stands behind it in the log of the database, so that nothing can outlast it.
        """
        with self.writing.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET synchronous_commit TO off")
                connection.commit()
            try:
                with Session(connection, expire_on_commit=False, autoflush=False) as session:
                    yield session
            finally:
                if connection.dialect.name == "postgresql":
                    connection.invalidate()  # nobody else gets one that does not wait

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self.writing.dispose()


#: How PostgreSQL plans.  Of a million clocks two thousand are open, and it expects a handful: with
#: `material` it would compare each case of a queue with each of them.  And what is asked for all
#: day is in memory or on a fast disk, so that looking up rows is no dearer than reading all.
PLANNING = {"options": "-c enable_material=off -c random_page_cost=1.1"}


def connect(url: str) -> Database:
    """Open the database at an address."""
    if url.startswith("sqlite"):
        engine, writing = _sqlite(url, InLine.begin), _sqlite(url, InLine.begin_to_write)
    else:
        engine = create_engine(
            url, pool_pre_ping=True, pool_size=KEPT, max_overflow=MORE, connect_args=PLANNING
        )
        writing = engine
    return Database(
        engine,
        writing,
        readers=sessionmaker(engine, expire_on_commit=False),
        writers=sessionmaker(writing, expire_on_commit=False, autoflush=False),
    )


class InLine(sqlite3.Connection):
    """A connection to SQLite that stands in line before it writes, across threads and processes.

    The system wakes who has waited longest, and gives back the turn of a process that dies.
    """

    file = ""
    turn: int | None = None

    def begin(self) -> None:
        """Begin to read."""
        self.execute("BEGIN")

    def begin_to_write(self) -> None:
        """Begin when it is our turn."""
        self.turn = os.open(f"{self.file}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.turn, fcntl.LOCK_EX)
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """The next in line begins as soon as everything is written."""
        super().commit()
        self.end_turn()

    def rollback(self) -> None:
        super().rollback()
        self.end_turn()

    def close(self) -> None:
        super().close()
        self.end_turn()

    def end_turn(self) -> None:
        if self.turn is not None:
            os.close(self.turn)
            self.turn = None


def _sqlite(url: str, begin: Callable[[InLine], None]) -> Engine:
    options = {"factory": InLine}
    engine = create_engine(url, pool_size=KEPT, max_overflow=MORE, connect_args=options)
    event.listen(engine, "connect", _prepare_sqlite)

    def do_begin(connection: PoolProxiedConnection) -> None:
        begin(cast(InLine, connection.dbapi_connection))

    # Not an event: with one that begins a transaction, every statement costs half as much again.
    engine.dialect.do_begin = do_begin  # type: ignore[assignment, method-assign]
    return engine


def _prepare_sqlite(connection: InLine, record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=15000")
    connection.file = connection.execute("PRAGMA database_list").fetchone()[2]


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision (up from empty, or from any release)."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = database.engine
    command.upgrade(config, revision)
