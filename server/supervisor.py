"""时限看板: lights by department, the nearest limits, and posts where nobody is at hand."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from server.context import calendars, now, reader, today
from server.dashboard import shown
from server.names import department_name
from workflows.actions.people import responsible
from workflows.deadlines import Light
from workflows.permissions import Role
from workflows.queries import board as queries
from workflows.queries.posts import staffed

supervisor = Blueprint("supervisor", __name__)

LIGHTS = (Light.PURPLE, Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)
#: How many of the nearest limits are looked at: to show, and to choose those of one light from.
SHORTEST, LONGEST = 20, 100


@supervisor.get("/board")
def board() -> str:
    """Numbers that lead to lists; refreshed by itself every half minute."""
    departments = queries.departments(reader(), now(), calendars)
    asked = next((light for light in Light if light == request.args.get("light")), None)
    nearest = queries.nearest(reader(), now(), calendars, LONGEST if asked else SHORTEST)
    if asked:
        nearest = [row for row in nearest if row.standing and row.standing.light is asked]
    totals = {light: sum(row.lights.get(light, 0) for row in departments) for light in LIGHTS}
    posts = staffed(reader())
    return render_template(
        "board.html",
        departments=departments,
        totals=totals,
        lights=LIGHTS,
        nearest=nearest,
        names={row.department.code: department_name(row.department) for row in departments},
        asked=asked,
        may_issue=Role.SUPERVISOR in current_user.roles,
        counts=queries.case_counts(reader()),
        empty_posts=[post for post in posts if responsible(post, today()) is None],
        calendar_missing=calendars("cn").missing_next_year(today()),
        year=today().year + 1,
        most=max([row.open for row in departments], default=1),
        **shown(),
    )
