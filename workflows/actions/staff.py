"""Finding a person by user name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import Person


class PersonUnknown(WorkflowError):
    """Nobody has this user name."""

    sentence = N_("没有用户名为 %(username)s 的人员。")


def person_named(session: Session, username: str) -> Person:
    """The person with this user name, or PersonUnknown."""
    person = session.scalar(select(Person).where(Person.username == username))
    if person is None:
        raise PersonUnknown(username=username)
    return person
