"""What was tried with a process: runs of test cases, and simulations."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "trial_runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("files", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("wording", sa.String(200), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", at, nullable=False),
        sa.UniqueConstraint(
            "process",
            "files",
            "name",
            "wording",
            name=op.f("uq_trial_runs_process_files_name_wording"),
        ),
    )
    op.create_table(
        "simulation_runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("files", sa.String(200), nullable=False),
        sa.Column("diagram", sa.Text(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", at, nullable=False),
        sa.Column("told_at", at, nullable=False),
    )
    op.create_index("ix_simulation_runs_process", "simulation_runs", ["process", "files"])
