"""Runs the migrations on the engine that `server.db.migrate` hands over."""

from alembic import context
from sqlalchemy import Engine

from workflows.models import Base


def run() -> None:
    """Migrate in one transaction."""
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
