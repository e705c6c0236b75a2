"""申请人查询: an applicant follows a case with number and query code, without an account."""

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.around import for_applicant, reminded_until
from server.auth import limiter
from server.context import calendars, now, reader
from server.errors import status_of
from server.files import content_of
from server.labels import refusal_sentence, word
from server.papers import consequence
from server.parallel import state_label
from server.rating import contact_limit, rateable
from server.reading import FormInvalid
from server.view import day, standing_text
from server.voice_words import LEVELS, RATING_STATES
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case
from workflows.queries.matrix import MatrixRow, case_standing, matrix
from workflows.queries.search import find_case
from workflows.queries.tracking import TrackingRefused, track
from workflows.states import CASES, CaseState

applicant = Blueprint("applicant", __name__)

C = CaseState
#: Ended before they were decided: the first step is done, and no other is under way.
ENDED = frozenset({C.REFUSED, C.NOT_REQUIRED, C.WITHDRAWN, C.TERMINATED})
#: The steps that an applicant sees, and the states in which each is done.
STEPS = (
    (N_("收件"), frozenset(CaseState)),
    (N_("受理"), frozenset({C.IN_REVIEW, C.SUSPENDED, C.DECIDED, C.DELIVERED, C.CLOSED})),
    (N_("部门审查"), frozenset({C.DECIDED, C.DELIVERED, C.CLOSED})),
    (N_("领取结果"), frozenset({C.DELIVERED, C.CLOSED})),
)


@applicant.get("/track")
def track_page() -> str:
    """Ask for number and code."""
    return render_template("track.html", values={})


@applicant.post("/track")
@limiter.limit("60/minute")
def track_posted() -> ResponseReturnValue:
    """Check number and code; the session then knows this one case."""
    number, code = request.form.get("number", ""), request.form.get("code", "")
    try:
        case = track(reader(), number, code)
    except TrackingRefused as refusal:
        sentence = refusal_sentence(refusal)
        page = render_template("track.html", values=request.form, sentence=sentence)
        return page, status_of(refusal)
    session["tracked"] = case.number
    return redirect(url_for("applicant.progress"), 303)


@applicant.get("/track/progress")
def progress() -> ResponseReturnValue:
    """How far the case is: steps, departments, dates; no names of staff."""
    number = session.get("tracked", "")
    if find_case(reader(), number) is None:
        return redirect(url_for("applicant.track_page"))
    return progress_page(number)


@applicant.get("/track/attachments/<int:attachment_id>")
def attachment(attachment_id: int) -> Response:
    """A file of the case whose code was shown, if it was marked for the applicant."""
    case = find_case(reader(), session.get("tracked", ""))
    row = reader().get(Attachment, attachment_id)
    if case is None or row is None or row.case_id != case.id:
        abort(404)
    if row.removed_at is not None or not row.for_applicant:
        abort(404)
    return content_of(row, download=True)


def progress_page(number: str, refusal: WorkflowError | None = None) -> str:
    """The page, with what was posted when it is shown again."""
    case = find_case(reader(), number)
    if case is None:
        abort(404)
    calendar = calendars(case.region)
    rows = matrix(reader(), case, now(), calendar)
    stands = case_standing(case, now(), calendar)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    return render_template(
        "progress.html",
        case=case,
        steps=_steps(case, rows),
        items=rows,
        state_label=state_label,
        standing=stands,
        left=standing_text(stands),
        faults=[row for row in case.materials if row.fault and row.received_at is None],
        files=for_applicant(case),
        owed=[row for row in case.materials if row.owed and not case.closed_at],
        comes_to=consequence(case),
        may_remind=(case.state, "remind") in CASES,
        reminded_until=reminded_until(case),
        ratings=rateable(case),
        contact_limit=contact_limit(),
        level_word=lambda level: word(LEVELS, level),
        rating_state=lambda state: word(RATING_STATES, state),
        may_withdraw=(case.state, "withdraw") in CASES,
        data=request.form if request.method == "POST" else {},
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
    )


def _steps(case: Case, rows: list[MatrixRow]) -> list[dict[str, str]]:
    """The steps with their notes; the first that is not done is the one under way."""
    done_count = sum(1 for row in rows if row.item.decided)
    notes = [
        day(case.received_at),
        day(case.accepted_at) if case.accepted_at else "",
        _("%(done)s / %(all)s 个事项已有结果", done=done_count, all=len(rows)),
        day(case.decided_at) if case.decided_at else "",
    ]
    shown = []
    under_way = False
    over = case.state in ENDED
    for (name, states), note in zip(STEPS, notes, strict=True):
        state = "done" if case.state in states else "todo"
        if state == "todo" and not under_way and not over:
            state, under_way = "now", True
        shown.append({"label": _(name), "state": state, "note": note})
    return shown
