"""The page of a list: its rows, its filter, the views kept of it, and what has come meanwhile."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_login import current_user

from server.bulk import MOST_ROWS, VERBS
from server.context import now, reader
from server.lists import List, Shown, address_of
from server.views import SHARES, kept_views, owner
from workflows.queries import queues, worklist
from workflows.queries.filters import PAGE

#: After every task there will ever be.
NEVER = 2**31 - 1


def list_page(shown: Shown) -> dict[str, Any]:
    """What the page of a list shows; who shares views, and what can be done with its rows."""
    listed = shown.listed()
    return {
        "shown": shown,
        "listed": listed,
        "pages": -(-listed.total // PAGE),
        "clear": address_of(shown.of),
        "usual": address_of(shown.of, urlencode(shown.kept)),
        "views": kept_views(shown),
        "shares": [(w, _(word)) for w, word in SHARES.items() if owner().may_share(w)],
        "verbs": [(name, verb) for name, verb in VERBS.items() if verb.of == shown.of.key],
        "most_rows": MOST_ROWS,
        "since": newest(shown.of),
    }


def newest(one: List) -> str:
    """From where on something is new in a list; empty where nothing comes by itself."""
    if one.key == "open":
        return str(worklist.newest(reader()))
    return now().isoformat() if one.state in queues.ARRIVED else ""


def come(one: List, since: str) -> int:
    """How much has come into a list since then; nothing, when that cannot be read."""
    if one.key == "open":
        after = int(since) if since.isdecimal() and len(since) < 16 else NEVER
        return worklist.arrived(reader(), current_user.tasks, after)
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return 0
    known = one.state is not None and moment.tzinfo is not None
    return queues.arrived(reader(), one.state, moment) if known and one.state else 0
