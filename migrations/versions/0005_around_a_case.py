"""Attachments, copies, followed cases, drafts, notices to one person, and who received a case."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _attachments()
    _personal()
    # Other tables refer to these, so that SQLite could not make them anew: columns are added.
    for table, column in (("cases", "received_by_id"), ("notices", "person_id")):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column} REFERENCES people (id)"
        )
    op.execute(
        "UPDATE cases SET received_by_id = (SELECT one.id FROM people one "
        "WHERE one.name = cases.received_by AND NOT EXISTS "
        "(SELECT 1 FROM people other WHERE other.name = one.name AND other.id <> one.id))"
    )
    op.create_index("ix_cases_received_by", "cases", ["received_by_id", "id"])
    _partial("ix_notices_to_person", "notices", ["person_id", "id"], "done_at IS NULL")


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(200), nullable=False),
        sa.Column("for_applicant", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        _refers("attachments", "case_id", "cases"),
        _refers("attachments", "item_id", "case_items"),
        _refers("attachments", "task_id", "tasks"),
        _refers("attachments", "by_id", "people"),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"])
    op.create_index("ix_attachments_sha256", "attachments", ["sha256"])


def _personal() -> None:
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        *_keys("copies", "case_id", "person_id"),
    )
    _partial("ix_copies_unread", "copies", ["person_id", "id"], "read_at IS NULL")
    _partial("ix_copies_read", "copies", ["person_id", "id"], "read_at IS NOT NULL")
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_keys("follows", "case_id", "person_id"),
    )
    op.create_index("ix_follows_of", "follows", ["person_id", "id"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        *_keys("drafts", "task_id", "person_id"),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _keys(table: str, first: str, second: str) -> list[sa.Constraint]:
    """Of a table that has one row for each person and each of something."""
    tables = {"case_id": "cases", "person_id": "people", "task_id": "tasks"}
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _refers(table, first, tables[first]),
        _refers(table, second, tables[second]),
        sa.UniqueConstraint(first, second, name=op.f(f"uq_{table}_{first}_{second}")),
    ]


def _partial(index: str, table: str, columns: list[str], condition: str) -> None:
    only = sa.text(condition)
    op.create_index(index, table, columns, sqlite_where=only, postgresql_where=only)
