"""Indexes that hold what is open, and do not grow with what is over."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for index, table in (
        ("ix_deadlines_next_at", "deadlines"),
        ("ix_deadlines_open", "deadlines"),
        ("ix_deadlines_case_id", "deadlines"),
        ("ix_tasks_open", "tasks"),
        ("ix_notices_to", "notices"),
    ):
        op.drop_index(index, table_name=table)
    op.create_index("ix_deadlines_of_case", "deadlines", ["case_id", "closed_at", "clock"])
    for index, table, columns, condition in (
        ("ix_deadlines_due", "deadlines", ["next_at", "id"], "next_at IS NOT NULL"),
        ("ix_deadlines_open", "deadlines", ["clock", "basis", "due_at"], "closed_at IS NULL"),
        ("ix_tasks_open", "tasks", ["department_code", "duty"], "closed_at IS NULL"),
        ("ix_cases_going", "cases", ["version_id"], "closed_at IS NULL"),
        ("ix_notices_to_post", "notices", ["department_code", "duty", "id"], "done_at IS NULL"),
        ("ix_notices_to_role", "notices", ["role", "id"], "done_at IS NULL"),
    ):
        only = sa.text(condition)
        op.create_index(index, table, columns, sqlite_where=only, postgresql_where=only)
