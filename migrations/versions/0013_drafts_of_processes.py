"""Drafts of processes, file by file; versions keep files beside diagrams, catalogue and forms."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "process_drafts",
        sa.Column("process", sa.String(200), primary_key=True),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("begun_by", sa.String(200), nullable=False),
        sa.Column("begun_at", at, nullable=False),
    )
    op.create_table(
        "draft_files",
        sa.Column(
            "process",
            sa.String(200),
            sa.ForeignKey("process_drafts.process", name="fk_draft_files_process"),
            primary_key=True,
        ),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.Column("changed_at", at, nullable=False),
    )
    others = sa.Column("others", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("process_versions", others)
