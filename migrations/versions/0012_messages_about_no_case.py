"""Messages about the hall itself, and no case: that nobody of a post is there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
