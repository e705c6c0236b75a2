"""Own phrases (常用意见): at most fifty a person, in the order that the person likes."""

from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import Person, Phrase

MOST = 50
LONGEST = 500


class TooManyPhrases(WorkflowError):
    """A longer list is not searched any more, but scrolled."""

    sentence = N_("常用意见最多 %(most)s 条，请先删去不用的。")


class PhraseUnfit(WorkflowError):
    """Nothing, or a whole essay."""

    sentence = N_("常用意见应为 1 到 %(longest)s 个字。")


def phrases(session: Session, person_id: int) -> list[Phrase]:
    """The phrases of a person, in their order."""
    query = select(Phrase).where(Phrase.person_id == person_id)
    return list(session.scalars(query.order_by(Phrase.place, Phrase.id)))


def add_phrase(session: Session, person_id: int, text: str) -> None:
    """Put a phrase at the end; what is there already stays where it is."""
    said = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not 1 <= len(said) <= LONGEST:
        raise PhraseUnfit(longest=LONGEST)
    mine = _own(session, person_id)
    if any(phrase.text == said for phrase in mine):
        return
    if len(mine) >= MOST:
        raise TooManyPhrases(most=MOST)
    place = mine[-1].place + 1 if mine else 1
    session.add(Phrase(person_id=person_id, place=place, text=said))
    session.flush()


def remove_phrase(session: Session, person_id: int, phrase_id: int) -> None:
    """Take a phrase out; one that is gone, or somebody else's, stays as it is."""
    for phrase in _own(session, person_id):
        if phrase.id == phrase_id:
            session.delete(phrase)
    session.flush()


def raise_phrase(session: Session, person_id: int, phrase_id: int) -> None:
    """Move a phrase one place up."""
    mine = _own(session, person_id)
    for above, phrase in pairwise(mine):
        if phrase.id == phrase_id:
            above.place, phrase.place = phrase.place, above.place
    session.flush()


def _own(session: Session, person_id: int) -> list[Phrase]:
    """The phrases of a person, who changes them in one place at a time."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return phrases(session, person_id)
