"""Draft a bulletin (拟稿): the figures of a period that is over, as they are counted now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.actions.base import Context
from workflows.actions.bulletins import BulletinAction, write_texts
from workflows.errors import N_, WorkflowError
from workflows.models import Bulletin
from workflows.models.bulletin import digest_of
from workflows.states import BulletinState


class PeriodNotOver(WorkflowError):
    """Nobody is told of a period that still goes on."""

    sentence = N_("统计期到 %(last)s 才结束，结束以后才能出通报。")


@dataclass(frozen=True)
class DraftBulletin(BulletinAction):
    """``figures`` are those of `queries.bulletin`, which say of what period they are."""

    figures: dict[str, Any]
    summary: str = ""

    name = "draft_bulletin"

    def find(self, key: str, ctx: Context) -> Bulletin:
        first, last = (date.fromisoformat(self.figures[name]) for name in ("first", "last"))
        if last >= ctx.today:
            raise PeriodNotOver(last=last)
        bulletin = Bulletin(
            state=BulletinState.NEW, first=first, last=last, figures=self.figures,
            figures_at=ctx.now, figures_hash=digest_of(self.figures), summary="", problems="",
            next_steps="", drafted_by=ctx.actor.name, edited_by=ctx.actor.name, writers=[],
            history_length=0, history_hash="",
        )  # fmt: skip
        ctx.session.add(bulletin)
        ctx.session.flush()
        return bulletin

    def apply(self, bulletin: Bulletin, ctx: Context) -> dict[str, Any]:
        write_texts(bulletin, {"summary": self.summary}, ctx)
        return {
            "first": bulletin.first.isoformat(),
            "last": bulletin.last.isoformat(),
            "figures": bulletin.figures_hash,
        }
