"""The real application behind a real server, and a browser of this machine in front of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server.auth import limiter
from server.context import Services
from server.db import Database, connect
from server.settings import Settings
from tests.apps import app_of
from tests.browser.busy import Busy, fill
from tests.browser.site import Complaints, NewContext, Site, serving
from tests.databases import as_new
from tests.hall import Hall
from workflows.clock import FixedClock

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    """A test that fails leaves a picture of every page that was open."""
    config.option.screenshot = "only-on-failure"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser that is installed here; nothing is downloaded."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"none of {', '.join(BROWSERS)} is installed; make browser installs one"
    return {"executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every test has a site of its own, so there is no address common to all."""


@pytest.fixture
def database_url(seeded_sqlite: Path) -> str:
    """Pages do not know which database they are on: SQLite is enough for them."""
    return as_new(seeded_sqlite)


@pytest.fixture
def app(settings: Settings, clock: FixedClock, database: Database) -> Iterator[Flask]:
    """As in production, but that the tests may sign in as often as they like."""
    app = app_of(settings, clock, database)
    limiter.enabled = False
    yield app
    limiter.enabled = True


@pytest.fixture
def site(app: Flask, hall: Hall, new_context: NewContext) -> Iterator[Site]:
    """The hall, open to visitors; no page may complain of anything."""
    with serving(app) as url:
        complaints = Complaints(url.removeprefix("http://"))
        yield Site(url, app, hall, new_context, complaints)
    assert not complaints.found


@pytest.fixture(scope="session")
def busy_sqlite(seeded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Busy]:
    """A hall in the middle of its work, made once."""
    path = tmp_path_factory.mktemp("busy") / "busy.db"
    shutil.copy(seeded_sqlite, path)
    database = connect(f"sqlite:///{path}")
    settings = Settings(database_url=f"sqlite:///{path}", var_folder=path.parent)
    clock = FixedClock(Busy.begins)
    busy = fill(Hall(Services(settings, clock, database), clock))
    database.close()
    return path, busy


@pytest.fixture
def busy(busy_sqlite: tuple[Path, Busy], settings: Settings, clock: FixedClock) -> Busy:
    """The hall of this test, in the middle of its work."""
    path, busy = busy_sqlite
    shutil.copy(path, settings.database_url.removeprefix("sqlite:///"))
    clock.set(busy.now)
    return busy
