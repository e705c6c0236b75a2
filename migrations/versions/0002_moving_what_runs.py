"""Tasks that are done again, signers, and the timers of running processes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("tasks") as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("signer_of", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("void_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f("fk_tasks_signer_of"), "tasks", ["signer_of"], ["id"])
        batch_op.drop_constraint(op.f("uq_tasks_instance_id_number"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_tasks_instance_id_number_round"), ["instance_id", "number", "round"]
        )
    # Rungs refer to deadlines, so that SQLite could not make the table anew: columns are added.
    op.execute(
        "ALTER TABLE deadlines ADD COLUMN instance_id INTEGER "
        "CONSTRAINT fk_deadlines_instance_id REFERENCES process_instances (id)"
    )
    op.add_column("deadlines", sa.Column("timer_number", sa.Integer(), nullable=True))
    op.add_column(
        "process_instances",
        sa.Column("armed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
