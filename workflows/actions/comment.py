"""Say something about a case or one of its items (评论); whoever is mentioned with @ is told.

The conversation is the history itself: what was said stays as it was said.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.named import mentioned, plain
from workflows.actions.tell import tell_person
from workflows.actions.work import item_of
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case

#: As many characters has a comment at most, and as many of them has a notice.
LONGEST, SHOWN = 2000, 100
MENTIONED = N_("%(who)s 在“%(what)s”的评论中提到您：%(text)s")


class CommentEmpty(WorkflowError):
    """A comment that says nothing."""

    sentence = N_("请写下评论内容。")


@dataclass(frozen=True)
class Comment(CaseAction):
    text: str
    item: str = ""

    name = "comment"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        text = plain(self.text, LONGEST)
        if not text:
            raise CommentEmpty
        item = item_of(case, self.item) if self.item else None
        people = mentioned(ctx.session, text)
        what = item.name if item else case.title
        params = {"who": ctx.actor.name, "what": what, "text": text[:SHOWN]}
        for person in people:
            if person.id != ctx.actor.person_id:
                tell_person(case, person.id, item, Light.GREEN, MENTIONED, params, ctx)
        facts = {"text": text, "mentioned": [person.name for person in people]}
        return {"item": item.code, **facts} if item else facts
