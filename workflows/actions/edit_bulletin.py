"""Edit what a bulletin says of its figures (修改); the figures are not touched."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.bulletins import BulletinAction, write_texts
from workflows.models import Bulletin


@dataclass(frozen=True)
class EditBulletin(BulletinAction):
    summary: str
    problems: str
    next_steps: str

    name = "edit_bulletin"

    def apply(self, bulletin: Bulletin, ctx: Context) -> dict[str, Any]:
        texts = {
            "summary": self.summary, "problems": self.problems, "next_steps": self.next_steps,
        }  # fmt: skip
        return {"changed": {name: texts[name] for name in write_texts(bulletin, texts, ctx)}}
