"""Files of a case: what may be kept beside it, and those that are answers of a form.

The bytes have been stored under their SHA-256 before; what a file is was read from them.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from workflows.actions.base import Context
from workflows.actions.work import Work
from workflows.errors import N_, WorkflowError
from workflows.models import Attachment, Case
from workflows.models.attachment import MEDIA
from workflows.models.base import WHOLE

#: No case has more of them.
MOST = 200
SHA256 = re.compile(r"[0-9a-f]{64}")
#: Neither a place in a folder, nor a line break, nor anything that hides what is written.
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
#: What is known of a file that is an answer.
FACTS = frozenset({"name", "media_type", "size", "sha256"})
#: What of it history remembers.
TOLD = ("sha256", "attachment", "signature")


class FileUnfit(WorkflowError):
    """A name that leads somewhere else, a kind that is not taken, or no content at all."""

    sentence = N_("附件“%(name)s”的名称、类型或内容不符合要求。")


class TooManyFiles(WorkflowError):
    """A case is no file server."""

    sentence = N_("一个办件最多 %(most)s 个附件。")


def check_file(name: str, media_type: str, size: int, sha256: str) -> None:
    """What comes in may come from a program as well. Raises FileUnfit."""
    endings = MEDIA.get(media_type, ())
    named = bool(endings) and name.lower().endswith(endings)
    fits = named and 0 < len(name) <= 200 and not UNFIT.search(name)
    if not fits or size not in WHOLE or not SHA256.fullmatch(sha256):
        raise FileUnfit(name=UNFIT.sub(" ", name)[:60])


def require_room(case: Case, ctx: Context, more: int = 1) -> None:
    """Refuse what would be too many. Raises TooManyFiles."""
    count = select(func.count()).select_from(Attachment).where(Attachment.case_id == case.id)
    if (ctx.session.scalar(count) or 0) + more > MOST:
        raise TooManyFiles(most=MOST)


def is_file(answer: object) -> bool:
    """Whether an answer of a form is a file."""
    return isinstance(answer, Mapping) and answer.keys() >= FACTS


def keep_files(
    case: Case, form: Mapping[str, Any], ctx: Context, work: Work | None = None
) -> dict[str, Any]:
    """The answers of a form, with an attachment for every file among them, which they name."""
    given = {key: answer for key, answer in form.items() if is_file(answer)}
    if not given:
        return dict(form)
    require_room(case, ctx, len(given))
    kept = dict(form)
    for key, answer in given.items():
        facts = {name: answer[name] for name in FACTS}
        check_file(**facts)
        row = Attachment(
            case_id=case.id,
            item_id=work.item.id if work else None,
            task_id=work.task.id if work else None,
            field=key,
            by=ctx.actor.name,
            by_id=ctx.actor.person_id,
            at=ctx.now,
            **facts,
        )
        ctx.session.add(row)
        ctx.session.flush()
        kept[key] = {**answer, "attachment": row.id}
    return kept


def files_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """What history remembers of the files of a form."""
    named = {
        key: {"file": answer["name"]} | {name: answer[name] for name in TOLD if name in answer}
        for key, answer in form.items()
        if is_file(answer)
    }
    return {"files": named} if named else {}


def fill_in(work: Work, form: Mapping[str, Any], ctx: Context) -> dict[str, Any]:
    """Keep what was written into the form of a task; what history remembers of its files."""
    work.task.form_data = keep_files(work.case, form, ctx, work)
    return files_of(work.task.form_data)
