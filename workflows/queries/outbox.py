"""What is on its way out, for who looks after the system (提醒发送)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflows.models import Case, Outgoing, Person

PAGE = 20


class Stage(StrEnum):
    """How far a message is."""

    DEAD = "dead"
    FAILED = "failed"
    WAITING = "waiting"


OPEN = Outgoing.next_at.is_not(None)
STAGES: dict[Stage, Any] = {
    Stage.DEAD: Outgoing.dead_at.is_not(None),
    Stage.FAILED: and_(OPEN, Outgoing.attempts > 0),
    Stage.WAITING: and_(OPEN, Outgoing.attempts == 0),
}


@dataclass(frozen=True)
class Line:
    """A message that has not arrived, without its text; the case it is about, if there is one."""

    message: Outgoing
    number: str | None
    name: str | None


def counts(session: Session) -> dict[Stage, int]:
    """How many messages are at each stage."""
    return {
        stage: session.scalar(select(func.count()).select_from(Outgoing).where(here)) or 0
        for stage, here in STAGES.items()
    }


def lines(session: Session, stage: Stage, page: int = 1) -> list[Line]:
    """The messages of a stage: the latest dead letters, and what is due first."""
    order: list[Any] = [Outgoing.dead_at.desc(), Outgoing.id.desc()]
    if stage is not Stage.DEAD:
        order = [Outgoing.next_at.asc(), Outgoing.id.asc()]
    query = (
        select(Outgoing, Case.number, Person.name)
        .outerjoin(Case, Case.id == Outgoing.case_id)
        .outerjoin(Person, Person.id == Outgoing.person_id)
        .where(STAGES[stage])
        .order_by(*order)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    return [Line(*found) for found in session.execute(query)]
