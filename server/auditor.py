"""审计核验: the whole history of a case, and whether its chain is whole."""

from flask import Blueprint, render_template, request
from sqlalchemy import select

from server.context import reader
from workflows.models import Calendar, Organisation
from workflows.queries.processes import version
from workflows.queries.search import find_case
from workflows.queries.timeline import Subject, timeline, verify

auditor = Blueprint("auditor", __name__)

#: So many rows are shown, the latest; the chain is recomputed from all of them.
MOST = 500


@auditor.get("/audit")
def audit() -> str:
    """A subject's rows with every field, and the verdict on its chain."""
    key = request.args.get("q", "").strip()[:100]
    subject = _subject(key) if key else None
    chain = events = None
    if subject is not None:
        events = timeline(reader(), subject.key)[-MOST:]
        chain = verify(reader(), subject)
    return render_template("audit.html", key=key, subject=subject, events=events, chain=chain)


def _subject(key: str) -> Subject | None:
    if key == "organisation":
        return reader().scalar(select(Organisation))
    if key.startswith("calendar:"):
        region = key.removeprefix("calendar:")
        return reader().scalar(select(Calendar).where(Calendar.region == region))
    process, at, number = key.partition("@")
    if at and number.isdecimal():
        return version(reader(), process, int(number))
    return find_case(reader(), key)
