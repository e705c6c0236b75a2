"""评价: an applicant rates what was done, after the fact online, or at the window when it is asked.

Nobody has to, nothing is filled in, and who works here rates nothing: a browser in which somebody
is signed in is refused.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door, limiter
from server.context import acting, calendars, keeping, now, reader, services, today
from server.errors import refused, status_of, wants_json
from server.labels import limit_words, refusal_sentence, word
from server.names import case_title, item_name
from server.queue import clerk
from server.reading import read_action
from server.voice_words import LEVELS, REASONS
from workflows import inviting
from workflows.actions import Actor, perform
from workflows.actions.correct_rating import CorrectRating
from workflows.actions.give_rating import RATED_CASES, GiveRating
from workflows.actions.ratings import LONGEST_TEXT
from workflows.errors import WorkflowError
from workflows.models import Case, Channel, Rating, RatingInvitation
from workflows.permissions import Role
from workflows.queries.ratings import DECIDED, of_case
from workflows.queries.search import find_case
from workflows.voices import rules_on

rating = Blueprint("rating", __name__)

ANONYMOUS = Actor("applicant", frozenset({Role.APPLICANT}))


def rateable(case: Case) -> list[dict[str, Any]]:
    """What an applicant may rate of a case: the whole, and every item with a decision."""
    said = {one.matter: one for one in of_case(reader(), case.id) if one.channel is Channel.ONLINE}
    found: list[tuple[str, str]] = []
    if case.state in RATED_CASES:
        found.append(("", case_title(case)))
    found += [(one.code, item_name(case, one)) for one in case.items if one.state in DECIDED]
    return [
        {"item": code, "name": name, "rating": said.get(code), "open": _open(said.get(code))}
        for code, name in found
    ]


def contact_limit() -> str:
    """Within what time who gave a bad rating is contacted, in words."""
    return limit_words(str(rules_on(today()).limits["contact"].limit))


def _open(given: Rating | None) -> bool:
    """Whether there is still something to be said."""
    if given is None:
        return True
    until = given.correct_until
    return given.corrected_at is None and until is not None and now() <= until


@rating.get("/track/rate")
def rate() -> ResponseReturnValue:
    """Five levels, reasons, a text: for the case as a whole, or one of its items."""
    case = find_case(reader(), session.get("tracked", ""))
    if case is None:
        return redirect(url_for("applicant.track_page"))
    return _page(case, request.args.get("item", ""))


def _page(case: Case, item: str, refusal: WorkflowError | None = None) -> str:
    one = next((row for row in rateable(case) if row["item"] == item), None)
    if one is None or not one["open"]:
        abort(404)
    given: Rating | None = one["rating"]
    kept = {} if given is None else {"level": given.level, "text": given.text}
    chosen = given.reasons if given else []
    posted = request.method == "POST"
    return render_template(
        "rate.html",
        case=case,
        one=one,
        data=request.form if posted else kept,
        chosen=request.form.getlist("reasons") if posted else chosen,
        sentence=refusal_sentence(refusal) if refusal else None,
        **_offered(),
    )


def _offered() -> dict[str, Any]:
    """The levels, and the reasons on both sides, in words."""
    rules = rules_on(today())
    return {
        "levels": [(level, word(LEVELS, level)) for level in LEVELS],
        "good": [(code, word(REASONS, code)) for code in rules.good],
        "bad": [(code, word(REASONS, code)) for code in rules.bad],
        "longest": LONGEST_TEXT,
        "contact_limit": contact_limit(),
    }


@rating.post("/track/rate")
@limiter.limit("60/minute")
def give() -> ResponseReturnValue:
    """Rate, for the first time."""
    door("give_rating")
    number = session.get("tracked", "")
    try:
        perform(number, read_action(GiveRating, request.form, token=""), acting(actor()))
    except WorkflowError as refusal:
        return _again(number, refusal)
    return _thanks()


@rating.post("/track/rate/correct")
@limiter.limit("60/minute")
def correct() -> ResponseReturnValue:
    """Put right what was said, once."""
    door("correct_rating")
    number = session.get("tracked", "")
    case = find_case(reader(), number)
    item = request.form.get("item", "")
    given = [row["rating"] for row in rateable(case) if row["item"] == item] if case else []
    if not given or given[0] is None:
        abort(404)
    try:
        perform(given[0].key, read_action(CorrectRating, request.form), acting(actor()))
    except WorkflowError as refusal:
        return _again(number, refusal)
    return _thanks()


def _again(number: str, refusal: WorkflowError) -> ResponseReturnValue:
    case = find_case(reader(), number)
    if wants_json() or case is None:
        return refused(refusal)
    return _page(case, request.form.get("item", ""), refusal), status_of(refusal)


def _thanks() -> ResponseReturnValue:
    flash(_("谢谢您的评价。"), "success")
    return redirect(url_for("applicant.progress", _anchor="h-ratings"), 303)


@rating.post("/cases/<number>/invite-rating")
def invite(number: str) -> ResponseReturnValue:
    """Ask who was just served to rate it, on the device of this window."""
    case = find_case(reader(), number)
    if case is None:
        abort(404)
    try:
        with keeping() as writer:
            found = inviting.invite(
                writer, number, clerk(), current_user.name, calendars(case.region)
            )
            words = {"window": found.window}
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        flash(refusal_sentence(refusal), "error")
    else:
        flash(_("已请申请人在 %(window)s 号窗口的评价器上评价。", **words), "success")
    return redirect(url_for("cases.detail", number=number), 303)


@rating.get("/rate/<window>")
def device(window: str) -> str:
    """评价器: stands at a window, shows nothing until somebody there is asked to rate."""
    return _device(window, inviting.shown(reader(), window, now()))


def _device(
    window: str, asked: RatingInvitation | None, refusal: WorkflowError | None = None
) -> str:
    return render_template(
        "rate_device.html",
        window=window,
        asked=asked,
        what=word(WORDS, asked.action) if asked else "",
        data=request.form,
        chosen=request.form.getlist("reasons"),
        sentence=refusal_sentence(refusal) if refusal else None,
        **_offered(),
    )


@rating.post("/rate/<window>")
@limiter.limit("60/minute")
def give_on_site(window: str) -> ResponseReturnValue:
    """The answer of who was asked; nobody who works here gives it."""
    if current_user.is_authenticated:
        abort(403)
    token = request.form.get("token", "")
    asked = inviting.shown(reader(), window, now())
    if asked is None or asked.token != token:
        return redirect(url_for("rating.device", window=window), 303)
    context = services().context(ANONYMOUS, now())
    try:
        action = read_action(GiveRating, request.form, item="")
        with context.session:
            perform(asked.case.number, action, context)
    except WorkflowError as refusal:
        return _device(window, asked, refusal), status_of(refusal)
    return redirect(url_for("rating.device", window=window, thanks=1), 303)
