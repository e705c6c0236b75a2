"""What stands around a case on its pages: attachments, conversation, copies; and the desk lists."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from server.context import calendars, now, reader, services
from server.files import IMAGES, kind_word
from server.labels import DUTIES, word
from server.names import department_name, zh
from server.rights import hidden_from_reader, step_rights
from server.uploads import size_words
from workflows.actions.remind import again_on
from workflows.clock import office_day
from workflows.models import Attachment, Case, Task
from workflows.queries import around as queries

#: Actions that are done beside a task, and lead back to its page.
BESIDE = frozenset({"comment", "attach", "detach", "copy_to", "remind"})
#: As much of a text is repeated in the timeline.
SHOWN = 60


def around(case: Case, may: set[str], task: Task | None = None) -> dict[str, Any]:
    """What the sections of a page need; of a task: what concerns its item or the whole case."""
    item_id = task.item_id if task else None
    codes = {item.id: item.code for item in case.items}
    rows = queries.attachments(reader(), case.id)
    if task is not None:
        rows = [row for row in rows if row.item_id in (None, item_id)]
    if any(_of_application(row) for row in rows):
        hidden = _hidden(case, task)
        rows = [row for row in rows if not (_of_application(row) and row.field in hidden)]
    me = current_user.person.id
    copy = queries.my_copy(reader(), case.id, me)
    return {
        "files": [_file(row, codes, me) for row in rows],
        "most_mb": services().settings.attachment_mb,
        "talk": queries.comments(reader(), case.number),
        "posts": _posts(case) if "copy_to" in may else [],
        "my_copy": copy if copy and copy.read_at is None else None,
        "follows": queries.is_followed(reader(), case.id, me),
        "reminded_until": reminded_until(case) if "remind" in may else None,
    }


def _of_application(row: Attachment) -> bool:
    """Whether a file is an answer of the application, and not of the form of a step."""
    return row.field is not None and row.task_id is None


def _hidden(case: Case, task: Task | None) -> Collection[str]:
    """The questions of the application that the page keeps back, and their files with them."""
    if task is None:
        return hidden_from_reader(case)
    code = next(item.code for item in case.items if item.id == task.item_id)
    return step_rights(case.version, code, task).hidden


def _file(row: Attachment, codes: dict[int, str], me: int) -> dict[str, Any]:
    return {
        "row": row,
        "item": codes.get(row.item_id or 0),
        "kind": kind_word(row.media_type),
        "size": size_words(row.size),
        "image": row.media_type in IMAGES,
        "mine": row.by_id == me and row.field is None,
    }


def _posts(case: Case) -> list[tuple[str, str]]:
    return [
        (f"{post.department_code}/{post.duty}",
         f"{department_name(department)} · {word(DUTIES, post.duty)}")
        for post, department in queries.posts_around(reader(), case)
    ]  # fmt: skip


def reminded_until(case: Case) -> str | None:
    """The day from which on a case may be reminded of again, while that is still to come."""
    last = queries.last_reminder(reader(), case.number)
    again = again_on(last, calendars(case.region))
    return again.isoformat() if again is not None and office_day(now()) < again else None


def for_applicant(case: Case) -> list[dict[str, Any]]:
    """The attachments that somebody has marked for the applicant, and no others."""
    rows = queries.attachments(reader(), case.id)
    return [_file(row, {}, 0) for row in rows if row.for_applicant]


def details_of(details: dict[str, Any]) -> list[str | Markup]:
    """What the timeline says of a comment, an attachment, a copy, a reminder."""
    said: list[str | Markup] = []
    if isinstance(details.get("text"), str):
        text = details["text"]
        said.append(zh(text if len(text) <= SHOWN else f"{text[:SHOWN]}…"))
    if details.get("file"):
        said.append(zh(details["file"]))
        if details.get("size"):
            said.append(size_words(details["size"]))
    if details.get("for_applicant"):
        said.append(_("申请人可见"))
    if details.get("copied"):
        said.append(zh("、".join(details["copied"])))
    if details.get("reminded"):
        said.append(zh("、".join(details["reminded"])))
    return said
