"""How far the watch has looked, and the history by what was done and when."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "watch_place",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=True),
    )
    # What happened before is looked at only when somebody asks for it.
    op.execute(
        "INSERT INTO watch_place (id, history_id) SELECT 1, coalesce(max(id), 0) FROM history"
    )
    op.create_index("ix_history_action_at", "history", ["action", "at"])
