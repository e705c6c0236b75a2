"""Questions to other departments, joint visits and meetings, and what is asked of superiors."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("acting_for", sa.String(length=200), nullable=True),
        *_keys(
            "consultations",
            "case_id:cases.id",
            "item_id:case_items.id",
            "task_id:tasks.id",
            "deadline_id:deadlines.id",
            "department_code:departments.code",
        ),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("leader_code", sa.String(length=200), nullable=False),
        sa.Column("called_by", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("concluded_at", INSTANT, nullable=True),
        sa.Column("concluded_by", sa.String(length=200), nullable=True),
        *_keys(
            "meetings",
            "case_id:cases.id",
            "deadline_id:deadlines.id",
            "leader_code:departments.code",
        ),
    )
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.String(length=200), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("attends", sa.Boolean(), nullable=True),
        sa.Column("conclusion", sa.String(length=40), nullable=True),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=True),
        sa.Column("acting_for", sa.String(length=200), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        *_keys(
            "attendances",
            "meeting_id:meetings.id",
            "department_code:departments.code",
            "item_id:case_items.id",
        ),
    )
    op.create_table(
        "clock_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("procedure", sa.String(length=200), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("department_code", sa.String(length=200), nullable=True),
        sa.Column("duty", sa.String(length=200), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        *_keys(
            "clock_requests",
            "case_id:cases.id",
            "item_id:case_items.id",
            "department_code:departments.code",
            "asked_by_id:people.id",
        ),
    )
    for table, column in (
        ("consultations", "case_id"),
        ("consultations", "item_id"),
        ("consultations", "deadline_id"),
        ("meetings", "case_id"),
        ("meetings", "deadline_id"),
        ("attendances", "meeting_id"),
        ("attendances", "item_id"),
        ("clock_requests", "case_id"),
        ("clock_requests", "item_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for index, table, columns, condition in (
        ("ix_consultations_asked", "consultations", ["department_code", "id"], "answer IS NULL"),
        ("ix_attendances_awaited", "attendances", ["department_code", "id"], "closed_at IS NULL"),
        (
            "ix_clock_requests_open",
            "clock_requests",
            ["department_code", "duty"],
            "decided_at IS NULL",
        ),
    ):
        only = sa.text(condition)
        op.create_index(index, table, columns, sqlite_where=only, postgresql_where=only)


def _keys(table: str, *foreign: str) -> list[sa.Constraint]:
    """The primary key of a table, and the foreign ones, written column:target."""
    pairs = [text.split(":") for text in foreign]
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
            for column, target in pairs
        ),
    ]
