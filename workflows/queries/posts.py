"""Posts with the people who fill them, and when those are away: as few questions as it takes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from workflows.models import Absence, Person, Post


def staffed(session: Session, *which: Any, members: bool = False) -> list[Post]:
    """These posts with department, holder and deputy; on request with their members."""
    query = select(Post).where(*which)
    query = query.options(
        joinedload(Post.department), joinedload(Post.holder), joinedload(Post.deputy),
        *([joinedload(Post.members)] if members else ()),
    )  # fmt: skip
    found = list(session.scalars(query).unique())
    people = [person for post in found for person in (post.holder, post.deputy) if person]
    if members:
        people += [person for post in found for person in post.members]
    know_absences(session, people)
    return found


def know_absences(session: Session, people: Iterable[Person]) -> None:
    """Read when these people are away, at once for all of them of whom it is not known yet."""
    unknown = {one.id: one for one in people if "absences" in inspect(one).unloaded}
    if not unknown:
        return
    away: dict[int, list[Absence]] = {key: [] for key in unknown}
    for row in session.scalars(select(Absence).where(Absence.person_id.in_(unknown))):
        away[row.person_id].append(row)
    for key, person in unknown.items():
        set_committed_value(person, "absences", away[key])
