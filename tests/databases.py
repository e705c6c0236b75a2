"""Real databases for the tests: filled once for a test process, and as new before each test.

The engines stay the same as well, so that what SQLAlchemy has compiled is compiled once.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from server.context import Services
from server.db import Database, connect, migrate
from server.demo import set_up_demo
from server.settings import ROOT, Settings
from workflows.clock import OFFICE_ZONE, FixedClock
from workflows.models import Base

#: A Monday without a holiday near.
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)
_open: dict[str, Database] = {}


def opened(url: str) -> Database:
    """The database at an address; the same one whenever it is asked for."""
    if url not in _open:
        _open[url] = connect(url)
    return _open[url]


def fill(url: str, folder: Path) -> None:
    """Make the tables and the demonstration hall."""
    database = connect(url)
    migrate(database)
    settings = Settings(database_url=url, var_folder=folder)
    services = Services(settings, FixedClock(MONDAY), database)
    set_up_demo(services.context, ROOT / "bpmn")
    database.close()


def as_new(seeded: Path) -> str:
    """The address of an SQLite database that is now what the seeded one is."""
    path = seeded.with_name("lianban.db")
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    shutil.copy(seeded, path.with_name("new.db"))
    os.replace(path.with_name("new.db"), path)  # who still has the old one keeps that
    return f"sqlite:///{path}"


class Kept:
    """A PostgreSQL database that becomes again what it was: by its rows, not by its files."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = create_engine(url)
        names = ["alembic_version", *(table.name for table in Base.metadata.sorted_tables)]
        copies = [f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in names]
        self._run("CREATE SCHEMA kept", *copies)
        self.again = [
            "SET LOCAL session_replication_role = replica",  # also what nobody may delete
            *(f"DELETE FROM public.{name}" for name in names),
            *(f"INSERT INTO public.{name} TABLE kept.{name}" for name in names),
            *(f"SELECT setval('public.{name}_id_seq', coalesce(max(id), 0) + 1, false) "
              f"FROM kept.{name}" for name in self._numbered()),
        ]  # fmt: skip

    def renew(self) -> None:
        """Everyone out, and every table as it was."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        self._run(*self.again)

    def _run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(";".join(statements))

    def _numbered(self) -> list[str]:
        query = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
        with self.engine.connect() as connection:
            return [name.removesuffix("_id_seq") for name in connection.scalars(text(query))]


def administer(url: str, statement: str) -> None:
    """Run a statement that no transaction may hold."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def sibling(url: str, name: str) -> str:
    """The address of another database of the same server."""
    head, mark, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{query}"
