"""Change the ladder (预警阶梯) of a region and a theme: from a day to come, for what begins then.

Clocks and cards that have begun climb on as they began; nothing fires twice, and nothing is lost.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from workflows.actions.base import Action, Context, ProcessNotFound, written
from workflows.clock import office_moment
from workflows.errors import N_, WorkflowError
from workflows.ladders import as_plain, from_plain
from workflows.models import Ladder, LadderVersion, ProcessVersion
from workflows.states import LADDERS

#: Every process looks at least so often whether there is a newer ladder, and some to spare.
SETTLED = timedelta(seconds=10)
#: So far ahead a ladder may be decided on.
AHEAD = timedelta(days=366)


class LadderChanged(WorkflowError):
    """Somebody changed the ladder since this was looked at."""

    sentence = N_("预警阶梯刚刚被别人修改过，请您重新查看后再保存。")


class LadderSame(WorkflowError):
    """Nothing would change."""

    sentence = N_("与现在的预警阶梯完全相同，没有需要保存的。")


class DayNotToCome(WorkflowError):
    """What has begun goes on as it began: a ladder holds from a day to come."""

    sentence = N_("生效日期应在 %(first)s 到 %(last)s 之间。")


@dataclass(frozen=True)
class ChangeLadder(Action):
    revision: int
    content: dict[str, Any]
    from_day: date
    reason: str

    name = "change_ladder"
    table = LADDERS

    def find(self, key: str, ctx: Context) -> Ladder:
        region, _, theme = key.partition("/")
        ctx.calendars(region)  # a region there is
        known = select(ProcessVersion.id).where(ProcessVersion.process == theme).limit(1)
        if theme and ctx.session.scalar(known) is None:
            raise ProcessNotFound(key=theme)
        mine = (Ladder.region == region, Ladder.theme == theme)
        found = ctx.session.scalar(select(Ladder).where(*mine).with_for_update())
        if found is None:
            found = Ladder(region=region, theme=theme, state="active", revision=0)
            found.history_length, found.history_hash = 0, ""
            ctx.session.add(found)
        return found

    def apply(self, ladder: Ladder, ctx: Context) -> dict[str, Any]:
        if ladder.revision != self.revision:
            raise LadderChanged
        content = as_plain(from_plain(self.content))
        before = ladder.versions[-1].content if ladder.revision else None
        if content == before:
            raise LadderSame
        from_at = office_moment(self.from_day, time.min)
        first = ctx.today + timedelta(days=1)
        if not ctx.now + SETTLED <= from_at <= ctx.now + AHEAD:
            raise DayNotToCome(first=first, last=ctx.today + AHEAD)
        ladder.revision += 1
        version = LadderVersion(
            revision=ladder.revision, content=content, reason=written(self.reason),
            by=ctx.actor.name, at=ctx.now, from_at=from_at,
        )  # fmt: skip
        ladder.versions.append(version)
        return {
            "region": ladder.region,
            "theme": ladder.theme,
            "revision": ladder.revision,
            "from": str(self.from_day),
            "reason": version.reason,
            "before": before,
            "after": content,
        }
