"""Everything anyone can do.  `perform` is the only door.

One action is one transaction and one row of history: lock the subject, ask the table of
permissions and the table of states, apply, seal the row, commit.  Each verb is one file of that
name; what several share stands in base, people, work, follow, clocks, ladder and numbers; and in
consultations, inspections, cards, meetings, requests, special, extension, signatures, in_force;
of ratings and complaints in follow_ups, ratings and complaints.
bulletins, consultations, meetings, requests, special, extension, signatures and in_force.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TypeVar

from workflows.actions.accept import Accept
from workflows.actions.accept_answer import AcceptAnswer
from workflows.actions.accept_forward import AcceptForward
from workflows.actions.add_signer import AddSigner
from workflows.actions.answer_card import AnswerCard
from workflows.actions.answer_complaint import AnswerComplaint
from workflows.actions.answer_consultation import AnswerConsultation
from workflows.actions.appeal_card import AppealCard
from workflows.actions.appeal_rating import AppealRating
from workflows.actions.approve_inspection import ApproveInspection
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.attach import Attach
from workflows.actions.base import SYSTEM, Action, Actor, Context
from workflows.actions.call_back_complainant import CallBackComplainant
from workflows.actions.call_back_rater import CallBackRater
from workflows.actions.call_back_version import CallBackVersion
from workflows.actions.call_meeting import CallMeeting
from workflows.actions.cancel_inspection import CancelInspection
from workflows.actions.cancel_meeting import CancelMeeting
from workflows.actions.change_ladder import ChangeLadder
from workflows.actions.check_commitment import CheckCommitment
from workflows.actions.claim import Claim
from workflows.actions.climb_card import ClimbCard
from workflows.actions.close import Close
from workflows.actions.comment import Comment
from workflows.actions.conclude_item import ConcludeItem
from workflows.actions.conclude_meeting import ConcludeMeeting
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.consult import Consult
from workflows.actions.contact_rater import ContactRater
from workflows.actions.copy_to import CopyTo
from workflows.actions.correct_rating import CorrectRating
from workflows.actions.decide import Decide
from workflows.actions.decide_appeal import DecideAppeal
from workflows.actions.decide_rating_appeal import DecideRatingAppeal
from workflows.actions.decline import Decline
from workflows.actions.deem_accepted import DeemAccepted
from workflows.actions.delegate import Delegate
from workflows.actions.deliver import Deliver
from workflows.actions.detach import Detach
from workflows.actions.draft_bulletin import DraftBulletin
from workflows.actions.edit_bulletin import EditBulletin
from workflows.actions.escalate import Escalate
from workflows.actions.examine_complaint import ExamineComplaint
from workflows.actions.expire_attendance import ExpireAttendance
from workflows.actions.expire_consultation import ExpireConsultation
from workflows.actions.expire_deferral import ExpireDeferral
from workflows.actions.expire_supplement import ExpireSupplement
from workflows.actions.export_list import ExportList
from workflows.actions.extend_complaint import ExtendComplaint
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.file_inspection import FileInspection
from workflows.actions.fire_timer import FireTimer
from workflows.actions.forward import Forward
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.give_rating import GiveRating
from workflows.actions.hand_in import HandIn
from workflows.actions.hand_over import HandOver
from workflows.actions.handle_complaint import HandleComplaint
from workflows.actions.import_calendar import ImportCalendar
from workflows.actions.import_organisation import ImportOrganisation
from workflows.actions.issue_card import IssueCard
from workflows.actions.jump import Jump
from workflows.actions.lapse_follow_up import LapseFollowUp
from workflows.actions.migrate_case import MigrateCase
from workflows.actions.pause_deadline import PauseDeadline
from workflows.actions.pre_review import PreReview
from workflows.actions.propose_outcome import ProposeOutcome
from workflows.actions.publish_process import PublishProcess
from workflows.actions.raise_card import RaiseCard
from workflows.actions.receive import Receive
from workflows.actions.record_absence import RecordAbsence
from workflows.actions.record_attendance import RecordAttendance
from workflows.actions.record_inspection import RecordInspection
from workflows.actions.recount_deadlines import RecountDeadlines
from workflows.actions.recount_follow_up import RecountFollowUp
from workflows.actions.rectify_rating import RectifyRating
from workflows.actions.refuse_extension import RefuseExtension
from workflows.actions.refuse_forward import RefuseForward
from workflows.actions.register_complaint import RegisterComplaint
from workflows.actions.release import Release
from workflows.actions.remind import Remind
from workflows.actions.remove_signer import RemoveSigner
from workflows.actions.request_extension import RequestExtension
from workflows.actions.request_pause import RequestPause
from workflows.actions.resume_case import ResumeCase
from workflows.actions.resume_deadline import ResumeDeadline
from workflows.actions.retire_process import RetireProcess
from workflows.actions.return_answer import ReturnAnswer
from workflows.actions.return_delegated import ReturnDelegated
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.return_version import ReturnVersion
from workflows.actions.roll_back import RollBack
from workflows.actions.send_back import SendBack
from workflows.actions.send_message import SendMessage
from workflows.actions.set_qualification import SetQualification
from workflows.actions.sign_for import SignFor
from workflows.actions.sign_for_complaint import SignForComplaint
from workflows.actions.sign_off_bulletin import SignOffBulletin
from workflows.actions.supplement import Supplement
from workflows.actions.suspend_case import SuspendCase
from workflows.actions.take_back import TakeBack
from workflows.actions.take_effect import TakeEffect
from workflows.actions.unseal_complainant import UnsealComplainant
from workflows.actions.upload_process import UploadProcess
from workflows.actions.warn import Warn
from workflows.actions.weigh_outcome import WeighOutcome
from workflows.actions.withdraw import Withdraw
from workflows.actions.withdraw_consultation import WithdrawConsultation
from workflows.errors import N_, WorkflowError
from workflows.models import HistoryEvent
from workflows.models.rows import add_last, drop, save, save_last
from workflows.permissions import ACTIONS as PERMITTED
from workflows.states import next_states

__all__ = [
    "ACTIONS", "SYSTEM", "Action", "Actor", "Context", "NotPermitted", "perform", "rehearse",
]  # fmt: skip

Seen = TypeVar("Seen")

ACTIONS: dict[str, type[Action]] = {
    action.name: action
    for action in (
        Receive, Accept, ReturnForSupplement, Supplement, ExpireSupplement, DeemAccepted,
        HandIn, ExpireDeferral,
        Decline, ConfirmDecline, Withdraw,
        SignFor, GiveOpinion, PreReview, Decide, ConfirmRefusal, CheckCommitment,
        Claim, Release, Forward, AcceptForward, RefuseForward, Delegate, ReturnDelegated,
        PauseDeadline, RequestPause, ApprovePause, ResumeDeadline,
        ExtendDeadline, RequestExtension, RefuseExtension, Warn, Escalate,
        Consult, AnswerConsultation, WithdrawConsultation, ExpireConsultation,
        CallMeeting, RecordAttendance, ConcludeMeeting, CancelMeeting, ExpireAttendance,
        SendBack, TakeBack, RollBack, Jump, AddSigner, RemoveSigner, ConcludeItem,
        SuspendCase, ResumeCase, SendMessage, FireTimer, MigrateCase,
        Comment, Attach, Detach, CopyTo, Remind,
        Deliver, Close,
        UploadProcess, ReturnVersion, PublishProcess, CallBackVersion, TakeEffect, RetireProcess,
        ImportOrganisation, RecordAbsence, SetQualification, HandOver, ExportList,
        ImportCalendar, RecountDeadlines,
        FileInspection, ApproveInspection, RecordInspection, CancelInspection,
        GiveRating, CorrectRating, ContactRater, RectifyRating, CallBackRater,
        AppealRating, DecideRatingAppeal, LapseFollowUp, RecountFollowUp,
        RegisterComplaint, ExamineComplaint, SignForComplaint, ProposeOutcome, WeighOutcome,
        HandleComplaint, AnswerComplaint, CallBackComplainant, ExtendComplaint,
        UnsealComplainant,
        RaiseCard, IssueCard, AnswerCard, AcceptAnswer, ReturnAnswer, AppealCard, DecideAppeal,
        ClimbCard, ChangeLadder,
        DraftBulletin, EditBulletin, SignOffBulletin,
    )
}  # fmt: skip


class NotPermitted(WorkflowError):
    """The actor has no role that may do this."""

    sentence = N_("您的角色不能办理“%(action)s”。")


def perform(key: str, action: Action, ctx: Context) -> Any:
    """Do one action, in one transaction, and write it into the history.

    ``key`` is the case number, or ``process@version``; returns the case or the version, as it is
    now and apart from the session.  Raises a WorkflowError when the action is refused: then
    nothing has changed.
    """
    with _doing(key, action, ctx) as (subject, _details):
        save_last(ctx.session)
        ctx.session.expunge_all()
    return subject


def rehearse(
    key: str, action: Action, ctx: Context, look: Callable[[Any, dict[str, Any]], Seen]
) -> Seen:
    """See what an action would come to: it is done, looked at, and taken back.

    ``look`` is given the subject as it would be, in the session of the action, and what history
    would remember.  Raises what `perform` would raise; nothing has changed either way.
    """
    with _doing(key, action, ctx) as (subject, details):
        save(ctx.session)
        ctx.session.expire_all()
        seen = look(subject, details)
        ctx.session.rollback()
    return seen


@contextmanager
def _doing(key: str, action: Action, ctx: Context) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Everything of an action but the writing of what is left, in a transaction of its own."""
    if not PERMITTED[action.name] & ctx.actor.roles:
        raise NotPermitted(action=action.name)
    drop(ctx.session)
    ctx.decided.clear()
    with ctx.session.begin():
        subject = action.find(key, ctx)
        before = subject.state
        allowed = next_states(action.table, before, action.name)
        details = action.apply(subject, ctx)
        if subject.state is before:
            subject.state = allowed[0]
        assert subject.state in allowed, f"{action.name} led from {before} to {subject.state}"
        if ctx.decided:
            details = {**details, "decided": [asdict(one) for one in ctx.decided]}
        _remember(subject, before, action, details, ctx)
        yield subject, details


def _remember(
    subject: Any, before: str, action: Action, details: dict[str, Any], ctx: Context
) -> None:
    """Append the row of history, sealed with the row before it."""
    acting_for = details.pop("acting_for", None)
    event = HistoryEvent(
        subject=subject.key,
        sequence=subject.history_length + 1,
        at=ctx.now,
        actor=ctx.actor.name,
        acting_for=acting_for,
        action=action.name,
        from_state=str(before),
        to_state=str(subject.state),
        details=details,
        previous_hash=subject.history_hash,
    )
    event.hash = event.sealed()
    add_last(ctx.session, event)
    subject.history_length = event.sequence
    subject.history_hash = event.hash
