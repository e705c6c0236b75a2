"""What the page of a card shows: what happened and what proves it, its ladder, what may be done."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from server.action_words import ACTIONS as WORDS
from server.card_ahead import ahead
from server.card_words import (
    CARD_STATES,
    CATEGORIES,
    CAUSES,
    LAMPS,
    LEVELS,
    OUTCOMES,
    PAPERS,
    law_of,
    rule_title,
    to_words,
    when_word,
)
from server.context import now, reader, services
from server.labels import ROLES, limit_words, word
from server.names import case_title, department_name, item_name, zh
from server.record import timeline_rows
from server.rule_words import facts_of
from server.view import minute
from workflows.clock import passed
from workflows.ladders import DEFAULT, LadderTable, Paper, Row
from workflows.models import Card, Case, Department, HistoryEvent
from workflows.permissions import ACTIONS, Role
from workflows.queries.cards import CardRow, Whose, people_of
from workflows.queries.search import find_case
from workflows.queries.timeline import timeline
from workflows.states import CARDS, CardState

#: What is done on the page of a card, in the order of its forms.
FORMS = ("answer_card", "appeal_card", "accept_answer", "return_answer", "decide_appeal")
ANSWERING = ("answer_card", "appeal_card")
#: What of a row of history is a text that somebody wrote.
TEXTS = ("explanation", "measures", "statement", "evidence", "reason", "note")
#: Rows of a case's history that can be chosen as evidence.
CHOICES = 30


def named(department: Department | None) -> str:
    """The name of the department that answers; without one, the window does."""
    return department_name(department) if department else _("综合窗口")


def row_of(row: CardRow) -> dict[str, Any]:
    """A card in a list."""
    card = row.card
    late = card.state is CardState.OPEN and passed(now(), card.reply_due)
    return {
        "card": card,
        "href": url_for("cards.show", card=card.code),
        "level": word(LEVELS, card.level),
        "lamp": LAMPS[card.level],
        "state": word(CARD_STATES, card.state),
        "late": late,
        "about": _about(row),
        "case": row.case,
        "department": named(row.department),
        "title": title_of(card),
    }


def title_of(card: Card) -> str:
    """What a card is about, in a few words: the rule, or the reason it was issued for."""
    return rule_title(card.rule) if card.rule else card.reason[:60]


def _about(row: CardRow) -> str:
    if row.case is None:
        return ""
    item = row.case.item(row.card.item_code) if row.card.item_code else None
    return item_name(row.case, item) if item else case_title(row.case)


def everything(row: CardRow, whose: Whose) -> dict[str, Any]:
    """All that the page shows."""
    card = row.card
    events = timeline(reader(), card.key)
    may = _may(row, whose)
    return {
        **row_of(row),
        "law": law_of(card.rule, card.facts),
        "raised_as": word(LEVELS, card.raised_as),
        "facts": facts_of(card.facts),
        "evidence": evidence_of(card),
        "rungs": rungs(card, events),
        "answer": _answer(card),
        "appeal": card.appeal,
        "cause": word(CAUSES, (card.appeal or {}).get("cause")),
        "decision": _decision(card),
        "papers": [_paper(card, sent, place) for place, sent in enumerate(card.papers, start=1)],
        "events": _events(events),
        "may": may,
        "next": ahead(card, may),
        "categories": [(key, _(text)) for key, text in CATEGORIES.items()],
        "causes": [(key, _(text)) for key, text in CAUSES.items()],
    }


def _may(row: CardRow, whose: Whose) -> list[str]:
    """What the reader may do with a card now."""
    card, roles = row.card, current_user.roles
    own = card.department_code in whose.departments
    own = own or (card.department_code is None and whose.window)
    found = []
    for name in FORMS:
        if (card.state, name) not in CARDS or not ACTIONS[name] & roles:
            continue
        if name in ANSWERING and not own:
            continue
        if name == "appeal_card" and (card.appeal or passed(now(), card.appeal_until)):
            continue
        found.append(name)
    return found


def table_of(card: Card) -> LadderTable:
    """The ladder that a card climbs."""
    return services().ladders.of(card.region, card.theme, card.raised_at) or DEFAULT


def rungs(card: Card, events: list[HistoryEvent]) -> list[dict[str, Any]]:
    """Every rung: when it was climbed, when the next one comes, and what the others would be."""
    climbed = {
        event.details["rung"]: event for event in events
        if event.action in ("raise_card", "issue_card", "climb_card")
    }  # fmt: skip
    rows = table_of(card).of(f"card.{card.raised_as}")
    return [_rung(card, row, place, climbed) for place, row in enumerate(rows, start=1)]


def _rung(card: Card, row: Row, place: int, climbed: dict[int, HistoryEvent]) -> dict[str, Any]:
    event = climbed.get(place)
    upcoming = event is None and place == card.rung + 1 and card.next_at is not None
    reply = limit_words(str(row.reply)) if row.reply else ""
    if event is not None and row.reply:
        reply = event.details.get("reply_due", "")
    return {
        "stands": "climbed" if event else "next" if upcoming else "later",
        "lamp": row.light.value,
        "paper": word(PAPERS, row.paper),
        "number": event.details.get("number", "") if event else "",
        "to": to_words(row.to),
        "when": minute(event.at) if event else when_word(row),
        "at": minute(card.next_at) if upcoming else "",
        "reply": reply,
        "is_date": bool(event),
    }


def evidence_of(card: Card) -> list[dict[str, Any]]:
    """The rows of history that prove it, each with the page of the case it belongs to."""
    by_subject: dict[str, list[int]] = {}
    for subject, sequence in card.evidence:
        by_subject.setdefault(subject, []).append(sequence)
    found = []
    for subject, sequences in by_subject.items():
        case = find_case(reader(), subject)
        rows = [event for event in timeline(reader(), subject) if event.sequence in sequences]
        shown = timeline_rows(case, rows) if case else _events(rows)
        href = url_for("cases.detail", number=subject, _anchor="history") if case else None
        found.append({"subject": subject, "href": href, "rows": shown})
    return found


def evidence_choices(case: Case) -> list[tuple[int, Markup]]:
    """The latest rows of a case's history, to be chosen as evidence."""
    found = []
    for event in reversed(timeline(reader(), case.key)[-CHOICES:]):
        (row,) = timeline_rows(case, [event])
        found.append(
            (event.sequence, Markup("{} {} {}").format(row["at"], row["what"], row["who"]))
        )
    return found


def _answer(card: Card) -> dict[str, Any] | None:
    if card.answer is None:
        return None
    return {**card.answer, "category": word(CATEGORIES, card.answer.get("category"))}


def _decision(card: Card) -> dict[str, Any] | None:
    if card.decision is None:
        return None
    words = {
        "outcome": word(OUTCOMES, card.decision["outcome"]),
        "cause": word(CAUSES, card.decision["cause"]) if card.decision["cause"] else "",
    }
    return {**card.decision, **words}


def _events(events: list[HistoryEvent]) -> list[dict[str, Any]]:
    """The history of a card, the newest first."""
    return [
        {
            "at": minute(event.at),
            "who": word(ROLES, Role.SYSTEM) if event.actor == "system" else zh(event.actor),
            "what": word(WORDS, event.action),
            "details": _said(event.details),
            "light": event.details.get("light"),
        }
        for event in reversed(events)
    ]


def _said(details: dict[str, Any]) -> Markup:
    """What a row of history remembers, in words."""
    said: list[str | Markup] = []
    if details.get("paper"):
        paper = word(PAPERS, Paper(details["paper"]))
        said.append(Markup(" ").join(filter(None, [paper, zh(details["number"])])))
    if details.get("to"):
        said.append(_("告知 %(who)s", who=to_words(details["to"].split())))
    tables = {"outcome": OUTCOMES, "category": CATEGORIES, "cause": CAUSES}
    said += [word(table, details[key]) for key, table in tables.items() if details.get(key)]
    texts = [details.get(key) for key in TEXTS]
    said += [zh(text) for text in texts if text and isinstance(text, str)]
    if details.get("reply_due"):
        said.append(_("答复期限 %(due)s", due=details["reply_due"]))
    return Markup(" · ").join(said)


def _paper(card: Card, sent: dict[str, Any], place: int) -> dict[str, Any]:
    return {
        **sent,
        "name": word(PAPERS, Paper(sent["paper"])),
        "href": url_for("cards.paper", card=card.code, place=place),
        "to": to_words(sent["to"]),
    }


def paper_of(row: CardRow, place: int) -> dict[str, Any]:
    """A paper as it was sent: to whom, what for, by which article, and until when to answer."""
    card = row.card
    sent = card.papers[place]
    people = people_of(reader(), card.department_code or "", sent["to"])
    return {
        **row_of(row),
        "law": law_of(card.rule, card.facts),
        "facts": facts_of(card.facts),
        "sent": _paper(card, sent, place + 1),
        "people": people,
        "limit": limit_words(sent["limit"]) if sent.get("limit") else "",
        "hall_name": services().settings.hall_name,
    }
