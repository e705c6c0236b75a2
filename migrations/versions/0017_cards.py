"""Cards of the watch with their ladder, and ladders as data with versions."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _cards()
    op.create_table(
        "card_rungs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("card_id", sa.Integer(), sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.UniqueConstraint("card_id", "rung", name=op.f("uq_card_rungs_card_id_rung")),
    )
    op.create_table(
        "ladders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("region", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(200), nullable=False),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint("region", "theme", name=op.f("uq_ladders_region_theme")),
    )
    op.create_table(
        "ladder_versions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ladder_id", sa.Integer(), sa.ForeignKey("ladders.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("from_at", AT, nullable=False),
        sa.UniqueConstraint(
            "ladder_id", "revision", name=op.f("uq_ladder_versions_ladder_id_revision")
        ),
    )
    with op.batch_alter_table("notices") as batch_op:
        batch_op.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_notices_card_id"), "cards", ["card_id"], ["id"])


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("rule", sa.String(200), nullable=True),
        sa.Column("matter", sa.String(200), nullable=True),
        sa.Column("token", sa.String(200), nullable=True),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("raised_as", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("region", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(200), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        sa.Column("item_code", sa.String(200), nullable=True),
        sa.Column(
            "department_code", sa.String(200), sa.ForeignKey("departments.code"), nullable=True
        ),
        sa.Column("person", sa.String(200), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("happened_at", AT, nullable=False),
        sa.Column("raised_at", AT, nullable=False),
        sa.Column("raised_by", sa.String(200), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("reply_from", AT, nullable=True),
        sa.Column("reply_limit", sa.String(200), nullable=True),
        sa.Column("reply_due", AT, nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("answered_at", AT, nullable=True),
        sa.Column("appeal_until", AT, nullable=True),
        sa.Column("appeal", sa.JSON(), nullable=True),
        sa.Column("appealed_at", AT, nullable=True),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("closed_at", AT, nullable=True),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_at", AT, nullable=True),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint("number", name=op.f("uq_cards_number")),
        sa.UniqueConstraint("rule", "matter", name=op.f("uq_cards_rule_matter")),
        sa.UniqueConstraint("token", name=op.f("uq_cards_token")),
    )
    op.create_index(op.f("ix_cards_case_id"), "cards", ["case_id"])
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index("ix_cards_due", "cards", ["next_at", "id"],
                    sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip
    op.create_index("ix_cards_department_code", "cards", ["department_code", "state", "id"])
    op.create_index("ix_cards_state", "cards", ["state", "id"])
    op.create_index("ix_cards_raised_at", "cards", ["raised_at", "id"])
