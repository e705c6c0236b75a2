"""Publish a version (流程发布): a second person answers for it; new cases use it from then on."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from workflows.actions.base import Context, ProcessAction
from workflows.actions.bundle import check_bundle, check_posts
from workflows.actions.in_force import alone, put_in_force
from workflows.clock import office_moment
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.states import ProcessState


class SecondPersonNeeded(WorkflowError):
    """Who uploaded a version may not publish it."""

    sentence = N_("发布须由上传者以外的第二人进行。")


class DayNotAhead(WorkflowError):
    """A version takes effect at once, or as a day begins that has not begun."""

    sentence = N_("生效日 %(day)s 须在今天之后；要立即生效，请不填生效日。")


@dataclass(frozen=True)
class PublishProcess(ProcessAction):
    #: It takes effect as this day begins in the hall (生效日); none: at once.
    effective_on: date | None = None

    name = "publish_process"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        """Examine it first, outside the transaction: others need not wait while that runs."""
        with Session(ctx.session.get_bind()) as aside:
            version = super().find(key, replace(ctx, session=aside))
            content = version.process, version.sources, version.catalogue, version.tables
        check_bundle(*content)
        alone(key, ctx)
        return super().find(key, ctx)

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        if version.uploaded_by == ctx.actor.name:
            raise SecondPersonNeeded
        if self.effective_on is not None and self.effective_on <= ctx.today:
            raise DayNotAhead(day=self.effective_on.isoformat())
        catalogue = check_bundle(
            version.process, version.sources, version.catalogue, version.tables
        )
        check_posts(ctx.session, catalogue)
        version.published_by = ctx.actor.name
        if self.effective_on is None:
            return {"sha256": version.sha256, "replaces": put_in_force(version, ctx)}
        version.state = ProcessState.SCHEDULED
        version.effective_at = office_moment(self.effective_on, time.min)
        return {"sha256": version.sha256, "effective_on": self.effective_on.isoformat()}
