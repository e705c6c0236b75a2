"""The tables that migrations make are the tables the program expects, and history stays."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from server.db import Database, migrate
from server.settings import ROOT
from tests.hall import Hall
from workflows.models import Base


def test_migrations_from_empty_make_exactly_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(hall: Hall, database: Database) -> None:
    number = hall.receive()
    migrate(database)
    assert hall.case(number).number == number


def test_revisions_form_one_line() -> None:
    files = sorted(path.name for path in (ROOT / "migrations/versions").glob("*.py"))
    assert [name[:4] for name in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'nobody'",
        "UPDATE history SET details = '{}' WHERE sequence = 1",
        "DELETE FROM history",
    ],
)
def test_history_refuses_to_be_rewritten(hall: Hall, database: Database, statement: str) -> None:
    number = hall.receive()
    with database.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(statement))
    assert hall.history(number)[0].actor == "李芳"


def test_history_refuses_to_be_emptied_at_once(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        return  # SQLite has no TRUNCATE; DELETE is refused above
    with database.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("TRUNCATE history"))
