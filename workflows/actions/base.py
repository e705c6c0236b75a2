"""What every action has: a name, whom it concerns, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.clock import office_day
from workflows.engine import Evaluation
from workflows.errors import N_, WorkflowError
from workflows.ladders import Ladders, LadderTable
from workflows.ladders.table import no_ladders
from workflows.models import Calendar, Case, CaseItem, Organisation, ProcessVersion
from workflows.models.fetch import Fetch, Part
from workflows.models.rows import add_once, table_of
from workflows.models.subject import Subject
from workflows.permissions import Role
from workflows.states import (
    CALENDARS,
    CASES,
    ITEMS,
    ORGANISATION,
    PROCESSES,
    ItemState,
    NotAllowedInState,
    next_states,
)

S = TypeVar("S", bound=Subject)


class CaseNotFound(WorkflowError):
    """There is no case with this number."""

    sentence = N_("没有办件号为 %(number)s 的办件。")


class ProcessNotFound(WorkflowError):
    """There is no such version of a process."""

    sentence = N_("没有流程版本 %(key)s。")


class ReasonMissing(WorkflowError):
    """行政许可法 §38(2), §72: nothing is refused, paused or longer without a reason."""

    sentence = N_("请写明理由。")


@dataclass(frozen=True)
class Actor:
    """Who acts: a person who signed in, an applicant with a query code, or the clock."""

    name: str
    roles: frozenset[Role]
    person_id: int | None = None


SYSTEM = Actor("system", frozenset({Role.SYSTEM}))


@dataclass(frozen=True)
class Context:
    """Everything an action may use.  ``now`` is read once, so all it writes agrees."""

    session: Session
    actor: Actor
    now: datetime
    calendars: Callable[[str], WorkCalendar]
    hall: str = "000000"
    #: The ladders that were decided on, see `workflows.ladders`.
    ladders: Ladders = no_ladders
    #: What decision tables said during the action, for its row of history.
    decided: list[Evaluation] = field(default_factory=list, compare=False)

    @property
    def today(self) -> date:
        """The day it is at the counter."""
        return office_day(self.now)

    def ladder(self, case: Case, began: datetime) -> LadderTable | None:
        """What was decided for a clock of this case that began then; None where nothing was."""
        return self.ladders(case.region, case.version.process, began)


class Action:
    """One thing someone can do.  Its fields are the form it needs."""

    name: ClassVar[str]
    table: ClassVar[dict[tuple[str, str], tuple[Any, ...]]]

    def find(self, key: str, ctx: Context) -> Any:
        """Lock what the action concerns, so that no one else changes it meanwhile."""
        raise NotImplementedError

    def apply(self, subject: Any, ctx: Context) -> dict[str, Any]:
        """Change it; return what the history should remember."""
        raise NotImplementedError


#: The case, locked, with the version it runs on.  Nothing else may be read before the lock is
#: held: it could be what was there before the one who held it had done.
LOCKED = Fetch(
    Part(Case, without=("form", "answers", "supplement", "decline", "query_code", "intake_token")),
    Part(ProcessVersion, only=("id", "process", "version", "sha256")),
)
BY_NUMBER = (
    LOCKED.select()
    .join_from(table_of(Case), table_of(ProcessVersion))
    .where(table_of(Case).c.number == bindparam("number"))
    .with_for_update(of=table_of(Case))
)


def locked(kind: type[S], key: str, ctx: Context) -> S | None:
    """The subject of a kind that a key names, locked; None where there is none."""
    named = kind.named(key)
    if named is None:
        return None
    return ctx.session.scalar(select(kind).where(named).with_for_update(of=kind))


class CaseAction(Action):
    """An action on a case."""

    table = CASES

    def find(self, key: str, ctx: Context) -> Case:
        found = LOCKED.one(ctx.session, BY_NUMBER, number=key)
        if found is None:
            raise CaseNotFound(number=key)
        case, version = found
        set_committed_value(case, "version", version)
        return case  # type: ignore[no-any-return]


class ProcessAction(Action):
    """An action on a version of a process; its key is written ``restaurant@2``."""

    table = PROCESSES

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        found = locked(ProcessVersion, key, ctx)
        if found is None:
            raise ProcessNotFound(key=key)
        return found


#: What has no history yet.
UNTOUCHED: dict[str, Any] = {"state": "active", "history_length": 0, "history_hash": ""}


class OrganisationAction(Action):
    """An action on the organisation: departments, posts, people, absences."""

    table = ORGANISATION

    def find(self, key: str, ctx: Context) -> Organisation:
        query = select(Organisation).with_for_update()
        found = ctx.session.scalar(query)
        if found is None:
            add_once(ctx.session, Organisation, id=1, **UNTOUCHED)
            found = ctx.session.scalars(query).one()
        return found


class CalendarAction(Action):
    """An action on the calendar of a region; its key is the region."""

    table = CALENDARS

    def find(self, key: str, ctx: Context) -> Calendar:
        ctx.calendars(key)  # a region there is
        query = select(Calendar).where(Calendar.region == key).with_for_update()
        found = ctx.session.scalar(query)
        if found is None:
            none = dict.fromkeys(("revision", "recount_after", "recounted", "changed", "failed"), 0)
            add_once(ctx.session, Calendar, region=key, **UNTOUCHED, **none)
            found = ctx.session.scalars(query).one()
        return found


def catalogue_of(case: Case) -> Catalogue:
    """The catalogue the case was received under."""
    return published(case.version).catalogue


def move(item: CaseItem, happening: str, to: ItemState) -> None:
    """Move an item along its state table, or refuse."""
    if to not in next_states(ITEMS, item.state, happening):
        raise NotAllowedInState(state=item.state, action=happening)
    item.state = to


def written(reason: str) -> str:
    """A reason that says something, or ReasonMissing."""
    if len(reason.strip()) < 2:
        raise ReasonMissing
    return reason.strip()
