"""好差评: bad ratings are followed up: contacted, put right, called back; appeals are decided.

Departments see what was said of their own items, window leads and supervisors everything.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.context import acting, calendars, now, reader
from server.doors import FOLLOWERS, HEARERS
from server.errors import again
from server.explained import Line, lines
from server.labels import any_state, limit_words, refusal_sentence, word
from server.lists import page_number
from server.names import case_title, item_name, zh
from server.rating import contact_limit
from server.reading import FormInvalid, read_action
from server.view import minute, standing_text
from server.voice_words import CALLED_BACK, CHANNELS, FOLLOW_UPS, LEVELS, REASONS, TABS
from workflows.actions import ACTIONS, perform
from workflows.actions.ratings import RatingAction
from workflows.calendar import ONE_DAY
from workflows.clock import office_moment
from workflows.deadlines import Light, days_left, due, light, yellow_at
from workflows.errors import WorkflowError
from workflows.explaining import explain
from workflows.models import Case, FollowUpClock, Rating
from workflows.models.base import WHOLE
from workflows.permissions import ACTIONS as PERMITTED
from workflows.permissions import HALL, Role
from workflows.queries import ratings as queries
from workflows.queries.complaints import complaints_of
from workflows.queries.standing import Standing
from workflows.queries.timeline import timeline
from workflows.states import RATINGS

ratings = Blueprint("ratings", __name__)

#: No day after this is asked for.
LAST = date(9998, 12, 31)
#: What is done on the page of a rating.
VERBS = (
    "contact_rater", "rectify_rating", "call_back_rater", "appeal_rating", "decide_rating_appeal",
)  # fmt: skip
#: Of whom everything is seen; an approver of a department sees what was said of its items.
EVERYTHING = frozenset({R for R in Role} - {Role.APPROVER})


@dataclass(frozen=True)
class Clock:
    """A clock of a follow-up as it is shown: how it stands, and why it ends when it does."""

    row: FollowUpClock
    title: str
    limit: str
    light: Light
    left: str
    lines: tuple[Line, ...]

    @property
    def days(self) -> int:
        """The days of the whole picture."""
        return sum(line.days for line in self.lines)


def whose() -> queries.Reader:
    """What this person may see."""
    if current_user.roles & EVERYTHING:
        return queries.Reader()
    return queries.Reader(current_user.person.department_code or "")


@ratings.get("/ratings")
def overview() -> str:
    """What is to be followed up, and what was said lately."""
    tabs = [key for key, _label in TABS]
    which = request.args.get("list", "open")
    which = which if which in tabs else "open"
    page = page_number()
    found = queries.listed(reader(), whose(), which, page, narrowed())
    return render_template(
        "ratings.html",
        rows=[(row, _about(row), [clock_of(one) for one in clocks]) for row, clocks in found.rows],
        total=found.total,
        which=which,
        contact_limit=contact_limit(),
        tabs=[(key, _(label)) for key, label in TABS],
        page=page,
        pages=-(-found.total // queries.SHOWN),
        **WORDED,
    )


def narrowed() -> queries.Narrowed:
    """What the list is narrowed by in the address: a figure of the report opens it so."""
    department, window = (request.args.get(name, "")[:40] for name in ("department", "window"))
    first, last = (_day(request.args.get(name, "")) for name in ("from", "to"))
    return queries.Narrowed(
        department,
        window,
        office_moment(first, time.min) if first else None,
        office_moment(last + ONE_DAY, time.min) if last else None,
    )


def _day(text: str) -> date | None:
    try:
        return min(date.fromisoformat(text), LAST)
    except ValueError:
        return None


@ratings.get("/ratings/<int:rating_id>")
def detail(rating_id: int) -> str:
    """One rating: what was said, its clocks, what was done, what is to be done."""
    return detail_page(rating_id)


def detail_page(rating_id: int, refusal: WorkflowError | None = None) -> str:
    """The page, with what was posted when it is shown again."""
    found = _found(rating_id)
    clocks = queries.clocks_of(reader(), [found.key], stopped=True).get(found.key, [])
    posted = request.method == "POST"
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    return render_template(
        "rating.html",
        rating=found,
        about=_about(found),
        clocks=[clock_of(row) for row in clocks],
        may=_may(found),
        events=_events(found),
        tried=(request.view_args or {}).get("name") if posted else None,
        data=request.form if posted else {},
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        results=[(key, word(CALLED_BACK, key)) for key in CALLED_BACK],
        **WORDED,
    )


def ratings_of(case: Case) -> dict[str, Any]:
    """What was said of a case, as far as this person sees it, and whether one may be asked for."""
    seen = [row for row in queries.of_case(reader(), case.id) if whose().sees(row)]
    return {
        "said": [
            {"row": row, "level": word(LEVELS, row.level), "state": any_state(row.state),
             "what": _about(row)["what"]}
            for row in seen
        ] if current_user.roles & FOLLOWERS else [],
        "complained": [
            row for row in complaints_of(reader(), case.id)
            if current_user.roles & HEARERS and whose().department in (None, row.department_code)
        ],
        "may_invite": bool(current_user.roles & HALL),
    }  # fmt: skip


@ratings.post("/ratings/<int:rating_id>/<name>")
def act(rating_id: int, name: str) -> ResponseReturnValue:
    """Contact, put right, call back, appeal, decide."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, RatingAction) or name not in VERBS:
        abort(404)
    door(name)
    found = _found(rating_id)
    try:
        perform(found.key, read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, detail_page, rating_id)
    flash(_("已办理“%(action)s”。", action=word(WORDS, name)), "success")
    return redirect(url_for("ratings.detail", rating_id=rating_id), 303)


def _found(rating_id: int) -> Rating:
    """A rating this person may see."""
    found = reader().get(Rating, min(rating_id, WHOLE[-1]))
    if found is None or not whose().sees(found):
        abort(404)
    return found


def _may(found: Rating) -> set[str]:
    """What roles and state allow; whose it is, the action itself asks."""
    may = {
        name
        for name in VERBS
        if (found.state, name) in RATINGS and PERMITTED[name] & current_user.roles
    }
    if found.appealed_at is not None:
        may.discard("appeal_rating")
    if found.appealed_at is None or found.appeal_decided_at is not None:
        may.discard("decide_rating_appeal")
    if found.department_code is None and Role.WINDOW_LEAD not in current_user.roles:
        may -= {"contact_rater", "rectify_rating", "appeal_rating"}
    if found.department_code is not None and Role.APPROVER not in current_user.roles:
        may -= {"contact_rater", "rectify_rating", "appeal_rating"}
    return may


def _about(found: Rating) -> dict[str, Any]:
    """What it is about, in words."""
    item = found.item
    what = item_name(found.case, item) if item else case_title(found.case)
    return {"what": what, "number": found.case.number}


def clock_of(row: FollowUpClock) -> Clock:
    """A clock as it is shown."""
    calendar = calendars(row.region)
    ends = due(row.ledger, calendar)
    at = row.closed_at or now()
    yellow = yellow_at(row.ledger, calendar) if row.closed_at is None else None
    shown = light(at, row.due_at, None, yellow)
    left = days_left(at, ends, calendar)
    stands = Standing(shown, row.due_at, left=left, done=row.closed_at is not None)
    return Clock(
        row,
        word(FOLLOW_UPS, row.clock),
        limit_words(row.limit),
        shown,
        standing_text(stands),
        lines(explain(row.ledger, calendar), row, []),
    )


def _events(found: Rating) -> list[dict[str, Any]]:
    """What was done, newest first."""
    return [
        {
            "at": minute(event.at),
            "who": zh(event.actor) if event.actor not in ("system", "applicant") else None,
            "what": word(WORDS, event.action),
            "details": _details(event.details),
            "light": event.details.get("light"),
        }
        for event in reversed(timeline(reader(), found.key))
    ]


def _details(details: dict[str, Any]) -> Markup:
    """What was said or decided, as far as a person reads it."""
    told = []
    if "level" in details:
        told.append(word(LEVELS, details["level"]))
        told += [word(REASONS, code) for code in details["reasons"]]
    if "result" in details:
        told.append(word(CALLED_BACK, details["result"]))
    if "reached" in details:
        told.append(_("已联系上") if details["reached"] else _("没有联系上"))
    if "excluded" in details:
        told.append(_("不计入") if details["excluded"] else _("维持"))
    if "due" in details:
        told.append(_("%(due)s 前", due=details["due"]))
    said = details.get("reason")
    return Markup(" · ").join([*told, *([zh(said)] if said else [])])


WORDED: dict[str, Any] = {
    "level_word": lambda level: word(LEVELS, level),
    "levels": list(LEVELS),
    "reason_word": lambda code: word(REASONS, code),
    "channel_word": lambda channel: word(CHANNELS, channel),
    "state_of": any_state,
}
