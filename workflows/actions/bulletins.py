"""What the acts on a bulletin share: finding it, and who wrote in it."""

from workflows.actions.base import Action, Context, locked
from workflows.errors import N_, WorkflowError
from workflows.models import Bulletin
from workflows.states import BULLETINS

#: Characters of one text of a bulletin.
LONGEST = 4000


class BulletinNotFound(WorkflowError):
    """There is no such bulletin."""

    sentence = N_("没有这份通报：%(key)s。")


class BulletinTooLong(WorkflowError):
    """A bulletin is read aloud."""

    sentence = N_("每段文字最多 %(most)s 个字。")


class BulletinAction(Action):
    """An action on a bulletin; its key is written ``bulletin:12``."""

    table = BULLETINS

    def find(self, key: str, ctx: Context) -> Bulletin:
        found = locked(Bulletin, key, ctx)
        if found is None:
            raise BulletinNotFound(key=key)
        return found


def write_texts(bulletin: Bulletin, texts: dict[str, str], ctx: Context) -> list[str]:
    """Write what is said; the names of the texts that changed."""
    if any(len(text) > LONGEST for text in texts.values()):
        raise BulletinTooLong(most=LONGEST)
    kept = {name: text.strip().replace("\r\n", "\n") for name, text in texts.items()}
    changed = [name for name, text in kept.items() if getattr(bulletin, name) != text]
    for name in changed:
        setattr(bulletin, name, kept[name])
    bulletin.edited_by = ctx.actor.name
    if ctx.actor.person_id not in bulletin.writers:
        bulletin.writers = [*bulletin.writers, ctx.actor.person_id]
    return changed
