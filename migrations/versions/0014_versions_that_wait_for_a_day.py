"""Versions that were published for a later day, and take effect as it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.add_column("process_versions", sa.Column("effective_at", at, nullable=True))
    op.create_index("ix_process_versions_effective_at", "process_versions", ["effective_at"])
