"""Which version of a process new cases use: one at a time, and nobody changes it beside another."""

from sqlalchemy import select

from workflows.actions.base import Context
from workflows.models import ProcessVersion
from workflows.states import ProcessState


def alone(key: str, ctx: Context) -> None:
    """Let one at a time decide what is in force: two that publish would both find the one before.

    The lock is on the first version of the process, and lets new cases refer to it.
    """
    process = key.partition("@")[0]
    first = select(ProcessVersion.id).where(ProcessVersion.process == process)
    first = first.order_by(ProcessVersion.id).limit(1)
    ctx.session.execute(first.with_for_update(key_share=True))


def put_in_force(version: ProcessVersion, ctx: Context) -> list[str]:
    """New cases use this version from now on; says which one retires."""
    current = select(ProcessVersion).where(
        ProcessVersion.process == version.process,
        ProcessVersion.state == ProcessState.PUBLISHED,
    )
    replaced = ctx.session.scalars(current.with_for_update()).all()
    for older in replaced:
        older.state = ProcessState.RETIRED
    version.state = ProcessState.PUBLISHED
    version.published_at = ctx.now
    version.effective_at = None
    return [older.key for older in replaced]
