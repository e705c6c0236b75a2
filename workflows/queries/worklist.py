"""The desk (工作台): what there is to do, ordered by what is due first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from workflows.models import Case, CaseItem, Deadline, DeadlinePause, Notice, Task
from workflows.models.deadline import Basis, Clock
from workflows.queries.board import STATUTE
from workflows.queries.calendars import Calendars
from workflows.queries.filters import ALWAYS, EVERYTHING, FIRST, Filter, Part, of_light, of_tasks
from workflows.queries.standing import Standing, ledgers, pauses_of, standing
from workflows.queries.unindexed import Unindexed

#: A list that only grows is counted and shown up to here.
MOST = 1000
#: Of what somebody has done, so many of the latest are looked through with a filter.
LOOKED_AT = 3000
Posts = list[tuple[str, str]]


@dataclass
class Mine:
    """Whose tasks are shown: a person's own posts, those where they stand in, what they took.

    ``stands_in`` are (department, duty, person): tasks that fall to me because that person did
    the step before them.  ``pool`` are the posts of which I am only a member; ``away`` those who
    have tasks of my posts and are away; ``present`` is whether I may be given work today.
    """

    person_id: int
    posts: Posts
    stands_in: list[tuple[str, str, int]]
    pool: Posts = field(default_factory=list)
    away: list[int] = field(default_factory=list)
    present: bool = False


@dataclass(frozen=True)
class TaskRow:
    """A task in a list."""

    task: Task
    item: CaseItem
    case: Case
    standing: Standing | None


#: The promise that a task's item is ordered by: found by the item, and by nothing that many
#: share, so that the index of all open clocks is never gone through for each task.
PROMISE = and_(
    Deadline.item_id == Task.item_id,
    Deadline.clock.in_([Clock.ITEM, Clock.CHECK]),
    Unindexed(Deadline.basis) == Basis.PROMISED,
    Deadline.closed_at.is_(None),
)

#: The statute beside it, found in the same way.
LAW = and_(
    STATUTE.item_id == Task.item_id,
    STATUTE.clock == Clock.ITEM,
    Unindexed(STATUTE.basis) == Basis.STATUTORY,
    STATUTE.closed_at.is_(None),
)


def falls_to(whose: Mine) -> ColumnElement[bool]:
    """Mine: what I have; and of my posts what nobody has, or somebody who is away."""
    post = tuple_(Task.department_code, Task.duty)
    barred = tuple_(Task.department_code, Task.duty, Task.barred_id)
    codes = {code for code, *_ in (*whose.posts, *whose.stands_in)}
    of_posts = or_(and_(post.in_(whose.posts), _not_barred(whose)), barred.in_(whose.stands_in))
    free = or_(Task.assignee_id.is_(None), Task.assignee_id.in_(whose.away))
    own = Task.assignee_id == (whose.person_id if whose.present else 0)
    mine = or_(own, and_(Task.department_code.in_(codes), of_posts, free))
    return and_(Task.closed_at.is_(None), mine)


def in_pool(whose: Mine) -> ColumnElement[bool]:
    """Whether a person may take an open task up (待领)."""
    codes = {code for code, _duty in whose.pool}
    of_posts = tuple_(Task.department_code, Task.duty).in_(whose.pool)
    free = and_(of_posts, Task.assignee_id.is_(None), _not_barred(whose))
    return and_(Task.closed_at.is_(None), Task.department_code.in_(codes), free)


def _not_barred(whose: Mine) -> ColumnElement[bool]:
    return or_(Task.barred_id.is_(None), Task.barred_id != whose.person_id)


def open_tasks(
    session: Session, whose: Mine, now: datetime, calendars: Calendars, part: Part = FIRST,
) -> tuple[list[TaskRow], int]:  # fmt: skip
    """The open tasks that fall to a person, the nearest due first, and how many there are."""
    return _by_due(session, falls_to(whose), now, calendars, part)


def pool_tasks(
    session: Session, whose: Mine, now: datetime, calendars: Calendars, part: Part = FIRST,
) -> tuple[list[TaskRow], int]:  # fmt: skip
    """The open tasks that a person may take up, the nearest due first, and how many."""
    return _by_due(session, in_pool(whose), now, calendars, part)


def _by_due(
    session: Session, which: ColumnElement[bool], now: datetime, calendars: Calendars, part: Part,
) -> tuple[list[TaskRow], int]:  # fmt: skip
    if part.wanted == EVERYTHING and not part.size:
        return [], session.scalar(select(func.count(Task.id)).where(which)) or 0
    query = open_ids(session, which, now, calendars, part.wanted)
    due = query.order_by(Deadline.due_at.is_(None), Deadline.due_at, Task.id)
    found, total = _counted(session, due, part)
    return _task_rows(session, found, now, calendars), total


def _counted(session: Session, query: Select[int], part: Part) -> tuple[list[int], int]:
    """The keys of a page, and how many there are: counted in the pass that sorts them anyway."""
    shown = query.limit(part.size or 1).offset(part.start).add_columns(func.count().over())
    pairs = session.execute(shown).all()
    return [key for key, _ in pairs[: part.size]], pairs[0][1] if pairs else 0


def open_ids(
    session: Session, which: ColumnElement[bool], now: datetime, calendars: Calendars,
    wanted: Filter,
) -> Select[int]:  # fmt: skip
    """The keys of these open tasks, narrowed."""
    query = select(Task.id).outerjoin(Deadline, PROMISE).where(which)
    if wanted == EVERYTHING:
        return query
    query = _joined(query, wanted)
    if wanted.light is not None:
        clocks = (Deadline, STATUTE)
        shown = of_light(session, wanted.light, now, calendars, clocks, Task.item_id)
        query = query.outerjoin(STATUTE, LAW).where(shown)
    return query.where(*of_tasks(wanted), *wanted.due.holds(Unindexed(Deadline.due_at)))


def done_tasks(
    session: Session, person_id: int, now: datetime, calendars: Calendars, part: Part = FIRST,
) -> tuple[list[TaskRow], int]:  # fmt: skip
    """What a person has done (已办), the latest first, and how many there are up to a thousand.

    A filter looks through the latest three thousand, or those of the days that it names.
    """
    mine = [Task.closed_by_id == person_id, *part.wanted.done.holds(Task.closed_at)]
    query = select(Task.id).where(*mine).order_by(Task.closed_at.desc(), Task.id.desc())
    wanted = replace(part.wanted, done=ALWAYS)
    if wanted == EVERYTHING:
        total = session.scalar(select(func.count()).select_from(query.limit(MOST).subquery())) or 0
        found = session.scalars(query.limit(part.size).offset(part.start)).all()
    else:
        found, total = _counted(session, _narrowed(query.limit(LOOKED_AT), wanted), part)
    return _task_rows(session, found, now, calendars), min(total, MOST)


def _narrowed(done: Select[int], wanted: Filter) -> Select[int]:
    """Of these done tasks those that are wanted, the latest first."""
    looked_at = done.subquery()
    query = select(Task.id).join(looked_at, looked_at.c.id == Task.id)
    query = _joined(query, wanted).where(*of_tasks(wanted))
    return query.order_by(Task.closed_at.desc(), Task.id.desc())


def _joined(query: Select[int], wanted: Filter) -> Select[int]:
    """The tasks with their items and cases, as far as the filter asks about them."""
    if wanted.asks_items:
        query = query.join(CaseItem, CaseItem.id == Task.item_id)
    return query.join(Case, Case.id == Task.case_id) if wanted.asks_cases else query


def _task_rows(
    session: Session, ids: Sequence[int], now: datetime, calendars: Calendars
) -> list[TaskRow]:
    """These tasks in this order, each with how its item stands."""
    if not ids:
        return []
    query = (
        select(Task, CaseItem, Case)
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_(ids))
    )
    found = sorted(session.execute(query).all(), key=lambda row: ids.index(row[0].id))
    clocks = _by_item(ledgers(session, Deadline.item_id.in_({item.id for _, item, _ in found})))
    pauses = pauses_of(session, DeadlinePause.item_id.in_({item.id for _, item, _ in found}))
    rows = []
    for task, item, case in found:
        clock = Clock.CHECK if task.kind == "check" else Clock.ITEM
        mine = clocks.get(item.id, [])
        rows.append(
            TaskRow(task, item, case, standing(mine, pauses, clock, now, calendars(case.region)))
        )
    return rows


def _by_item(clocks: list[Deadline]) -> dict[int | None, list[Deadline]]:
    found: dict[int | None, list[Deadline]] = {}
    for row in clocks:
        found.setdefault(row.item_id, []).append(row)
    return found


def newest(session: Session) -> int:
    """The key of the task that came last, to whomever."""
    return session.scalar(select(func.max(Task.id))) or 0


def arrived(session: Session, whose: Mine, after: int) -> int:
    """How many tasks have come to a person since the one with this key.

    The key is compared with nothing that is indexed: what is open is few, what is new may not be.
    """
    came = select(func.count(Task.id)).where(falls_to(whose), Task.id + 0 > after)
    return session.scalar(came) or 0


def notices(
    session: Session,
    posts: Posts,
    roles: list[str],
    person_id: int | None = None,
    limit: int = 10,
) -> list[Notice]:
    """What these posts, these roles and this person have been told lately.

    The latest are taken for each of them, and the latest of all: each is a step into an index.
    """
    told = [Notice.role == role for role in roles]
    told += [and_(Notice.department_code == code, Notice.duty == duty) for code, duty in posts]
    if person_id is not None:
        told.append(Notice.person_id == person_id)
    if not told:
        return []
    latest = [
        select(Notice.id).where(one, Notice.done_at.is_(None)).order_by(Notice.id.desc())
        .limit(limit).subquery()
        for one in told
    ]  # fmt: skip
    found = union_all(*(select(each.c.id) for each in latest))
    query = select(Notice).where(Notice.id.in_(found)).order_by(Notice.id.desc()).limit(limit)
    return list(session.scalars(query))
