"""The doors of the house: one case behind them, and nobody counts how often one knocks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.auth import limiter
from tests.databases import as_new
from tests.hall import Hall
from workflows.actions.return_for_supplement import ReturnForSupplement


@pytest.fixture
def database_url(seeded_sqlite: Path) -> str:
    """Doors do not know which database is behind them: SQLite is enough for them."""
    return as_new(seeded_sqlite)


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> Iterator[None]:
    """Tests sign in more often than people do."""
    limiter.reset()
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def case(hall: Hall) -> str:
    """A case that was told once what is missing: every page of a case can be shown."""
    number = hall.receive(without=("M03",))
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    return number
