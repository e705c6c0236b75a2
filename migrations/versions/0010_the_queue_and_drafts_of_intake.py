"""Tickets of the queue, the cases received for them, drafts of intake, cases by query code."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("hall", sa.String(200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("taken_at", at, nullable=False),
        sa.Column("called_at", at, nullable=True),
        sa.Column("shown_at", at, nullable=True),
        sa.Column(
            "clerk_id",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_tickets_clerk_id"),
            nullable=True,
        ),
        sa.Column("window", sa.String(200), nullable=False),
        sa.Column("done_at", at, nullable=True),
        sa.UniqueConstraint("hall", "day", "number", name="uq_tickets_hall_day_number"),
    )
    waiting = sa.text("called_at IS NULL")
    op.create_index(
        "ix_tickets_waiting",
        "tickets",
        ["hall", "day", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_tickets_of_clerk", "tickets", ["clerk_id", "shown_at"])
    op.create_table(
        "ticket_cases",
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("cases.id", name="fk_ticket_cases_case_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column(
            "ticket_id",
            sa.Integer(),
            sa.ForeignKey("tickets.id", name="fk_ticket_cases_ticket_id"),
            nullable=False,
        ),
    )
    op.create_index("ix_ticket_cases_ticket_id", "ticket_cases", ["ticket_id"])
    op.create_table(
        "intake_drafts",
        sa.Column(
            "person_id",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_intake_drafts_person_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", at, nullable=False),
    )
    op.create_index("ix_cases_query_code", "cases", ["query_code"])
