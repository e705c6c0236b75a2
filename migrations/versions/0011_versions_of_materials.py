"""Versions of materials, how long they are valid, and the day for which one was promised (容缺);
files that are answers of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "material_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_versions")),
        _refers("material_versions", "material_id", "case_materials"),
        _refers("material_versions", "by_id", "people"),
        _refers("material_versions", "origin_id", "material_versions"),
        sa.UniqueConstraint(
            "material_id", "number", name=op.f("uq_material_versions_material_id_number")
        ),
    )
    # Other tables refer to these, so that SQLite could not make them anew: columns are added.
    for table, column in (
        ("case_materials", "version INTEGER DEFAULT 0 NOT NULL"),
        ("case_materials", "valid_until DATE"),
        ("case_materials", "promised_on DATE"),
        ("case_materials", "promise_number VARCHAR(200)"),
        ("case_materials", _key("case_materials", "deadline_id", "deadlines")),
        ("attachments", "field VARCHAR(200)"),
        ("attachments", _key("attachments", "version_id", "material_versions")),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    only = sa.text("version_id IS NOT NULL")
    op.create_index(
        "ix_attachments_version",
        "attachments",
        ["version_id"],
        sqlite_where=only,
        postgresql_where=only,
    )
    _first_versions()


def _first_versions() -> None:
    """What is here was handed in once; who took it in is known of the case."""
    op.execute("UPDATE case_materials SET version = 1 WHERE received_at IS NOT NULL")
    op.execute(
        "INSERT INTO material_versions (material_id, number, at, by, by_id) "
        "SELECT m.id, 1, m.received_at, c.received_by, c.received_by_id "
        "FROM case_materials m JOIN cases c ON c.id = m.case_id WHERE m.received_at IS NOT NULL"
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _key(table: str, column: str, to: str) -> str:
    return f"{column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)"
