"""What happened to a case, in words: the rows of its timeline (办理经过)."""

from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from server import around
from server.action_words import ACTIONS
from server.labels import (
    CLOCKS,
    CONCLUSIONS,
    DELIVERIES,
    DUTIES,
    GROUNDS,
    PROCEDURES,
    ROLES,
    limit_words,
    word,
)
from server.moved import moved
from server.names import step_name, zh
from server.published_forms import form_of
from server.ruled import ruled
from server.signing import together_words
from server.talked import talked
from server.view import minute
from workflows.models import Case, HistoryEvent

SAID = ("opinion", "reason", "result", "number", "recipient", "procedure")
DOT = Markup(" · ")


def timeline_rows(case: Case, events: list[HistoryEvent]) -> list[dict[str, Any]]:
    """The rows that the timeline macro shows, the newest first; what belongs together is one."""
    names = {row.code: row.name for row in case.materials}
    names |= {field.key: field.label for field in form_of(case.version).fields}
    groups = groupby(reversed(events), key=_together)
    return [_timeline_row(list(group)[::-1], names) for _key, group in groups]


def _together(event: HistoryEvent) -> tuple[object, ...]:
    """The clock warns of many items in one moment: that is one line, not twenty."""
    if event.actor != "system":
        return (event.sequence,)
    details = event.details
    keys = ("clock", "due", "light", "to", "event")
    return (event.at, event.action, *(details.get(key) for key in keys))


def _timeline_row(events: list[HistoryEvent], names: dict[str, str]) -> dict[str, Any]:
    first = events[0]
    return {
        "at": minute(first.at),
        "who": _who(first),
        "what": _what(first, [str(event.details.get("item") or "") for event in events]),
        "details": details_of(first.details, names),
        "light": first.details.get("light"),
    }


def _who(event: HistoryEvent) -> Markup:
    if event.actor in ("system", "applicant"):
        return Markup.escape(word(ROLES, event.actor))
    if not event.acting_for:
        return zh(event.actor)
    sentence = Markup(_("%(who)s（代 %(principal)s）"))
    return sentence % {"who": zh(event.actor), "principal": zh(event.acting_for)}


def _what(event: HistoryEvent, items: list[str]) -> Markup:
    details = event.details
    said = [word(ACTIONS, event.action)]
    if details.get("step"):
        said.append(step_name(details["step"]))
    if details.get("clock"):
        said.append(word(CLOCKS, details["clock"]))
    return Markup(" ").join([DOT.join(said), ", ".join(filter(None, items))])


def details_of(details: dict[str, Any], names: dict[str, str]) -> Markup:
    """What a row of history remembers, in words; the auditor sees every field besides."""
    said: list[str | Markup] = []
    for key in ("conclusion", "decision"):
        if details.get(key):
            said.append(word(CONCLUSIONS, details[key]))
    if isinstance(details.get("confirmed"), bool):
        said.append(_("同意") if details["confirmed"] else _("不同意"))
    if details.get("ground"):
        said.append(word({**GROUNDS, **PROCEDURES}, details["ground"]))
    if details.get("method"):
        said.append(word(DELIVERIES, details["method"]))
    said += talked(details)
    for key in SAID:
        if isinstance(details.get(key), str) and details[key]:
            said.append(zh(details[key]))
    said += together_words(details)
    said += _people(details)
    said += moved(details)
    said += ruled(details)
    said += around.details_of(details)
    said += _time(details)
    said += _materials(details, names)
    said += _changed(details, names)
    said += _files(details, names)
    return DOT.join(said)


def _people(details: dict[str, Any]) -> list[str | Markup]:
    """From whom to whom a task went."""
    said: list[str | Markup] = []
    if details.get("to_person"):
        said.append(Markup(_("交给 %(who)s")) % {"who": zh(details["to_person"])})
    if details.get("from_person"):
        said.append(Markup(_("来自 %(who)s")) % {"who": zh(details["from_person"])})
    if details.get("forwarded"):
        said.append(_("第 %(n)s 次转办", n=details["forwarded"]))
    return said


def _time(details: dict[str, Any]) -> list[str]:
    said = []
    if isinstance(details.get("due"), str) and details["due"]:
        said.append(_("应于 %(due)s 前", due=details["due"]))
    if details.get("planned_days"):
        said.append(limit_words(f"{details['planned_days']}wd"))
    if details.get("days"):
        said.append("+" + limit_words(f"{details['days']}wd"))
    if details.get("to"):
        said.append(_("通知 %(duty)s", duty=word({**ROLES, **DUTIES}, details["to"])))
    return said


def _materials(details: dict[str, Any], names: dict[str, str]) -> list[Markup]:
    if details.get("faults"):
        pairs = (f"{names.get(code, code)}：{fault}" for code, fault in details["faults"].items())
        return [zh("；".join(pairs))]
    said = [zh("、".join(names.get(code, code) for code in details.get("materials") or ()))]
    for code, number in (details.get("reused") or {}).items():
        words = {"name": names.get(code, code), "number": number}
        said.append(zh(_("沿用办件 %(number)s 的“%(name)s”", **words)))
    for code, day in (details.get("promised") or {}).items():
        words = {"name": names.get(code, code), "on": day}
        said.append(zh(_("容缺：“%(name)s”承诺 %(on)s 补交", **words)))
    for one in details.get("ended") or ():
        said.append(zh(f"{one['item']} {one['reason']}"))
    return [one for one in said if one]


def _files(details: dict[str, Any], names: dict[str, str]) -> list[Markup]:
    """The files of a form: a signature is seen, of an answer the question is named."""
    said = []
    for key, one in (details.get("files") or {}).items():
        address = url_for("files.content", attachment_id=one["attachment"])
        if one.get("signature"):
            picture = Markup('<img class="signature" src="{}" alt="{}" loading="lazy">')
            said.append(picture.format(address, _("手写签名")))
        else:
            page = url_for("files.show", attachment_id=one["attachment"])
            words = zh(names.get(key, one["file"]))
            said.append(Markup('<a href="{}">{}</a>').format(page, words))
    return said


def _changed(details: dict[str, Any], names: dict[str, str]) -> list[Markup]:
    """What a step wrote into the application; the values are there for the auditor."""
    fields = "、".join(names.get(field, field) for field in details.get("changed") or ())
    return [zh(_("修改申请表：%(fields)s", fields=fields))] if fields else []
