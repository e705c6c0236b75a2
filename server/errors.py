"""Which HTTP status each refusal becomes, and how it is shown."""

from collections.abc import Callable
from typing import Any

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from server.labels import refusal_sentence
from server.media import FileTooLarge
from workflows.actions import NotPermitted
from workflows.actions.appeal_card import AlreadyAppealed
from workflows.actions.approve_pause import OwnRequest
from workflows.actions.base import CaseNotFound, ProcessNotFound
from workflows.actions.bulletins import BulletinNotFound
from workflows.actions.call_back_rater import OwnRectification
from workflows.actions.cards import CardNotFound, NotYourCard
from workflows.actions.change_ladder import LadderChanged
from workflows.actions.climb import NotDue
from workflows.actions.complaints import ComplaintNotFound, NotHandling
from workflows.actions.confirm_decline import OwnProposal
from workflows.actions.consultations import ConsultationClosed
from workflows.actions.detach import AttachmentRelied, AttachmentUnknown, NotYourAttachment
from workflows.actions.extend_deadline import GovernmentOnly
from workflows.actions.give_rating import RatedAlready
from workflows.actions.import_calendar import CalendarChanged
from workflows.actions.inspections import InspectionNotFound
from workflows.actions.issue_card import AlreadyIssued
from workflows.actions.meetings import NoSuchMeeting, NotLeading
from workflows.actions.people import NobodyResponsible, NotYourTask
from workflows.actions.publish_process import SecondPersonNeeded
from workflows.actions.raise_card import CardKnown
from workflows.actions.ratings import NotAnswering, RatingNotFound
from workflows.actions.receive import AlreadyReceived
from workflows.actions.record_attendance import AttendanceClosed
from workflows.actions.recount_deadlines import NothingMoves
from workflows.actions.refuse_extension import GovernmentRefuses
from workflows.actions.register_complaint import ComplaintThere
from workflows.actions.remind import AlreadyReminded
from workflows.actions.request_extension import LeadOnly
from workflows.actions.requests import RequestedAlready, RequestGone
from workflows.actions.sign_for_complaint import GivenBackAlready
from workflows.actions.sign_off_bulletin import FiguresBroken, OwnBulletin
from workflows.actions.work import SamePerson
from workflows.documents.setting import DocumentsBusy
from workflows.documents.template import DocumentUnfit
from workflows.drawing.drafts import DraftChanged, DraftGone, DraftThere
from workflows.engine import TaskNotOpen
from workflows.errors import N_, WorkflowError
from workflows.queries.complaints import ComplaintRefused
from workflows.queries.tracking import TrackingRefused
from workflows.queue import TicketGone
from workflows.states import NotAllowedInState

#: A refusal that is not here is 422: the request was understood and is not right.
STATUS: dict[type[WorkflowError], int] = {
    CaseNotFound: 404,
    ProcessNotFound: 404,
    InspectionNotFound: 404,
    BulletinNotFound: 404,
    OwnBulletin: 403,
    FiguresBroken: 409,
    TrackingRefused: 404,
    NotPermitted: 403,
    NotYourTask: 403,
    NobodyResponsible: 403,
    SamePerson: 403,
    OwnProposal: 403,
    GovernmentOnly: 403,
    GovernmentRefuses: 403,
    LeadOnly: 403,
    OwnRequest: 403,
    NotLeading: 403,
    SecondPersonNeeded: 403,
    NotAllowedInState: 409,
    TaskNotOpen: 409,
    AlreadyReceived: 409,
    NotDue: 409,
    CalendarChanged: 409,
    NothingMoves: 409,
    AttachmentUnknown: 404,
    NotYourAttachment: 403,
    AttachmentRelied: 409,
    AlreadyReminded: 409,
    FileTooLarge: 413,
    ConsultationClosed: 409,
    NoSuchMeeting: 409,
    AttendanceClosed: 409,
    RequestGone: 409,
    RequestedAlready: 409,
    TicketGone: 409,
    DraftGone: 404,
    DraftChanged: 409,
    DraftThere: 409,
    DocumentUnfit: 409,
    DocumentsBusy: 503,
    ComplaintNotFound: 404,
    ComplaintRefused: 404,
    ComplaintThere: 409,
    GivenBackAlready: 409,
    NotHandling: 403,
    RatingNotFound: 404,
    RatedAlready: 409,
    NotAnswering: 403,
    OwnRectification: 403,
    CardNotFound: 404,
    NotYourCard: 403,
    CardKnown: 409,
    AlreadyIssued: 409,
    AlreadyAppealed: 409,
    LadderChanged: 409,
}

PAGES = {
    400: N_("请求不完整或已过期，请返回后重试。"),
    401: N_("请先登录，或凭办件号和查询码查询。"),
    403: N_("您没有权限打开这个页面。"),
    404: N_("没有这个页面，或办件不存在。"),
    405: N_("这个地址不能这样访问。"),
    413: N_("文件过大：最多 %(most)s MB。"),
    429: N_("操作过于频繁，请稍等一分钟再试。"),
    500: N_("系统出错，刚才的操作没有完成。"),
}


def status_of(refusal: WorkflowError) -> int:
    """The HTTP status of a refusal."""
    return STATUS.get(type(refusal), 422)


def wants_json() -> bool:
    """Whether a program asks, not a person."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def refused(refusal: WorkflowError) -> ResponseReturnValue:
    """A refusal where no page can show it in its place."""
    sentence = refusal_sentence(refusal)
    if wants_json():
        return {"code": refusal.code, "message": sentence}, status_of(refusal)
    status = status_of(refusal)
    return render_template("error.html", status=status, sentence=sentence), status


def again(refusal: WorkflowError, page: Callable[..., str], subject: Any) -> ResponseReturnValue:
    """The page once more, with the refusal and what was written."""
    if wants_json():
        return refused(refusal)
    try:
        shown = page(subject, refusal=refusal)
    except WorkflowError as gone:
        return refused(gone)
    return shown, status_of(refusal)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    most = (request.max_content_length or 0) // (1024 * 1024)
    sentence = _(PAGES[status], most=most) if status in PAGES else error.description
    if wants_json():
        return {"code": error.name.lower().replace(" ", "_"), "message": sentence}, status
    return render_template("error.html", status=status, sentence=sentence), status


def init_errors(app: Flask) -> None:
    """Attach the pages of errors."""
    app.register_error_handler(WorkflowError, refused)
    app.register_error_handler(CSRFError, _http_error)
    app.register_error_handler(HTTPException, _http_error)
