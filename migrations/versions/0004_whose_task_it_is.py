"""Whose task it is: members of posts, who has a task, who was offered one; notices of no case."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "post_members",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_members_post_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_post_members_person_id")
        ),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_post_members")),
    )
    op.create_index(op.f("ix_post_members_person_id"), "post_members", ["person_id"])
    # Tasks refer to tasks, so that SQLite could not make the table anew: the column is added.
    op.execute(
        "ALTER TABLE tasks ADD COLUMN assignee_id INTEGER "
        "CONSTRAINT fk_tasks_assignee_id REFERENCES people (id)"
    )
    only = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_tasks_assigned", "tasks", ["assignee_id"], sqlite_where=only, postgresql_where=only
    )
    op.create_table(
        "task_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_offers_task_id")),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_task_offers_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_task_offers_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_offers")),
    )
    op.create_index(op.f("ix_task_offers_task_id"), "task_offers", ["task_id"])
    only = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_task_offers_open", "task_offers", ["to_id"], sqlite_where=only, postgresql_where=only
    )
    with op.batch_alter_table("notices") as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
