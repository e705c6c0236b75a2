"""Publish a version (流程发布): a second person answers for it; new cases use it from now on."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.actions.base import Context, ProcessAction
from workflows.actions.bundle import check_bundle, check_posts
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.states import ProcessState


class SecondPersonNeeded(WorkflowError):
    """Who uploaded a version may not publish it."""

    sentence = N_("发布须由上传者以外的第二人进行。")


@dataclass(frozen=True)
class PublishProcess(ProcessAction):
    name = "publish_process"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        """Examine it first, outside the transaction: others need not wait while that runs."""
        with Session(ctx.session.get_bind()) as aside:
            version = super().find(key, replace(ctx, session=aside))
            content = version.process, version.sources, version.catalogue
        check_bundle(*content)
        return super().find(key, ctx)

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        if version.uploaded_by == ctx.actor.name:
            raise SecondPersonNeeded
        catalogue = check_bundle(version.process, version.sources, version.catalogue)
        check_posts(ctx.session, catalogue)
        current = select(ProcessVersion).where(
            ProcessVersion.process == version.process,
            ProcessVersion.state == ProcessState.PUBLISHED,
        )
        replaced = ctx.session.scalars(current.with_for_update()).all()
        for older in replaced:
            older.state = ProcessState.RETIRED
        version.published_by = ctx.actor.name
        version.published_at = ctx.now
        return {"sha256": version.sha256, "replaces": [older.key for older in replaced]}
