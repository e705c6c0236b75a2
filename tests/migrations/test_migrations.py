"""The tables that migrations make are the tables the program expects, and history stays."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, select, text
from sqlalchemy.exc import IntegrityError

from server.db import Database, connect, migrate
from server.settings import ROOT
from tests.databases import administer, sibling
from tests.hall import Hall
from workflows.models import (
    Base,
    CaseMaterial,
    Deadline,
    DeadlineRung,
    MaterialVersion,
    Notice,
    ProcessInstance,
    Task,
)


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


def test_who_received_a_case_is_known_where_only_one_has_that_name(hall: Hall) -> None:
    """What the fifth revision asks of older rows, asked of rows of today."""
    source = (ROOT / "migrations/versions/0005_around_a_case.py").read_text("utf-8")
    statement = "".join(re.findall(r'"(UPDATE cases SET .*?)"\n\s+"(.*?)"\n\s+"(.*?)"', source)[0])
    shared = hall.receive()
    single = hall.act("window2", "", hall.application()).number
    with hall.services.database.writing.begin() as connection:
        connection.execute(text("UPDATE cases SET received_by_id = NULL"))
        connection.execute(text(statement))
    assert hall.case(shared).received_by_id is None, "three people are called 李芳"
    assert hall.case(single).received_by_id == hall.actor("window2").person_id


@pytest.fixture(params=["sqlite", "postgresql"])
def first_release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of release 0.1.0, with a task, a clock and a rung of it."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        administer(server, "CREATE DATABASE old")
        url = sibling(server, "old")
    old = connect(url)
    migrate(old, "0001")
    fill_first_release(old)
    yield old
    old.close()
    if request.param == "postgresql":
        administer(server, "DROP DATABASE old WITH (FORCE)")


def fill_first_release(database: Database) -> None:
    """One row of each table that the second revision changes, with what they refer to."""
    tables = MetaData()
    tables.reflect(database.engine)
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    given: dict[str, dict[str, Any]] = {
        "departments": {"code": "SJ"},
        "process_versions": {"state": "published"},
        "cases": {"state": "in_review"},
        "case_items": {"state": "reviewing", "department_code": "SJ"},
        "process_instances": {},
        "tasks": {"number": 5, "department_code": "SJ"},
        "deadlines": {"clock": "item", "basis": "promised", "limit": "5wd"},
        "deadline_rungs": {},
    }
    plain = {str: "x", int: 1, bool: False, bytes: b"x", datetime: at}
    with database.engine.begin() as connection:
        for name, values in given.items():
            needed = [c for c in tables.tables[name].columns if not c.nullable]
            row = {c.name: plain.get(c.type.python_type, {}) for c in needed} | values
            connection.execute(tables.tables[name].insert().values(row))


def test_what_the_first_release_wrote_is_still_there_after_the_second(
    first_release: Database,
) -> None:
    migrate(first_release)
    with first_release.readers() as session:
        task = session.scalars(select(Task)).one()
        assert (task.number, task.round, task.signer_of, task.void_at) == (5, 1, None, None)
        deadline = session.scalars(select(Deadline)).one()
        assert (deadline.limit, deadline.instance_id, deadline.timer_number) == ("5wd", None, None)
        assert session.scalars(select(DeadlineRung)).one().deadline_id == deadline.id
        assert session.scalars(select(ProcessInstance)).one().armed is False
    with first_release.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def _materials(connection: Connection, table: Table, at: datetime) -> None:
    """One that was handed in, and one that was not."""
    plain = {"case_id": 1, "name": "x", "required": True, "deferrable": False, "fetched": False,
             "items": [], "deferred": False, "fault": ""}  # fmt: skip
    connection.execute(table.insert().values({**plain, "code": "M1", "received_at": at}))
    connection.execute(table.insert().values({**plain, "code": "M2"}))


def test_what_refers_to_each_other_is_still_there_and_materials_have_a_first_version(
    first_release: Database,
) -> None:
    migrate(first_release, "0003")
    tables = MetaData()
    tables.reflect(first_release.engine)
    tasks, notices = tables.tables["tasks"], tables.tables["notices"]
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    told = {"case_id": 1, "at": at, "level": "red", "sentence": "x", "params": {}, "role": "window"}
    with first_release.engine.begin() as connection:
        first = connection.execute(select(tasks)).mappings().one()
        second = {**first, "id": first["id"] + 1, "round": 2, "signer_of": first["id"]}
        connection.execute(tasks.insert().values(second))
        connection.execute(notices.insert().values(told))
        _materials(connection, tables.tables["case_materials"], at)
    migrate(first_release)
    with first_release.readers() as session:
        rows = session.scalars(select(Task).order_by(Task.id)).all()
        assert [(row.signer_of, row.assignee_id) for row in rows] == [(None, None), (1, None)]
        assert session.scalars(select(Notice)).one().case_id == 1
        assert session.scalars(select(CaseMaterial.version).order_by(CaseMaterial.id)).all() == [
            1,
            0,
        ]
        version = session.scalars(select(MaterialVersion)).one()
        assert (version.number, version.at, version.by, version.origin_id) == (1, at, "x", None)
    with first_release.engine.begin() as connection:
        connection.execute(notices.insert().values({**told, "case_id": None}))
