"""What no action would do: rows that came from elsewhere, sealed into the chain all the same.

An import, or a hand in the database.  The house refuses these acts; the watch has to see them.
"""

from datetime import date
from typing import Any

from sqlalchemy import select, update

from server.context import Services
from workflows.clock import office_day
from workflows.models import Case, CaseItem, DeadlinePause, HistoryEvent, Task
from workflows.models.rows import table_of


def forge(
    services: Services, subject: str, action: str, actor: str, **details: Any,
) -> HistoryEvent:  # fmt: skip
    """One more row of a case's history, as if the action had been done."""
    with services.database.writers() as session, session.begin():
        case = session.scalars(select(Case).where(Case.number == subject)).one()
        event = HistoryEvent(
            subject=subject, sequence=case.history_length + 1, at=services.clock.now(),
            actor=actor, acting_for=None, action=action, from_state=str(case.state),
            to_state=str(case.state), details=details, previous_hash=case.history_hash,
        )  # fmt: skip
        event.hash = event.sealed()
        case.history_length, case.history_hash = event.sequence, event.hash
        session.add(event)
        session.flush()
    return event


def forge_pause(services: Services, number: str, item: str, kind: str, actor: str) -> None:
    """A clock that was stopped for a day, on no ground and without a notice."""
    today: date = office_day(services.clock.now())
    with services.database.writers() as session, session.begin():
        query = select(CaseItem).join(Case, Case.id == CaseItem.case_id)
        row = session.scalars(query.where(Case.number == number, CaseItem.code == item)).one()
        session.add(DeadlinePause(
            case_id=row.case_id, item_id=row.id, kind=kind, started_on=today, ended_on=today,
            reason="", by=actor,
        ))  # fmt: skip
        session.flush()
    forge(services, number, "pause_deadline", actor, item=item, procedure=kind, number=None)


def forge_decider(services: Services, number: str, item: str, person: int | None) -> None:
    """Another person as the one who decided an item; None is who was barred from it."""
    tasks = table_of(Task)
    its = select(CaseItem.id).join(Case).where(Case.number == number, CaseItem.code == item)
    change = update(tasks).where(
        tasks.c.item_id.in_(its), tasks.c.kind == "decide", tasks.c.conclusion.is_not(None)
    )
    with services.database.writers() as session, session.begin():
        session.execute(change.values(closed_by_id=tasks.c.barred_id if person is None else person))
