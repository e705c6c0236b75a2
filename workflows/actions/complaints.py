"""What the actions on complaints share: the process one runs through, whose it is, who is told."""

from collections.abc import Mapping
from typing import Any

from workflows import engine
from workflows.actions.base import Action, Context, locked
from workflows.actions.follow_ups import start_follow_up
from workflows.actions.people import require
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Complaint, FollowUp, FollowUpClock, Notice, Way
from workflows.models.complaint import HANDLES
from workflows.models.rows import add_last
from workflows.permissions import Role
from workflows.states import COMPLAINTS, ComplaintState
from workflows.voices import VoiceRules, rules_on

PROCESS = "complaint"
LONGEST_TEXT = 5000


class ComplaintNotFound(WorkflowError):
    """There is no such complaint."""

    sentence = N_("没有这件投诉。")


class NotHandling(WorkflowError):
    """What the supervisors handle themselves (自办) is theirs."""

    sentence = N_("这件投诉由督查自办。")


class ComplaintAction(Action):
    """An action on a complaint; its key is written ``complaint:TS2026030200001``."""

    table = COMPLAINTS

    def find(self, key: str, ctx: Context) -> Complaint:
        return found_complaint(key, ctx)


def found_complaint(key: str, ctx: Context) -> Complaint:
    """The complaint of a key, locked."""
    found = locked(Complaint, key, ctx)
    if found is None:
        raise ComplaintNotFound
    return found


def rules_for(complaint: Complaint) -> VoiceRules:
    """The rules under which it was registered."""
    return rules_on(office_time(complaint.registered_at).date())


def definition_of(source: str) -> engine.Definition:
    """The diagram of complaints, ready to run."""
    return engine.load(PROCESS, (source,))


def advance(complaint: Complaint, variables: Mapping[str, Any], ctx: Context) -> None:
    """The step it waits at is done; where it goes on, the diagram says."""
    definition = definition_of(complaint.diagram.source)
    waiting = engine.look(definition, complaint.process).open_tasks
    [task] = (one for one in waiting if one.element == complaint.state)
    rest(complaint, engine.complete(definition, complaint.process, task.number, variables), ctx)


def rest(complaint: Complaint, step: engine.Step, ctx: Context) -> None:
    """Take over where its process rests: at a step, or at its end."""
    complaint.process = step.state
    if not step.finished:
        [task] = step.open_tasks
        complaint.state = ComplaintState(task.element)
        return
    accepted = step.variables.get("accepted")
    complaint.state = ComplaintState.SETTLED if accepted else ComplaintState.NOT_ACCEPTED
    complaint.closed_at = ctx.now


def must_handle(complaint: Complaint, ctx: Context) -> str | None:
    """Whether it is this person's to handle; for whom they act if it is not their own post."""
    if complaint.way is Way.OWN or complaint.department_code is None:
        if Role.SUPERVISOR not in ctx.actor.roles:
            raise NotHandling
        return None
    me = ctx.actor.person_id
    return require(ctx.session, complaint.department_code, HANDLES, me, ctx.today).acting_for


def start_limit(complaint: Complaint, clock: FollowUp, limit: str, ctx: Context) -> FollowUpClock:
    """Start a clock with a limit of the rules."""
    promise = rules_for(complaint).limits[limit]
    return start_follow_up(complaint.key, complaint.region, clock, promise, ctx)


def tell_handling(
    complaint: Complaint, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell the post of the department that handles it; nobody else when it is the supervisors'."""
    code = complaint.department_code
    if complaint.way is Way.OWN or code is None:
        tell_watch(complaint, light, sentence, params, ctx)
    else:
        _tell(complaint, light, sentence, params, ctx, department_code=code, duty=HANDLES)


def tell_watch(
    complaint: Complaint, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell the supervisors."""
    _tell(complaint, light, sentence, params, ctx, role=Role.SUPERVISOR.value)


def _tell(
    complaint: Complaint, light: Light, sentence: str, params: dict[str, Any], ctx: Context,
    **whom: Any,
) -> None:  # fmt: skip
    said = {"complaint": complaint.number, **params}
    notice = Notice(at=ctx.now, level=light.value, sentence=sentence, params=said, **whom)
    add_last(ctx.session, notice)
