"""Ratings and complaints, invitations to rate, and the clocks of what follows them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    _ratings(at)
    op.create_table(
        "rating_invitations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token", sa.String(200), nullable=False),
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("cases.id", name="fk_rating_invitations_case_id"),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("window", sa.String(200), nullable=False),
        sa.Column("clerk", sa.String(200), nullable=False),
        sa.Column(
            "clerk_id",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_rating_invitations_clerk_id"),
            nullable=False,
        ),
        sa.Column("at", at, nullable=False),
        sa.Column("until", at, nullable=False),
        sa.Column("used_at", at, nullable=True),
        sa.UniqueConstraint("token", name="uq_rating_invitations_token"),
        sa.UniqueConstraint("case_id", "sequence", name="uq_rating_invitations_case_id_sequence"),
    )
    unused = sa.text("used_at IS NULL")
    op.create_index(
        "ix_rating_invitations_waiting",
        "rating_invitations",
        ["window", "id"],
        sqlite_where=unused,
        postgresql_where=unused,
    )
    _clocks(at)
    _complaints(at)


def _ratings(at: sa.DateTime) -> None:
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("cases.id", name="fk_ratings_case_id"),
            nullable=False,
        ),
        sa.Column(
            "item_id",
            sa.Integer(),
            sa.ForeignKey("case_items.id", name="fk_ratings_item_id"),
            nullable=True,
        ),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("matter", sa.String(200), nullable=False),
        sa.Column(
            "department_code",
            sa.String(200),
            sa.ForeignKey("departments.code", name="fk_ratings_department_code"),
            nullable=True,
        ),
        sa.Column("window", sa.String(200), nullable=False),
        sa.Column("served_by", sa.String(200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("first_level", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", at, nullable=False),
        sa.Column("correct_until", at, nullable=True),
        sa.Column("corrected_at", at, nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("contacted_at", at, nullable=True),
        sa.Column("rectified_at", at, nullable=True),
        sa.Column(
            "rectified_by_id",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_ratings_rectified_by_id"),
            nullable=True,
        ),
        sa.Column("called_back_at", at, nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("appealed_at", at, nullable=True),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("appeal_decided_at", at, nullable=True),
        sa.Column("appeal_answer", sa.Text(), nullable=False),
        sa.Column("closed_at", at, nullable=True),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint(
            "case_id", "channel", "matter", name="uq_ratings_case_id_channel_matter"
        ),
    )
    op.create_index("ix_ratings_given", "ratings", ["given_at", "id"])
    unfinished = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_ratings_open",
        "ratings",
        ["department_code", "id"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )


def _clocks(at: sa.DateTime) -> None:
    op.create_table(
        "follow_up_clocks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("region", sa.String(200), nullable=False),
        sa.Column("clock", sa.String(40), nullable=False),
        sa.Column("limit", sa.String(200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", at, nullable=False),
        sa.Column("extension_days", sa.Integer(), nullable=False),
        sa.Column("due_at", at, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("next_at", at, nullable=True),
        sa.Column("closed_at", at, nullable=True),
    )
    running, waiting = sa.text("closed_at IS NULL"), sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_follow_up_clocks_open",
        "follow_up_clocks",
        ["due_at", "id"],
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_index(
        "ix_follow_up_clocks_waiting",
        "follow_up_clocks",
        ["next_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_follow_up_clocks_subject", "follow_up_clocks", ["subject", "id"])


def _complaints(at: sa.DateTime) -> None:
    op.create_table(
        "complaint_diagrams",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sha256", sa.String(200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.UniqueConstraint("sha256", name="uq_complaint_diagrams_sha256"),
    )
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(
            sa.Column(name, sa.String(200), nullable=False)
            for name in (
                "number",
                "query_code",
                "token",
                "region",
                "channel",
                "category",
                "against",
            )
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("cases.id", name="fk_complaints_case_id"),
            nullable=True,
        ),
        sa.Column("real_name", sa.Boolean(), nullable=False),
        sa.Column("registered_at", at, nullable=False),
        sa.Column("registered_by", sa.String(200), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "diagram_id",
            sa.Integer(),
            sa.ForeignKey("complaint_diagrams.id", name="fk_complaints_diagram_id"),
            nullable=False,
        ),
        sa.Column("process", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.String(40), nullable=True),
        sa.Column(
            "department_code",
            sa.String(200),
            sa.ForeignKey("departments.code", name="fk_complaints_department_code"),
            nullable=True,
        ),
        sa.Column("given_back", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(40), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("proposal", "measure", "answer")),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("closed_at", at, nullable=True),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint("number", name="uq_complaints_number"),
        sa.UniqueConstraint("token", name="uq_complaints_token"),
    )
    op.create_index("ix_complaints_registered_at", "complaints", ["registered_at"])
    unfinished, about = sa.text("closed_at IS NULL"), sa.text("case_id IS NOT NULL")
    op.create_index(
        "ix_complaints_open",
        "complaints",
        ["department_code", "id"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.create_index(
        "ix_complaints_case", "complaints", ["case_id"], sqlite_where=about, postgresql_where=about
    )
    op.create_table(
        "complainants",
        sa.Column(
            "complaint_id",
            sa.Integer(),
            sa.ForeignKey("complaints.id", name="fk_complainants_complaint_id"),
            primary_key=True,
            autoincrement=False,
        ),
        *(sa.Column(name, sa.String(200), nullable=False) for name in ("name", "phone", "address")),
    )
