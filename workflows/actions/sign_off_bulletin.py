"""Sign a bulletin (签发): by somebody who did not write in it; from then on it is archived."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.bulletins import BulletinAction
from workflows.errors import N_, WorkflowError
from workflows.models import Bulletin
from workflows.models.serial import next_value


class OwnBulletin(WorkflowError):
    """Two persons: one writes, another signs."""

    sentence = N_("通报须由没有参与拟稿和修改的另一人签发。")


class FiguresBroken(WorkflowError):
    """What is signed must be what was counted."""

    sentence = N_("冻结的数据与拟稿时的校验值不一致，不能签发，请重新拟稿。")


class BulletinEmpty(WorkflowError):
    """A bulletin says something."""

    sentence = N_("请先写综述，再签发。")


@dataclass(frozen=True)
class SignOffBulletin(BulletinAction):
    name = "sign_off_bulletin"

    def apply(self, bulletin: Bulletin, ctx: Context) -> dict[str, Any]:
        if ctx.actor.person_id in bulletin.writers:
            raise OwnBulletin
        if not bulletin.whole:
            raise FiguresBroken
        if not bulletin.summary:
            raise BulletinEmpty
        bulletin.signed_by, bulletin.signed_by_id = ctx.actor.name, ctx.actor.person_id
        bulletin.signed_at = ctx.now
        bulletin.year = ctx.today.year
        bulletin.number = next_value(ctx.session, f"bulletin {bulletin.year}")
        said = (bulletin.summary, bulletin.problems, bulletin.next_steps)
        return {
            "number": f"{bulletin.year}-{bulletin.number}",
            "figures": bulletin.figures_hash,
            "said": list(said),
        }
