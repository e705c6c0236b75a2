"""Indexes on the days that statistics count by; bulletins with frozen figures."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

INDEXES = (
    ("cases", "accepted_at"),
    ("cases", "decided_at"),
    ("cases", "closed_at"),
    ("case_items", "started_at"),
    ("case_items", "decided_at"),
)


def upgrade() -> None:
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("figures_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures_hash", sa.String(200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.String(200), nullable=False),
        sa.Column("edited_by", sa.String(200), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("signed_by", sa.String(200), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint("year", "number", name=op.f("uq_bulletins_year_number")),
    )
