"""Who is asking: signing in and out, and which pages a role may open."""

import re
from functools import cached_property
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from server.context import reader, today
from server.doors import PAGES, POSTS
from server.passwords import verify_password
from workflows.actions import Actor, NotPermitted
from workflows.actions.people import tasks_of
from workflows.models import Person
from workflows.permissions import ACTIONS, Role
from workflows.queries.worklist import Mine

auth = Blueprint("auth", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)
login_manager = LoginManager()

#: Pages for everyone; every other page stands in the table of doors.
PUBLIC = {
    "static", "auth.sign_in", "applicant.track_page", "applicant.progress",
    "applicant.attachment", "documents.receipt", "health",
    "queue.machine", "queue.ticket", "queue.display",
    "complaint.new", "complaint.ask", "complaint.progress",
    "rating.rate", "rating.device", "rating_figures.results",
    "guide.themes", "guide.theme", "guide.matter",
}  # fmt: skip


class User(UserMixin):  # type: ignore[misc]
    """A signed-in person, as Flask-Login knows one."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.name = person.name
        self.roles = frozenset(Role(role) for role in person.roles)

    def get_id(self) -> str:
        """What the session keeps."""
        return str(self.person.id)

    @cached_property
    def tasks(self) -> Mine:
        """Whose tasks fall to this person today."""
        return tasks_of(reader(), self.person.id, today())


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(user_id: str) -> User | None:
    person = reader().get(Person, int(user_id)) if user_id.isdecimal() else None
    return User(person) if person is not None and person.active else None


def actor() -> Actor:
    """Who acts in this request: a person, or an applicant who showed number and code."""
    if current_user.is_authenticated:
        return Actor(current_user.name, current_user.roles, current_user.person.id)
    if "tracked" in session:
        return Actor("applicant", frozenset({Role.APPLICANT}))
    abort(401)


def door(action: str) -> None:
    """Ask the table of permissions before anything of the form is read.

    Raises NotPermitted: who may not do this learns nothing else.
    """
    if not ACTIONS[action] & actor().roles:
        raise NotPermitted(action=action)


def guard_page() -> ResponseReturnValue | None:
    """Before every GET: only the roles in the table may open it."""
    if request.method not in ("GET", "HEAD") or request.endpoint in PUBLIC | {None}:
        return None
    if not current_user.is_authenticated:
        if request.headers.get("HX-Request"):
            return "", 401
        return redirect(url_for("auth.sign_in", next=request.full_path))
    if not current_user.roles & PAGES.get(str(request.endpoint), frozenset()):
        abort(403)
    return None


def guard_post() -> None:
    """Before a POST that is no action: only the roles in the tables; an action asks `door`."""
    roles = POSTS.get(str(request.endpoint))
    if request.method != "POST" or roles is None:
        return
    if not current_user.is_authenticated:
        abort(401)
    if not current_user.roles & roles:
        abort(403)


@auth.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The page to sign in on."""
    return render_template("sign_in.html", values={}, demo=current_app.config["DEMO"])


@auth.post("/sign-in")
@limiter.limit("300/minute")
@limiter.limit("6/minute", key_func=lambda: request.form.get("username", "")[:80])
def sign_in_posted() -> ResponseReturnValue:
    """Check name and password; the refusal does not tell which was wrong."""
    username = request.form.get("username", "").strip()
    person = reader().scalar(select(Person).where(Person.username == username))
    stored = person.password_hash if person is not None and person.active else None
    if not verify_password(stored, request.form.get("password", "")) or person is None:
        flash(_("用户名或密码不正确。"), "error")
        values = {"username": username}
        page = render_template("sign_in.html", values=values, demo=current_app.config["DEMO"])
        return page, 422
    forget()
    session.permanent = True  # until it lies idle: windows are shared
    login_user(User(person))
    generate_csrf()  # from the first page on: of two opened at once, neither forgets the other's
    return redirect(_local(request.form.get("next")))


def forget() -> None:
    """Empty the session of a shared browser; only the language stays as it was chosen."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _local(target: str | None) -> str:
    """Only an address on this site: browsers read a backslash as a slash, and skip tabs."""
    safe = target and re.fullmatch(r"/(?!/)[^\\\x00-\x20]*", target)
    return target if safe and target else url_for("desk.home")


@auth.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Leave; the session forgets everything."""
    logout_user()
    forget()
    flash(_("已退出。"), "success")
    return redirect(url_for("auth.sign_in"))


def init_auth(app: Flask, options: dict[str, Any]) -> None:
    """Attach signing in and the guard of pages."""
    app.config.update(options)
    login_manager.init_app(app)
    limiter.init_app(app)
    app.register_blueprint(auth)
    app.before_request(guard_page)
