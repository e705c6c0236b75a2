"""取号叫号: the machine that gives numbers, the screen of the hall, and who is called next.

Machine and screen stand in the hall and belong to nobody: they need no account, and show numbers
and windows only.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.auth import limiter
from server.context import keeping, now, reader, services, today
from server.labels import refusal_sentence
from server.names import version_name
from workflows import queue as numbers
from workflows.errors import WorkflowError
from workflows.models import Ticket, TicketState
from workflows.personal import intake
from workflows.queries.processes import published_versions
from workflows.queue import Clerk

queue = Blueprint("queue", __name__)

#: So many numbers fit on the screen of the hall.
SHOWN = 7


def hall() -> str:
    """The hall whose queue this is."""
    return services().settings.hall


def themes() -> dict[str, str]:
    """The names of the themes that numbers are taken for, by process."""
    return {row.process: version_name(row) for row in published_versions(reader())}


@queue.get("/queue")
def machine() -> str:
    """取号机: one large button for every theme."""
    return render_template("queue_machine.html", themes=themes())


@queue.post("/queue")
@limiter.limit("60/minute")
def take() -> ResponseReturnValue:
    """Take a number."""
    process = request.form.get("process", "")
    if process not in themes():
        abort(400)
    with keeping() as writer:
        number = numbers.take(writer, hall(), process, now()).number
    return redirect(url_for("queue.ticket", number=number, print=1), 303)


@queue.get("/queue/tickets/<number>")
def ticket(number: str) -> str:
    """The ticket to print; below it the machine is ready for the next person."""
    found = numbers.find(reader(), hall(), today(), number)
    if found is None:
        abort(404)
    ahead = numbers.ahead_of(reader(), found) if found.called_at is None else 0
    return render_template("queue_ticket.html", ticket=found, ahead=ahead, themes=themes())


@queue.get("/queue/display")
def display() -> str:
    """叫号屏: the numbers called last, for the screen of the hall; it renews itself."""
    called = numbers.called(reader(), hall(), today(), TicketState.CALLED, SHOWN)
    waiting = numbers.waiting(reader(), hall(), today())
    return render_template("queue_display.html", called=called, waiting=waiting)


@queue.post("/queue/next")
def call_next() -> ResponseReturnValue:
    """下一位: call who has waited longest to this window."""
    after = request.form.get("after", "")
    try:
        with keeping() as writer:
            called = numbers.call_next(writer, clerk(), int(after) if after.isdecimal() else 0)
    except WorkflowError as refusal:
        return _refused(refusal)
    return _called(called)


@queue.post("/queue/again")
def call_again() -> ResponseReturnValue:
    """重呼: call a number once more."""
    try:
        with keeping() as writer:
            called = numbers.call_again(writer, clerk(), _ticket_id())
    except WorkflowError as refusal:
        return _refused(refusal)
    return _called(called)


@queue.post("/queue/missed")
def miss() -> ResponseReturnValue:
    """过号: nobody came."""
    try:
        with keeping() as writer:
            missed = numbers.miss(writer, clerk(), _ticket_id()).number
    except WorkflowError as refusal:
        return _refused(refusal)
    flash(_("%(number)s 已过号，当天还可以重呼。", number=missed), "success")
    return redirect(_desk(), 303)


def received(number: str) -> None:
    """A case was received: its draft is needed no more, and it belongs to the ticket, if any."""
    me = current_user.person.id
    with keeping() as writer:
        intake.discard(writer, me)
        numbers.serve(writer, me, _ticket_id(), number)


def clerk() -> Clerk:
    """Who calls in this request: at the window that the form names, or at that of before."""
    known = request.form.get("window", window_of()).strip()
    session["window"] = known[: numbers.LONGEST_WINDOW]
    return Clerk(hall(), current_user.person.id, known, now())


def window_of() -> str:
    """The window this clerk sits at, as it was named last; empty on the first day."""
    if "window" not in session:
        last = numbers.last_called(reader(), current_user.person.id)
        session["window"] = last.window if last else ""
    return str(session["window"])


def at_window() -> dict[str, Any]:
    """What the desk of a window shows of the queue."""
    mine = numbers.current(reader(), current_user.person.id, today())
    missed = numbers.called(reader(), hall(), today(), TicketState.MISSED, numbers.MISSED)
    return {
        "ticket": mine,
        "theme": themes().get(mine.process, "") if mine else "",
        "minutes": int(mine.waited(now()).total_seconds() // 60) if mine else 0,
        "waiting": numbers.waiting(reader(), hall(), today()),
        "missed": missed,
        "window": window_of(),
    }


def _ticket_id() -> int:
    given = request.form.get("ticket", "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def _called(called: Ticket | None) -> ResponseReturnValue:
    if called is None:
        flash(_("现在没有人等候。"), "info")
        place = "call"
    else:
        place = "begin"
        words = {"number": called.number, "window": called.window}
        flash(_("已呼叫 %(number)s 到 %(window)s 号窗口。", **words), "success")
    return redirect(_desk(place), 303)


def _refused(refusal: WorkflowError) -> ResponseReturnValue:
    flash(refusal_sentence(refusal), "error")
    return redirect(_desk(), 303)


def _desk(place: str = "call") -> str:
    """Back to the desk; Enter then does what comes next."""
    return url_for("desk.home", _anchor=place)
