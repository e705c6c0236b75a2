"""What has clocks of its own besides cases: a bad rating, a complaint."""

from typing import Any

from workflows.actions.base import Context
from workflows.actions.complaints import found_complaint, tell_handling, tell_watch
from workflows.actions.ratings import found_rating, tell_answering, tell_supervisors
from workflows.deadlines import Light
from workflows.models import Complaint, Rating, Way
from workflows.states import COMPLAINTS, RATINGS

Voice = Rating | Complaint
#: Both lifecycles; no state is called the same in both.
VOICES: dict[tuple[str, str], tuple[Any, ...]] = {**RATINGS, **COMPLAINTS}


def find_voice(key: str, ctx: Context) -> Voice:
    """The rating or the complaint of a key, locked."""
    found = found_complaint if key.startswith("complaint:") else found_rating
    return found(key, ctx)


def tell_both(
    voice: Voice, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell who answers for it, and the supervisors; once where these are the same."""
    if isinstance(voice, Rating):
        tell_answering(voice, light, sentence, params, ctx)
        tell_supervisors(voice, light, sentence, params, ctx)
        return
    tell_watch(voice, light, sentence, params, ctx)
    if voice.way not in (None, Way.OWN):
        tell_handling(voice, light, sentence, params, ctx)
