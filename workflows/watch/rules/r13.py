"""R13: a decision by a person without valid 执法资格, or by the one who did the step before it.

The house gives nothing to who is not qualified and bars the reviewer from checking (一审一核); the
rule watches that no such decision is on the record all the same.  Whether somebody was qualified
on a day is read from the history of the organisation, and from how it stands.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from workflows.clock import office_day
from workflows.errors import N_
from workflows.models import Case, CaseItem, Department, HistoryEvent, Person, Task
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule

ACTS = ("decide", "confirm_refusal", "check_commitment")
#: When a qualification was set: from that moment on it lasted until then.
Changes = dict[int, list[tuple[datetime, date | None, date | None]]]


def find(look: Look) -> Iterator[Found]:
    """Every decision that somebody made who may not."""
    changes = _changes(look)
    untils = {key: until for key, until in look.session.execute(
        select(Person.id, Person.qualified_until))}  # fmt: skip
    doubtful = [key for key, until in untils.items() if key in changes or _over(look, until)]
    own = Task.barred_id == Task.closed_by_id
    unfit = and_(Department.enforcement_subject, Task.closed_by_id.in_(doubtful))
    query = (
        select(Task.closed_at, Task.closed_by_id, Task.closed_by, Task.barred_id, CaseItem.code,
               Task.department_code, Department.enforcement_subject, Case.number, Task.id)
        .join_from(Task, Case, Case.id == Task.case_id)
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Department, Department.code == Task.department_code)
        .where(Task.kind.in_(("decide", "confirm", "check")), Task.conclusion.is_not(None))
        .where(or_(own, unfit), *look.within(Task.closed_at))
    )  # fmt: skip
    rows: Sequence[Any] = look.session.execute(query).all()
    history = look.whole({row[7] for row in rows}, *ACTS)
    for at, who, name, barred, item, department, subject, case, task in rows:
        until = _until(changes.get(who, []), at, untils.get(who))
        unqualified = subject and (until is None or until < office_day(at))
        found = {"qualification": unqualified, "second": barred is not None and barred == who}
        if wrong := [word for word, holds in found.items() if holds]:
            proofs = [row.proof for row in history[case] if row.at == at and row.item == item]
            yield look.found(
                f"{case}/{item}/{task}", at, case=case, item=item, department=department,
                person=name, evidence=tuple(proofs), facts={"wrong": wrong},
            )  # fmt: skip


def _over(look: Look, until: date | None) -> bool:
    return until is None or until < office_day(look.now)


def _changes(look: Look) -> Changes:
    """Who was given a qualification, or suspended, and when; in order."""
    query = select(HistoryEvent.at, HistoryEvent.details).where(
        HistoryEvent.subject == "organisation", HistoryEvent.action == "set_qualification"
    )
    keys = {name: key for name, key in look.session.execute(select(Person.username, Person.id))}
    found: Changes = defaultdict(list)
    for at, details in look.session.execute(query.order_by(HistoryEvent.sequence)):
        if details.get("username") in keys:
            days = (_day(details.get("before")), _day(details.get("qualified_until")))
            found[keys[details["username"]]].append((at, *days))
    return dict(found)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _until(
    changes: list[tuple[datetime, date | None, date | None]], at: datetime, now: date | None
) -> date | None:
    """Until when a qualification lasted, as it was known at a moment."""
    for moment, before, _ in changes:
        if at < moment:
            return before
    return changes[-1][2] if changes else now


RULE = Rule(
    "R13", Family.COURSE, Level.RED, N_("无执法资格或者自审自核作出决定"),
    "行政执法人员资格管理规定（须当地核定）；一审一核制", find,
)  # fmt: skip
