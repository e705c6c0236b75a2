"""The time of a follow-up is over: said once, to who answers for it and to the supervisors."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Action, Context
from workflows.actions.climb import NotDue
from workflows.actions.follow_ups import INSTANT, open_follow_ups, reckon_follow_up
from workflows.actions.voices import VOICES, Voice, find_voice, tell_both
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import FollowUp

LATE = {
    FollowUp.ACCEPT: (Light.YELLOW, N_("投诉 %(complaint)s 逾期没有审核（应于%(due)s前）。")),
    FollowUp.SIGN: (Light.YELLOW, N_("投诉 %(complaint)s 逾期没有签收（应于%(due)s前）。")),
    FollowUp.HANDLE: (Light.RED, N_("投诉 %(complaint)s 逾期没有办结（应于%(due)s前）。")),
    FollowUp.REPLY: (Light.YELLOW, N_("投诉 %(complaint)s 逾期没有反馈（应于%(due)s前）。")),
    FollowUp.CONTACT: (Light.YELLOW, N_("%(what)s的差评逾期没有联系评价人（应于%(due)s前）。")),
    FollowUp.RECTIFY: (Light.RED, N_("%(what)s的差评逾期没有整改（应于%(due)s前）。")),
}


@dataclass(frozen=True)
class LapseFollowUp(Action):
    clock: int

    name = "lapse_follow_up"
    table = VOICES

    def find(self, key: str, ctx: Context) -> Voice:
        return find_voice(key, ctx)

    def apply(self, voice: Voice, ctx: Context) -> dict[str, Any]:
        row = next((one for one in open_follow_ups(voice.key, ctx) if one.id == self.clock), None)
        if row is None or row.next_at is None:
            raise NotDue
        reckon_follow_up(row, ctx)  # a newer calendar may have put it off
        if row.due_at + INSTANT > ctx.now:
            raise NotDue
        row.next_at = None
        light, sentence = LATE[row.clock]
        due = f"{office_time(row.due_at):%Y-%m-%d %H:%M}"
        tell_both(voice, light, sentence, {"due": due}, ctx)
        return {"clock": row.clock.value, "due": due, "light": light.value, "round": voice.round}
