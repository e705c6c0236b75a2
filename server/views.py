"""视图: a list kept under a name, opened again in one click, with how many rows it has now."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server.context import keeping, reader
from server.errors import refused
from server.lists import LISTS, Shown, address_of, show
from workflows.errors import N_, WorkflowError
from workflows.models import SavedView
from workflows.permissions import Role
from workflows.personal.views import Kept, Owner, With, forget, keep, views_of

views = Blueprint("views", __name__)

#: With whom a view may be shared.
SHARES: dict[With, str] = {"": N_("只有我"), "department": N_("本部门"), "hall": N_("全大厅")}
#: Duties that lead a department.
LEADING = frozenset({"approver", "chief"})
#: So many views are counted, each up to so many rows.
COUNTED, UP_TO = 8, 99


@dataclass(frozen=True)
class Tab:
    """A view on a page: where it opens, and how many rows it has now."""

    view: SavedView
    href: str
    count: str
    here: bool
    mine: bool


def owner() -> Owner:
    """Whose views are shown and kept in this request."""
    person = current_user.person
    leads = any(duty in LEADING for _department, duty in current_user.tasks.posts)
    hall = Role.WINDOW_LEAD in current_user.roles
    return Owner(person.id, person.department_code, leads, hall)


def kept_views(shown: Shown) -> list[Tab]:
    """The views of this list that the reader sees."""
    found = views_of(reader(), owner(), [shown.of.key])
    return [
        Tab(
            view, address_of(shown.of, view.query), _count(view) if at < COUNTED else "",
            here=view.query == shown.address, mine=view.owner_id == current_user.person.id,
        )
        for at, view in enumerate(found)
    ]  # fmt: skip


def _count(view: SavedView) -> str:
    total = show(LISTS[view.list], arguments(view.query)).listed(size=0).total
    return f"{UP_TO}+" if total > UP_TO else str(total)


def arguments(query: str) -> MultiDict[str, str]:
    """An address as it was kept, taken apart."""
    return MultiDict(parse_qsl(query))


@views.post("/views")
def keep_view() -> ResponseReturnValue:
    """Keep the list as it is shown under a name."""
    form = request.form
    one = LISTS.get(form.get("list", ""))
    if one is None:
        abort(404)
    if not one.roles & current_user.roles:
        abort(403)
    shown = show(one, arguments(form.get("query", "")))
    shared: With = next((whom for whom in SHARES if whom == form.get("shared")), "")
    kept = Kept(form.get("name", ""), one.key, shown.address, shared)
    try:
        with keeping() as session:
            keep(session, owner(), kept)
    except WorkflowError as refusal:
        return refused(refusal)
    flash(_("已保存视图“%(name)s”。", name=kept.name.strip()), "success")
    return redirect(shown.href, 303)


@views.post("/views/<int:view_id>/delete")
def forget_view(view_id: int) -> ResponseReturnValue:
    """Delete one of one's own views; the list it was of is shown."""
    one = LISTS.get(request.form.get("list", ""))
    try:
        with keeping() as session:
            forget(session, current_user.person.id, view_id)
    except WorkflowError as refusal:
        return refused(refusal)
    flash(_("已删除视图。"), "success")
    return redirect(address_of(one) if one else url_for("desk.home"), 303)
