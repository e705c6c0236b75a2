"""Give others a copy of a case (抄送): by name or by post, to each person once.

A post is its holder, or the deputy while the holder is away.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context
from workflows.actions.named import MOST, TooManyNamed, people_named, plain
from workflows.actions.people import responsible
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Copy, Person, Post
from workflows.models.rows import add_last

#: Characters of a note.
NOTE = 200
BETWEEN = re.compile(r"[\s,，;；、@＠]+")


class NobodyNamed(WorkflowError):
    """A copy for nobody."""

    sentence = N_("请写明抄送给谁，或选择岗位。")


class PostNotFound(WorkflowError):
    """There is no such post."""

    sentence = N_("没有岗位 %(post)s。")


class AlreadyCopied(WorkflowError):
    """Everyone named has had a copy of this case."""

    sentence = N_("已经抄送过：%(names)s。")


@dataclass(frozen=True)
class CopyTo(CaseAction):
    people: str = ""
    posts: list[str] = field(default_factory=list)
    note: str = ""

    name = "copy_to"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        note = plain(self.note, NOTE)
        named = list(dict.fromkeys(filter(None, BETWEEN.split(self.people))))
        found = {person.id: person for person in people_named(ctx.session, named)}
        found |= {person.id: person for person in self._holders(ctx)}
        if not found:
            raise NobodyNamed
        had = select(Copy.person_id).where(Copy.case_id == case.id, Copy.person_id.in_(found))
        fresh = [found[one] for one in sorted(found.keys() - set(ctx.session.scalars(had)))]
        if not fresh:
            raise AlreadyCopied(names="、".join(person.name for person in found.values()))
        by, at = ctx.actor.name, ctx.now
        copies = [Copy(case_id=case.id, person_id=p.id, by=by, at=at, note=note) for p in fresh]
        add_last(ctx.session, *copies)
        return {"copied": [person.name for person in fresh], "note": note}

    def _holders(self, ctx: Context) -> list[Person]:
        """Who acts for these posts today; written SJ/handler."""
        keys = list(dict.fromkeys(filter(None, self.posts)))
        if len(keys) > MOST:
            raise TooManyNamed(most=MOST)
        people = []
        for key in keys:
            department, _, duty = key.partition("/")
            query = select(Post).where(Post.department_code == department, Post.duty == duty)
            post = ctx.session.scalar(query)
            if post is None:
                raise PostNotFound(post=key[:60])
            who = responsible(post, ctx.today)
            deputy = who is not None and who.acting_for is not None
            people.append(post.deputy if deputy and post.deputy else post.holder)
        return people
