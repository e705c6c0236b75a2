"""What decision tables said in a case, in words: which rule hit, and what came of it."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from server.difference_words import value_word
from server.names import zh

#: So many decisions of one action are told in words; of the others there is the number.
MOST = 10


def ruled(details: dict[str, Any]) -> list[str | Markup]:
    """What the row of an action says of the tables it asked, in the order they were asked."""
    every = details.get("decided") or []
    said: list[str | Markup] = [
        zh(decided(one["name"], one["rules"], one["value"])) for one in every[:MOST]
    ]
    if len(every) > MOST:
        said.append(_("另查规则表 %(n)s 次", n=len(every) - MOST))
    return said


def decided(name: str, rules: Any, value: Any) -> str:
    """One decision: its table, the rules that hit, what it came to."""
    facts = {"name": name, "value": value_word("", value)}
    if not rules:
        return str(_("规则表 %(name)s → %(value)s", **facts))
    numbers = _("、").join(str(number) for number in rules)
    return str(_("规则表 %(name)s：第 %(rules)s 条 → %(value)s", rules=numbers, **facts))
