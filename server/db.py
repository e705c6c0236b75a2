"""The database.  One writer at a time per case, on SQLite as on PostgreSQL.

PostgreSQL locks the row (`FOR UPDATE`).  SQLite ignores that clause, so transactions that write
begin IMMEDIATE: the lock is taken before the first read, and two approvals at the same moment
cannot overwrite each other.  Pages begin a plain transaction and do not queue behind writers.
"""

from dataclasses import dataclass
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from server.settings import ROOT

WRITES = "lianban_writes"


@dataclass(frozen=True)
class Database:
    """The engine, and the two kinds of session made from it."""

    engine: Engine
    readers: sessionmaker[Session]
    writers: sessionmaker[Session]


def connect(url: str) -> Database:
    """Open the database at an address."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    writing = engine.execution_options(**{WRITES: True})
    return Database(
        engine,
        readers=sessionmaker(engine, expire_on_commit=False),
        writers=sessionmaker(writing, expire_on_commit=False),
    )


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=15000")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision (up from empty, or from any release)."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = database.engine
    command.upgrade(config, revision)
