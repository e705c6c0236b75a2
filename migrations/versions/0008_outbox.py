"""What leaves the system, how far its sources are read, and what people have chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _outbox()
    op.create_table(
        "outbox_positions",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_outbox_positions")),
    )
    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(length=200), nullable=False)
            for name in ("mail", "sms", "webhook", "language")
        ),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_choices_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_choices")),
    )
    # Nobody is told of what happened before there was an outbox.
    for source in ("notices", "history"):
        op.execute(
            f"INSERT INTO outbox_positions (source, last_id) SELECT '{source}', COALESCE(MAX(id), 0) FROM {source}"
        )


def _outbox() -> None:
    words = {"key", "channel", "address", "lane", "light", "subject", "lease"}
    moments = ("at", "not_before", "next_at", "leased_until", "sent_at", "dead_at")
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(length=200), nullable=name == "lease")
            for name in sorted(words)
        ),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=name not in ("at", "not_before"))
            for name in moments
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    for index, columns, condition in (
        ("ix_outbox_due", ["channel", "next_at", "id"], "next_at IS NOT NULL"),
        ("ix_outbox_lane", ["lane", "id"], "next_at IS NOT NULL"),
        ("ix_outbox_dead", ["dead_at", "id"], "dead_at IS NOT NULL"),
    ):
        only = sa.text(condition)
        op.create_index(index, "outbox", columns, sqlite_where=only, postgresql_where=only)
