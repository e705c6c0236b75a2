"""审计核验: the whole history of a case, and whether its chain is whole."""

from flask import Blueprint, render_template, request

from server.context import reader
from workflows.queries.timeline import subject, timeline, verify

auditor = Blueprint("auditor", __name__)

#: So many rows are shown, the latest; the chain is recomputed from all of them.
MOST = 500


@auditor.get("/audit")
def audit() -> str:
    """A subject's rows with every field, and the verdict on its chain."""
    key = request.args.get("q", "").strip()[:100]
    found = subject(reader(), key) if key else None
    chain = events = None
    if found is not None:
        events = timeline(reader(), found.key)[-MOST:]
        chain = verify(reader(), found)
    return render_template("audit.html", key=key, subject=found, events=events, chain=chain)
