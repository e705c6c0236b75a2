"""How a case was moved, in words: returns, jumps, signers, timers; deadlines by a new calendar."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from server.labels import BASES, CLOCKS, DUTIES, ITEM_STATES, TERMS, word
from server.names import zh

#: Words of the hall's own: where to, what happened, which message.
NAMED = ("target", "event", "message", "note")
#: Words of a closed list, by the fact they stand in.
CHOSEN = ("scope", "opinions", "way", "when", "limits", "outcome")

#: So many of the deadlines that moved are named.
SHOWN = 6


def moved(details: dict[str, Any]) -> list[str | Markup]:
    """What the row of a move says besides the reason."""
    said: list[str | Markup] = [zh(details[key]) for key in NAMED if details.get(key)]
    if details.get("signer"):
        said.append(word(DUTIES, details["signer"]))
    said += [word(TERMS, details[key]) for key in CHOSEN if details.get(key) in TERMS]
    if details.get("to_version"):
        pair = {"old": details["from_version"], "new": details["to_version"]}
        said.append(_("从 %(old)s 到 %(new)s", **pair))
    return said + _tasks(details) + _items(details) + _recounted(details)


def _tasks(details: dict[str, Any]) -> list[str | Markup]:
    said: list[str | Markup] = []
    if details.get("withdrawn") and isinstance(details["withdrawn"], list):
        said.append(_("收回任务：%(tasks)s", tasks="、".join(details["withdrawn"])))
    if details.get("opened"):
        said.append(_("打开任务：%(tasks)s", tasks="、".join(details["opened"])))
    if details.get("void"):
        tasks = "、".join(f"{row['item']} {row['step']}（{row['by']}）" for row in details["void"])
        said.append(_("作废意见：%(tasks)s", tasks=tasks))
    return said


def _items(details: dict[str, Any]) -> list[str | Markup]:
    said: list[str | Markup] = []
    for row in details.get("reopened", ()):
        facts = {"item": row["item"], "was": word(ITEM_STATES, row["was"])}
        said.append(_("%(item)s 的“%(was)s”收回，继续办理", **facts))
        if row.get("void_document"):
            said.append(_("文号 %(number)s 作废", number=row["void_document"]))
    if details.get("frozen"):
        said.append(_("涉及事项 %(items)s", items="、".join(details["frozen"])))
    return said


def _recounted(details: dict[str, Any]) -> list[str | Markup]:
    """Which deadlines another calendar moved; those that it only confirms are counted."""
    rows = details.get("recounted") or ()
    moved = [row for row in rows if row["from"] != row["to"]]
    said: list[str | Markup] = []
    for row in moved[:SHOWN]:
        clock = " ".join(filter(None, (row.get("item"), word(CLOCKS, row["clock"]))))
        facts = {"clock": clock, "basis": word(BASES, row["basis"]), "from": row["from"]}
        said.append(_("%(clock)s（%(basis)s）%(from)s → %(to)s", **facts, to=row["to"]))
    if len(moved) > SHOWN:
        said.append(_("等 %(n)s 个时限", n=len(moved)))
    if confirmed := len(rows) - len(moved):
        said.append(_("%(n)s 个时限到期不变", n=confirmed))
    return said
