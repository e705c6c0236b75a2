"""Count the open clocks of a follow-up again, by the calendar as it is now known."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Action, Context
from workflows.actions.follow_ups import open_follow_ups, reckon_follow_up
from workflows.actions.voices import VOICES, Voice, find_voice
from workflows.clock import office_time, passed
from workflows.errors import N_, WorkflowError
from workflows.models import FollowUpClock


class FollowUpStays(WorkflowError):
    """By the calendar of today everything is due when it was: nothing is written."""

    sentence = N_("按现在的日历，跟进时限没有变化。")


@dataclass(frozen=True)
class RecountFollowUp(Action):
    name = "recount_follow_up"
    table = VOICES

    def find(self, key: str, ctx: Context) -> Voice:
        return find_voice(key, ctx)

    def apply(self, voice: Voice, ctx: Context) -> dict[str, Any]:
        """What was judged stays judged, as with the clocks of cases."""
        changes = [
            change for row in open_follow_ups(voice.key, ctx) if (change := _recount(row, ctx))
        ]
        if not changes:
            raise FollowUpStays
        return {"recounted": changes}


def _recount(row: FollowUpClock, ctx: Context) -> dict[str, Any] | None:
    if row.next_at is None or passed(ctx.now, row.due_at):
        return None
    before = row.due_at, row.provisional
    reckon_follow_up(row, ctx)
    if (row.due_at, row.provisional) == before:
        return None
    return {
        "clock": row.clock.value,
        "from": f"{office_time(before[0]):%Y-%m-%d %H:%M}",
        "to": f"{office_time(row.due_at):%Y-%m-%d %H:%M}",
        "provisional": row.provisional,
    }
