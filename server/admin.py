"""机构与人员: who fills which post today, who is away, whose qualification has run out."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.context import acting, reader, services, today
from server.errors import refused, status_of, wants_json
from server.labels import refusal_sentence, word
from server.reading import FormInvalid, read_action
from workflows.actions import ACTIONS, perform
from workflows.actions.base import OrganisationAction
from workflows.actions.gaps import AHEAD, gaps, in_words
from workflows.actions.people import responsible
from workflows.errors import WorkflowError
from workflows.models import Person, Post
from workflows.queries.posts import staffed
from workflows.queries.timeline import timeline

admin = Blueprint("admin", __name__)

#: What concerns the organisation and is done elsewhere: on the command line, on a list.
ELSEWHERE = ("import_organisation", "export_list")


@admin.get("/people")
def people() -> str:
    """Every post with holder, deputy, and who acts today."""
    return people_page()


def people_page(refusal: WorkflowError | None = None) -> str:
    """The page, with what was posted when it is shown again."""
    duties: dict[str, dict[str, Post]] = {}
    found = staffed(reader(), members=True)
    found.sort(key=lambda post: (post.department_code, post.id))
    for post in found:
        duties.setdefault(post.department_code, {})[post.duty] = post
    posted = request.method == "POST"
    people = {person.id: person for post in found for person in _everyone(post)}
    return render_template(
        "people.html",
        departments=[next(iter(row.values())).department for row in duties.values()],
        duties=duties,
        who={post.id: responsible(post, today()) for post in found},
        alone={post.id: in_words(gaps(post, today(), today() + AHEAD)) for post in found},
        people=sorted(people.values(), key=lambda person: person.username),
        today=today(),
        data=request.form if posted else {},
        tried=(request.view_args or {}).get("name") if posted else None,
        errors=refusal.errors if isinstance(refusal, FormInvalid) else {},
        sentence=refusal_sentence(refusal) if refusal else None,
    )


def _everyone(post: Post) -> list[Person]:
    return [person for person in (post.holder, post.deputy, *post.members) if person is not None]


@admin.post("/people/<name>")
def act_on_people(name: str) -> ResponseReturnValue:
    """Record an absence, set or suspend a qualification, hand over."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, OrganisationAction) or name in ELSEWHERE:
        abort(404)
    door(name)
    try:
        perform("organisation", read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        return people_page(refusal), status_of(refusal)
    flash(_done(name), "success")
    return redirect(url_for("admin.people"), 303)


def _done(name: str) -> str:
    """What was done, in words; of a hand-over, how much of what."""
    if name != "hand_over":
        return str(_("已办理“%(action)s”。", action=word(WORDS, name)))
    with services().database.readers() as later:  # this request's own reads what was there before
        counts = timeline(later, "organisation")[-1].details["counts"]
    words = _("已移交：岗位 %(posts)s 个，任务 %(tasks)s 项，等待答复的 %(offers)s 项。", **counts)
    return str(words)
