"""The web application: settings and a clock in, a Flask app out.

settings, db, context, almanac
                        what a request works with
auth, passwords, permitted
                        who asks; who may do what, and when, as a table
errors                  what a refusal looks like
labels, action_words, names, view, navigation
                        the words for codes, names in the reader's language, days, places
parallel, record, moved, talked, dossier
                        parts of a case: matrix and diagram, timeline, what was handed in
rating, ratings, rating_figures
                        好差评: given by applicants, followed up, counted
complaint, complaints, complaint_figures, voice_words
                        投诉: brought and followed without an account, handled; words of both
explained               its limits, day by day: which days counted, and by which article
papers                  its materials: versions, validity, what is taken over or promised
actions, reading        POST: a form becomes an action, and `perform` does it
ahead, rehearsal        what an action would come to, said before it is done
desk, window, review, phrases, cases, supervisor, auditor, designer, admin, applicant
                        GET: one blueprint a kind of user; pages only read
adjusting, handing, signing, talks, rights
                        what a page offers: moves, handing on, who signs with one, questions, fields
lists, listing, columns, filtering
                        the lists of the desk, one entry each; what they show and offer
bulk, views, export     many rows at once; a list kept under a name; a list as a sheet
files, uploads, media, store    attachments: their pages, taking them in, what they are, their bytes
around, personal        what stands around a case; what people keep for themselves
form_schema, form_kinds, form_fields, form_logic, forms, form_answers, published_forms
                        forms drawn by designers, shown and validated here
form_files, form_script files that are answers; conditions that a browser asks by itself
form_refusals, form_check, form_patterns
                        what is wrong with a form as it is drawn, with the place of every fault
form_designer, form_trial
                        the forms of a draft: drawn in the browser, filled in for a trial
reminders               我的提醒, and what of the outbox has not arrived
outbox, channels, delivering
                        what leaves the system: written, worded, sent
queue, scanning, intake_drafts
                        at the window: tickets, what a reader types, forms not sent yet
drafts, draft_files, drafting, placed
                        processes as they are designed: their files, their diagrams drawn,
                        what is wrong in them and where
publishing, comparing, difference_words
                        from a draft to the version in force; what differs between two
bundles, parcels, carrying
                        a process read from its folder; taken out and brought in as one file
migrating, moving_cases running cases moved to a newer version: by a command, on a page
catalogue_form, cataloguing, tabulating, workbook, redrawing
                        the catalogue of a draft: its forms, its sheets, the diagram along with it
ruling, table_sheets, table_form, ruled
                        规则表: drawn, read and tried; what they said in a case, in words
documents, document_data, document_words, document_sources
                        文书 of a case: which fit, what they may say, each set as a PDF
document_room, document_checks, document_example, document_fields
                        templates of documents: written, looked at, checked with an example
inspections             涉企检查: filed, approved, recorded; who comes too often or alone
cards, card_page, card_ahead, card_words
                        监察卡: the list, one card with its ladder, its papers and its forms
ladders, ladder_form, decided
                        预警阶梯: as a table, edited with a look back; what was decided on
watching, looking, watch_rules, rule_words
                        the rules of the watch run; their pages; what they found, in words
calendars, calendar_form, calendar_sheets
                        the years of a region: seen, imported, and what moves by it
guide                   办事指南: what anybody may read about a theme, from its catalogue
blueprints, doors         every page of the house; which of them is open to whom
cli, importing, commands, scheduler, memory, assets
                        the commands, the clockwork, what they do to stay; built files
dashboard, statistics, statistics_form
                        what the board leads to; the figures of a period, each with its list
scores, bulletins, typeset
                        得分 and 监察通报; figures on paper
trials, trial_form, trial_runs, trial_words, tried, trying
                        test cases of a process: their pages, running them, their commands
simulation, simulation_form, simulating
                        a thousand cases: asked, under way in a process of its own, shown
demo, walkthrough, story, scripts, visitor
                        the demonstration hall, and one real case played in it
"""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, session
from flask_babel import Babel, get_translations
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from server import assets
from server.auth import guard_post, init_auth
from server.blueprints import BLUEPRINTS
from server.context import Services, close_sessions, services
from server.db import Database, connect
from server.errors import init_errors
from server.files import allow_size
from server.names import english, zh
from server.navigation import navigation
from server.settings import Settings
from server.view import HELPERS
from workflows.clock import Clock, SystemClock
from workflows.models.base import WHOLE

LANGUAGES = {"zh": "zh_CN", "en": "en"}
#: A session that lies idle for so long is over: windows are shared.
IDLE = timedelta(hours=2)
MAX_UPLOAD = 4 * 1024 * 1024
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
#: Built files carry a hash of their content in their names: a browser keeps them for good.
BUILT = "/static/dist/assets/"
#: A page that lies open asks for these although nobody is there.
ASKED_BY_PAGES = {"static", "desk.new"}
#: Pages with a diagram: its library sets style attributes.
DIAGRAMS = {
    "cases.detail", "designer.version", "actions.act_on_case", "publishing.act_on_version",
    "comparing.compare", "promising.of_draft", "promising.of_version", "simulation.show",
    "drafting.diagram", "complaints.detail", "complaints.act", "dashboard.heat",
}  # fmt: skip


#: Pages with an editor whose library brings styles of its own.
STYLED = {"ruling.table", "ruling.try_table"}


class Whole(IntegerConverter):
    """A number in an address: what no row can have is an address that does not exist."""

    def __init__(self, map: Map, *more: Any, **options: Any) -> None:
        super().__init__(map, *more, **{"max": WHOLE[-1], **options})


def create_app(
    settings: Settings, clock: Clock | None = None, database: Database | None = None
) -> Flask:
    """The application; tests hand in a clock that they advance."""
    app = Flask(__name__)
    app.extensions["lianban"] = Services(
        settings, clock or SystemClock(), database or connect(settings.database_url)
    )
    _count_callers(app, settings.proxies)
    app.url_map.converters["int"] = Whole
    app.before_request(_language)
    app.before_request(_stay)
    app.teardown_request(close_sessions)
    app.after_request(_headers)
    init_auth(app, _options(settings))
    app.before_request(allow_size)
    CSRFProtect(app)
    app.before_request(guard_post)
    Babel(app, locale_selector=lambda: g.get("language", "zh_CN"))
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _words().ugettext(text),
        lambda one, many, number: _words().ungettext(one, many, number),
        newstyle=True,
    )
    init_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/health", "health", _health)
    app.context_processor(_shared)
    app.jinja_env.globals.update(HELPERS, _=_say)
    app.jinja_env.filters["zh"] = zh
    manifest = Path(str(app.static_folder)) / "dist" / "manifest.json"
    app.jinja_env.globals["vite"] = assets.vite(manifest)
    return app


def _count_callers(app: Flask, proxies: int) -> None:
    """Take the caller's address from the servers in front, as many as there are."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": secret_key(settings.var_folder),
        "MAX_CONTENT_LENGTH": MAX_UPLOAD,
        "MAX_FORM_MEMORY_SIZE": MAX_UPLOAD,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_NAME": "lianban",
        "PERMANENT_SESSION_LIFETIME": IDLE,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "BABEL_DEFAULT_LOCALE": "zh_CN",
        "WTF_CSRF_TIME_LIMIT": None,
        "DEMO": settings.demo,
    }


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, kept beside the data, readable by its owner."""
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _language() -> None:
    """The language of this request: asked for, remembered, or Chinese."""
    asked = LANGUAGES.get(request.args.get("lang", ""))
    if asked:
        session["language"] = asked
    g.language = session.get("language", "zh_CN")


def _words() -> Any:
    """The translations of this request, found once: a page says hundreds of words."""
    if "words" not in g:
        g.words = get_translations()
    return g.words


@pass_eval_context
def _say(template: EvalContext, text: str, /, **params: Any) -> str:
    """What a template says, without the detour of the extension: half of a page are words."""
    said: str = _words().ugettext(text)
    if template.autoescape:
        said = Markup(said)
    return said % params if "%" in said else said


def _stay() -> None:
    """Every visit begins the idle time anew; what a page asks for by itself is no visit."""
    if session.permanent and request.endpoint not in ASKED_BY_PAGES:
        session.modified = True


def _headers(response: Response) -> Response:
    policy = POLICY
    if request.endpoint in DIAGRAMS:
        policy += "; style-src-attr 'unsafe-inline'"
    elif request.endpoint in STYLED:
        policy += "; style-src-elem 'self' 'unsafe-inline'; style-src-attr 'unsafe-inline'"
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(["HX-Request", "Cookie"])
    elif request.path.startswith(BUILT) and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _shared() -> dict[str, Any]:
    """What every page knows."""
    return {"lang": "en" if english() else "zh-CN", **navigation(current_user)}


def _health() -> dict[str, str]:
    """For whoever watches the process."""
    services()
    return {"status": "ok"}
