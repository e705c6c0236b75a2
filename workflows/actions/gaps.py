"""The days on which neither the holder nor the deputy of a post is there (AB角都不在岗).

Nobody could decide anything then, and no clock would stop: whoever can send somebody has to know
as soon as it is known.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from workflows.actions.base import Context
from workflows.actions.people import own_posts, responsible
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Notice, Person, Post
from workflows.models.rows import add_last
from workflows.permissions import Role

NOBODY = N_("%(department)s的“%(duty)s”岗位 AB 角都不在岗：%(days)s。请安排人员。")
ONE_DAY = timedelta(days=1)
#: How far ahead is looked, when what takes a person away has no last day.
AHEAD = timedelta(days=30)
LONGEST = timedelta(days=366)

Days = tuple[date, date]


def gaps(post: Post, first: date, last: date) -> list[Days]:
    """From when to when, both days included, nobody of a post is there."""
    found: list[Days] = []
    day, last = first, min(last, first + LONGEST)
    while day <= last:
        if responsible(post, day) is None:
            follows = bool(found) and found[-1][1] == day - ONE_DAY
            begun = found.pop()[0] if follows else day
            found.append((begun, day))
        day += ONE_DAY
    return found


def in_words(days: Iterable[Days]) -> str:
    """Days in a row, as every reader reads them: 2026-03-03 – 2026-03-05."""
    return ", ".join(f"{first} – {last}" if last > first else f"{first}" for first, last in days)


def tell_of_gaps(person: Person, first: date, last: date, ctx: Context) -> list[str]:
    """Tell the chief and the supervisors of each post that is left alone; which, and when."""
    told = []
    for post in own_posts(ctx.session, person.id):
        if person.id not in (post.holder_id, post.deputy_id):
            continue
        if days := in_words(gaps(post, max(first, ctx.today), last)):
            _tell(post, days, ctx)
            told.append(f"{post.department_code}.{post.duty} {days}")
    return told


def _tell(post: Post, days: str, ctx: Context) -> None:
    params = {"department": post.department.name, "duty": post.duty, "days": days}
    for to in (
        {"department_code": post.department_code, "duty": "chief"},
        {"role": Role.SUPERVISOR.value},
    ):
        add_last(
            ctx.session,
            Notice(at=ctx.now, level=Light.RED.value, sentence=NOBODY, params=params, **to),
        )
