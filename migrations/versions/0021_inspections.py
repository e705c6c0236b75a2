"""Inspections of enterprises (涉企检查)."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("token", sa.String(200), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "department_code", sa.String(200), sa.ForeignKey("departments.code"), nullable=False
        ),
        sa.Column("enterprise", sa.String(200), nullable=False),
        sa.Column("enterprise_number", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("matter", sa.String(200), nullable=False),
        sa.Column("basis", sa.String(200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("joint", sa.JSON(), nullable=False),
        sa.Column("alone_because", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.String(200), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("filed_at", AT, nullable=False),
        sa.Column("approved_by", sa.String(200), nullable=True),
        sa.Column("approved_at", AT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("inspectors", sa.JSON(), nullable=False),
        sa.Column("problems", sa.Boolean(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("closed_at", AT, nullable=True),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_hash", sa.String(200), nullable=False),
        sa.UniqueConstraint("number", name=op.f("uq_inspections_number")),
        sa.UniqueConstraint("token", name=op.f("uq_inspections_token")),
    )
    op.create_index(
        "ix_inspections_enterprise_number", "inspections", ["enterprise_number", "from_on"]
    )
    op.create_index("ix_inspections_department_code", "inspections", ["department_code", "id"])
    op.create_index("ix_inspections_state", "inspections", ["state", "id"])
