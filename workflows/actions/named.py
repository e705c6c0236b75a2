"""People who are named in what somebody writes: by user name or by name, or not at all.

Only who may read cases can be named around one: designers and administrators see no case.
"""

import re
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import Person
from workflows.permissions import READERS

#: As many are told by one comment, or given a copy at once.
MOST = 20
#: No name is longer.
LONGEST = 30
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
#: @name, but not the middle of a mail address.
MENTION = re.compile(rf"(?<![A-Za-z0-9_.+-])[@＠]([\w.·-]{{1,{LONGEST}}})")


class NameUnknown(WorkflowError):
    """Nobody here has this name or user name."""

    sentence = N_("没有叫“%(name)s”的人员，请核对姓名或用户名。")


class NameShared(WorkflowError):
    """Several people have this name: the user name says who is meant."""

    sentence = N_("有几位人员都叫“%(name)s”，请改用用户名：%(usernames)s。")


class SeesNoCase(WorkflowError):
    """Designers and administrators of the system see no case."""

    sentence = N_("%(name)s 不能查看办件。")


class TooManyNamed(WorkflowError):
    """A message to everyone is a message to nobody."""

    sentence = N_("一次最多 %(most)s 人。")


class TextTooLong(WorkflowError):
    """What somebody wrote is longer than anyone would read."""

    sentence = N_("最多 %(most)s 个字，现有 %(now)s 个。")


def plain(text: str, most: int) -> str:
    """A text without control characters and not too long, or TextTooLong."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > most:
        raise TextTooLong(most=most, now=len(text))
    return text


def mentioned(session: Session, text: str) -> list[Person]:
    """Everyone a text mentions with @, each once.

    Chinese is written without spaces: of what follows the @, the longest name that somebody has
    counts.  Raises NameUnknown when nobody has any.
    """
    runs = list(dict.fromkeys(MENTION.findall(text)))
    if len(runs) > MOST:
        raise TooManyNamed(most=MOST)
    heads = {run: [run[:length] for length in range(len(run), 0, -1)] for run in runs}
    known = _known(session, {head for each in heads.values() for head in each})
    found = {}
    for run in runs:
        name = next((head for head in heads[run] if head in known), None)
        if name is None:
            raise NameUnknown(name=run)
        person = _one(name, known[name])
        found[person.id] = person
    return list(found.values())


def people_named(session: Session, names: Collection[str]) -> list[Person]:
    """These people, by name or user name, each once."""
    if len(names) > MOST:
        raise TooManyNamed(most=MOST)
    for name in names:
        if len(name) > LONGEST:
            raise NameUnknown(name=name[:LONGEST])
    known = _known(session, names)
    found = {}
    for name in names:
        if name not in known:
            raise NameUnknown(name=name)
        person = _one(name, known[name])
        found[person.id] = person
    return list(found.values())


def _known(session: Session, names: Collection[str]) -> dict[str, list[Person]]:
    """Who has which of these names; a user name goes before the same name of another."""
    if not names:
        return {}
    query = select(Person).where(or_(Person.username.in_(names), Person.name.in_(names)))
    known: dict[str, list[Person]] = {}
    people = list(session.scalars(query.where(Person.active).order_by(Person.id)))
    for person in people:
        known.setdefault(person.name, []).append(person)
    return known | {person.username: [person] for person in people}


def _one(name: str, people: list[Person]) -> Person:
    if len(people) > 1:
        raise NameShared(name=name, usernames="、".join(one.username for one in people))
    (person,) = people
    if not READERS & set(person.roles):
        raise SeesNoCase(name=person.name)
    return person
