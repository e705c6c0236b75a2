"""监察卡: the list, one card with its ladder and papers, and the forms of everything done to it.

Supervisors read everything and change no business data; a department sees its own cards and
answers them; what is written here changes a card, never a case.
"""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from server import card_page
from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.card_words import CARD_STATES, LAMPS, LEVELS, RULES
from server.context import acting, now, reader, services
from server.doors import PAGES, WATCHING
from server.errors import again, wants_json
from server.labels import limit_words, refusal_sentence, word
from server.lists import page_number
from server.names import version_name
from server.reading import FormInvalid, read_action
from workflows.actions import ACTIONS, perform
from workflows.actions.cards import REGION, CardAction
from workflows.actions.issue_card import AlreadyIssued, IssueCard
from workflows.errors import WorkflowError
from workflows.ladders import DEFAULT, LadderTable
from workflows.models import Case, Department
from workflows.models.card import NUMBER
from workflows.permissions import Role
from workflows.queries import cards as queries
from workflows.queries.processes import published_versions
from workflows.queries.search import find_case
from workflows.states import CardState

cards = Blueprint("cards", __name__)

#: These see every card; who is on a post sees those of the department.
SEE_ALL = WATCHING | {Role.WINDOW_LEAD}


def whose() -> queries.Whose:
    """Whose cards the reader sees; the lead of the window sees all, and answers for the window."""
    roles = current_user.roles
    departments = queries.departments_of(reader(), current_user.person.id)
    return queries.Whose(bool(roles & SEE_ALL), departments, Role.WINDOW_LEAD in roles)


@cards.get("/watch/cards")
def list_cards() -> str:
    """Every card the reader may see, narrowed in the address."""
    mine = whose()
    wanted = _wanted()
    page = page_number()
    rows, total = queries.listed(reader(), mine, wanted, now(), page)
    departments = reader().scalars(select(Department).order_by(Department.code)).all()
    return render_template(
        "watch_cards.html",
        rows=[card_page.row_of(row) for row in rows],
        total=total,
        most=queries.MOST,
        page=page,
        pages=-(-min(total, queries.MOST) // queries.PAGE),
        wanted=wanted,
        counted=queries.waiting(reader(), mine, now()),
        all_of_them=bool(current_user.roles & WATCHING),
        states=[("going", _("未了结")), *((s.value, word(CARD_STATES, s)) for s in CardState
                if s is not CardState.NEW)],
        levels=[(level.value, word(LEVELS, level)) for level in LEVELS],
        departments=[(row.code, card_page.named(row)) for row in departments],
        rules=[("hand", _("督查人员发出")), *((r, f"{r} {_(w[0])}") for r, w in RULES.items())],
        themes=[(row.process, version_name(row)) for row in published_versions(reader())],
        may_issue=Role.SUPERVISOR in current_user.roles,
        may_answer=bool(mine.departments) or mine.window,
    )  # fmt: skip


def _wanted() -> queries.Wanted:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.args
    state = asked.get("state", "")
    level = asked.get("level", "")
    return queries.Wanted(
        state=state if state in ("going", *CARD_STATES) else "",
        level=level if level in LEVELS else "",
        department=asked.get("department", "")[:40],
        rules=tuple(rule[:40] for rule in asked.getlist("rule") if rule),
        theme=asked.get("theme", "")[:80],
        mine=asked.get("mine") in ("1", "true"),
        late=asked.get("late") == "1",
        scored=asked.get("scored") in ("1", "true"),
        first=_day(asked.get("from", "")),
        last=_day(asked.get("to", "")),
    )


def _day(text: str) -> date | None:
    """A day as it stands in the address; what is none narrows nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@cards.get("/watch/cards/<card>")
def show(card: str) -> str:
    """One card."""
    return card_shown(card)


def card_shown(code: str, refusal: WorkflowError | None = None) -> str:
    """The page of a card, with what was posted when it is shown again."""
    row = _seen(code)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    name = (request.view_args or {}).get("name") if request.method == "POST" else None
    return render_template(
        "watch_card.html",
        **card_page.everything(row, whose()),
        posted=request.form if name else MultiDict(),
        tried=name,
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
    )


def _seen(code: str) -> queries.CardRow:
    """A card that the reader may see; what they may not is not there."""
    row = queries.find_card(reader(), code)
    mine = whose()
    if row is None:
        abort(404)
    own = row.card.department_code in mine.departments
    of_window = row.card.department_code is None and mine.window
    if not (mine.everything or own or of_window):
        abort(404)
    return row


@cards.get("/watch/cards/<card>/papers/<int:place>")
def paper(card: str, place: int) -> str:
    """A paper as it was sent, to print."""
    row = _seen(card)
    if not 1 <= place <= len(row.card.papers):
        abort(404)
    return render_template("watch_paper.html", **card_page.paper_of(row, place - 1))


@cards.get("/watch/issue")
def new() -> str:
    """发督办单: about an item, a case, or a department."""
    return issue_page(MultiDict(request.args))


def issue_page(written: MultiDict[str, str], refusal: WorkflowError | None = None) -> str:
    """The form of a 督办单, with what would follow."""
    case = find_case(reader(), written.get("case", "")) if written.get("case") else None
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    table = _in_force(case)
    return render_template(
        "watch_issue.html",
        case=case,
        token=written.get("token") or secrets.token_urlsafe(16),
        written=written,
        departments=[(row.code, card_page.named(row)) for row in _departments(case)],
        known=queries.of_case(reader(), case.id) if case else [],
        events=card_page.evidence_choices(case) if case else [],
        ladders={level: table.of(f"card.{level}") for level in ("yellow", "red")},
        appeal=limit_words(str(table.appeal)),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
    )


def _in_force(case: Case | None) -> LadderTable:
    """The ladder that a card raised now would climb."""
    theme = case.version.process if case else ""
    region = case.region if case else REGION
    return services().ladders.of(region, theme, now()) or DEFAULT


def _departments(case: Case | None) -> list[Department]:
    found = list(reader().scalars(select(Department).order_by(Department.code)))
    involved = {item.department_code for item in case.items} if case else set()
    return sorted(found, key=lambda row: (row.code not in involved, row.code))


@cards.post("/watch/cards")
def issue() -> ResponseReturnValue:
    """Issue a 督办单; sent twice, it is issued once."""
    door("issue_card")
    try:
        card = perform("", read_action(IssueCard, request.form), acting(actor()))
    except AlreadyIssued as twice:
        flash(refusal_sentence(twice), "success")
        return redirect(url_for("cards.show", card=_code(twice.params["number"])), 303)
    except WorkflowError as refusal:
        return again(refusal, _issue_again, None)
    return _done(card.code, "issue_card")


def _issue_again(_subject: None, refusal: WorkflowError) -> str:
    return issue_page(request.form, refusal)


def _code(number: object) -> str:
    found = NUMBER.fullmatch(str(number))
    assert found is not None, "the number of a card"
    return f"{found[1]}-{found[2]}"


@cards.post("/watch/cards/<card>/<name>")
def act_on_card(card: str, name: str) -> ResponseReturnValue:
    """Any other action on a card."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, CardAction) or kind is IssueCard:
        abort(404)
    door(name)
    _seen(card)
    page: Callable[..., str] = card_shown
    try:
        perform(card, read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, page, card)
    return _done(card, name)


def _done(code: str, name: str) -> ResponseReturnValue:
    if wants_json():
        return {"card": code}
    flash(_("已办理“%(action)s”。", action=word(WORDS, name)), "success")
    return redirect(url_for("cards.show", card=code), 303)


def watched(case: Case) -> dict[str, Any]:
    """The cards about a case that the reader may see, and whether they may issue one."""
    mine = whose() if current_user.roles & PAGES["cards.show"] else None
    found = queries.of_case(reader(), case.id) if mine else []
    return {
        "cards": [
            (card, card_page.title_of(card), LAMPS[card.level], word(LEVELS, card.level))
            for card in found
            if mine and (mine.everything or card.department_code in mine.departments)
        ],
        "may_issue": Role.SUPERVISOR in current_user.roles,
        "open": mine is not None,
    }


def desk_cards() -> dict[str, Any] | None:
    """What of the cards waits for whoever looks at the desk; None when nothing does."""
    roles = current_user.roles
    mine = whose()
    if Role.SUPERVISOR in roles:
        states = (CardState.ANSWERED, CardState.APPEALED)
        rows, total = queries.to_do(reader(), mine.sees(), states)
        href = url_for("cards.list_cards", state="going")
        title = _("等您审阅的监察卡")
    else:
        rows, total = queries.to_do(reader(), mine.answers(), (CardState.OPEN,))
        href = url_for("cards.list_cards", state="open", mine=1)
        title = _("待答复的监察卡")
    if not total:
        return None
    return {
        "title": title, "total": total, "href": href,
        "rows": [card_page.row_of(row) for row in rows],
    }  # fmt: skip
