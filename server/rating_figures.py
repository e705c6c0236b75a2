"""好差评统计: what all ratings come to, by department and window; the results are public."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request

from server.context import reader, today
from server.ratings import WORDED
from workflows.clock import office_moment
from workflows.queries import ratings as queries
from workflows.voices import rules_on

rating_figures = Blueprint("rating_figures", __name__)

#: So long is what the public is shown, and what a report shows when nothing else is asked for.
PUBLISHED, USUAL = timedelta(days=365), timedelta(days=30)


@rating_figures.get("/ratings/report")
def report() -> str:
    """主动评价率, 好评率, 差评整改率, 回访率 by department and window, with what each means."""
    ends = asked_day("to", today())
    begins = min(asked_day("from", ends - USUAL), ends)
    figures = queries.report(reader(), *instants(begins, ends))
    return render_template(
        "ratings_report.html", figures=figures, begins=begins, ends=ends, least=0, **WORDED
    )


@rating_figures.get("/ratings/results")
def results() -> str:
    """What anybody may read: the last year by department; no rate of a few, and no texts."""
    ends = today()
    begins = ends - PUBLISHED
    figures = queries.report(reader(), *instants(begins, ends))
    return render_template(
        "ratings_results.html", figures=figures, begins=begins, ends=ends,
        least=rules_on(ends).publish_least, **WORDED,
    )  # fmt: skip


def asked_day(name: str, usual: date) -> date:
    """A day that is asked for in the address, or the usual one."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return usual


def instants(first: date, last: date) -> tuple[datetime, datetime]:
    """Whole days, the last one included."""
    after = last + timedelta(days=1) if last < date.max else last
    return office_moment(first, time.min), office_moment(after, time.min)
