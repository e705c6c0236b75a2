"""What cases are found by, saved views, and the indexes of filtered lists."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

#: Text whose beginning is looked for.
EXACT = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
#: Which table and columns; the second group holds only rows in which the condition is true.
INDEXES = (
    ("ix_cases_state", "cases", ["state", "id"], None),
    ("ix_cases_received_at", "cases", ["received_at"], None),
    ("ix_case_items_code", "case_items", ["code", "case_id"], None),
    ("ix_case_items_department_code", "case_items", ["department_code", "case_id"], None),
    (
        "ix_case_items_document_number",
        "case_items",
        ["document_number", "case_id"],
        "document_number IS NOT NULL",
    ),
    ("ix_deadline_pauses_open", "deadline_pauses", ["item_id", "case_id"], "ended_on IS NULL"),
    ("ix_tasks_done", "tasks", ["closed_by_id", "closed_at", "id"], None),
    ("ix_tasks_open", "tasks", ["department_code", "duty", "id"], "closed_at IS NULL"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("case_items", "document_number", type_=EXACT)
    for index, table in (
        ("ix_cases_state", "cases"),
        ("ix_case_items_department_code", "case_items"),
        ("ix_tasks_open", "tasks"),
        ("ix_tasks_done", "tasks"),
    ):
        op.drop_index(index, table_name=table)
    for index, table, columns, condition in INDEXES:
        only = sa.text(condition) if condition else None
        op.create_index(index, table, columns, sqlite_where=only, postgresql_where=only)
    _views()
    _texts()
    _fields()


def _views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("list", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("department_code", sa.String(length=200), nullable=True),
        sa.Column("hall", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_saved_views_owner_id")),
        sa.ForeignKeyConstraint(
            ["department_code"], ["departments.code"], name=op.f("fk_saved_views_department_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_views_owner_id_name")),
    )
    op.create_index(op.f("ix_saved_views_department_code"), "saved_views", ["department_code"])


def _texts() -> None:
    op.create_table(
        "lookup_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup_texts")),
        sa.UniqueConstraint("digest", name=op.f("uq_lookup_texts_digest")),
    )
    op.create_table(
        "lookup_grams",
        sa.Column("gram", sa.BigInteger(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["lookup_texts.id"], name=op.f("fk_lookup_grams_text_id")
        ),
        sa.PrimaryKeyConstraint("gram", "text_id", name=op.f("pk_lookup_grams")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lookup_uses",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["lookup_texts.id"], name=op.f("fk_lookup_uses_text_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_lookup_uses_case_id")),
        sa.PrimaryKeyConstraint("text_id", "case_id", name=op.f("pk_lookup_uses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lookup_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup_place")),
    )
    op.execute("INSERT INTO lookup_place (id, history_id) VALUES (1, 0)")


def _fields() -> None:
    op.create_table(
        "case_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("text", EXACT, nullable=True),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_fields_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fields")),
    )
    op.create_index("ix_case_fields_of_case", "case_fields", ["case_id", "field"])
    for kind in ("text", "number", "day"):
        only = sa.text(f"{kind} IS NOT NULL")
        op.create_index(
            f"ix_case_fields_{kind}",
            "case_fields",
            ["field", kind, "case_id"],
            sqlite_where=only,
            postgresql_where=only,
        )
