"""投诉统计: what the complaints of a period come to, by department and by kind."""

from datetime import timedelta

from flask import Blueprint, render_template

from server.context import reader, today
from server.labels import word
from server.rating_figures import asked_day, instants
from server.voice_words import CATEGORIES
from workflows.queries.complaint_figures import report

complaint_figures = Blueprint("complaint_figures", __name__)

#: So long is what is shown when nothing else is asked for.
USUAL = timedelta(days=90)


@complaint_figures.get("/complaint-report")
def figures() -> str:
    """登记, 受理, 办结, 自办, 属实, 满意: each with what it means."""
    ends = asked_day("to", today())
    begins = min(asked_day("from", ends - USUAL), ends)
    return render_template(
        "complaint_report.html",
        figures=report(reader(), *instants(begins, ends)),
        begins=begins,
        ends=ends,
        category_word=lambda code: f"{code} {word(CATEGORIES, code)}",
    )
