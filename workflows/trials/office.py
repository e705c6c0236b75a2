"""The hall of a trial: a database in memory, the people it takes, the process published in it.

It is the real thing: the tables, the organisation and the process are made by the actions that
make them in a hall.  A filled hall is kept as a copy, and every trial begins with that copy.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import StaticPool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from workflows.actions import Action, Actor, Context, perform
from workflows.actions.bundle import check_bundle
from workflows.actions.import_organisation import (
    DepartmentEntry,
    ImportOrganisation,
    PersonEntry,
    PostEntry,
)
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.calendar import WorkCalendar, load
from workflows.catalogue import Catalogue
from workflows.drawing.bundle import Bundle
from workflows.models import Base
from workflows.permissions import Role

DUTIES = ("handler", "checker", "approver", "chief")
WINDOW = Actor("窗口", frozenset({Role.WINDOW}))
UPLOADER = Actor("设计", frozenset({Role.DESIGNER}))
PUBLISHER = Actor("复核", frozenset({Role.DESIGNER}))
FOUNDER = Actor("筹建", frozenset({Role.ADMIN}))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
QUALIFIED_UNTIL = date(9999, 12, 31)
KEPT = 8


@dataclass(frozen=True)
class Office:
    """A process with the hall it needs, as it is before the first case."""

    process: str
    catalogue: Catalogue
    sources: tuple[str, ...]
    filled: bytes


@dataclass(frozen=True)
class Opened:
    """A hall in which a trial takes place."""

    office: Office
    sessions: sessionmaker[Session]
    calendar: WorkCalendar

    def context(self, actor: Actor, now: datetime, session: Session | None = None) -> Context:
        """A context for one action, or for the clockwork."""
        return Context(session or self.sessions(), actor, now, lambda _region: self.calendar)

    def act(self, actor: Actor, key: str, action: Action, now: datetime) -> Any:
        """Perform one action at an instant; returns its subject."""
        context = self.context(actor, now)
        with context.session:
            return perform(key, action, context)


_lock = Lock()
_kept: OrderedDict[tuple[str, str], Office] = OrderedDict()
_one: list[tuple[sqlite3.Connection, sessionmaker[Session]]] = []


def office_of(process: str, bundle: Bundle) -> Office:
    """The hall for a process; raises what its publication would be refused with."""
    key = process, bundle.substance
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    tables = bundle.tables
    catalogue = check_bundle(process, bundle.sources, bundle.catalogue, tables)  # nobody waits
    empty = Office(process, catalogue, tuple(bundle.sources.values()), b"")
    with open_office(empty) as opened:
        _fill(opened, bundle)
        office = Office(process, catalogue, empty.sources, _connection()[0].serialize())
    with _lock:
        _kept[key] = office
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return office


_in_use = Lock()


@contextmanager
def open_office(office: Office, calendar: WorkCalendar | None = None) -> Iterator[Opened]:
    """A hall for one trial at a time: nothing of the one before is left."""
    with _in_use:
        connection, sessions = _connection()
        if office.filled:
            connection.deserialize(office.filled)
        else:
            with sqlite3.connect(":memory:") as nothing:
                nothing.backup(connection)
            Base.metadata.create_all(sessions.kw["bind"])
        yield Opened(office, sessions, calendar or load(office.catalogue.theme.region))


def _connection() -> tuple[sqlite3.Connection, sessionmaker[Session]]:
    """The one connection, kept: what SQLAlchemy has compiled for it is compiled once."""
    if not _one:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        event.listen(engine, "connect", _with_keys)
        _one.append((connection, sessionmaker(engine, expire_on_commit=False, autoflush=False)))
    return _one[0]


def _with_keys(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _fill(opened: Opened, bundle: Bundle) -> None:
    catalogue = opened.office.catalogue
    opened.act(FOUNDER, "organisation", _organisation(catalogue), LONG_AGO)
    process = opened.office.process
    upload = UploadProcess(
        process, bundle.sources, bundle.catalogue, bundle.forms, others=bundle.tables
    )
    version = opened.act(UPLOADER, process, upload, LONG_AGO)
    opened.act(PUBLISHER, version.key, PublishProcess(), LONG_AGO)


def _organisation(catalogue: Catalogue) -> ImportOrganisation:
    """Every department with two people in every post: who did one step may not do the next."""
    return ImportOrganisation(
        tuple(
            DepartmentEntry(d.code, d.name, d.name_en, d.enforcement_subject)
            for d in catalogue.departments
        ),
        tuple(
            PersonEntry(
                username, username, "-", (Role.APPROVER,), department.code, "-", QUALIFIED_UNTIL
            )
            for department in catalogue.departments
            for duty in DUTIES
            for username in people_of(department.code, duty)
        ),
        tuple(
            PostEntry(department.code, duty, *people_of(department.code, duty))
            for department in catalogue.departments
            for duty in DUTIES
        ),
    )


def people_of(department: str, duty: str) -> tuple[str, str]:
    """The invented holder and deputy of a post."""
    return f"{department}.{duty}.A", f"{department}.{duty}.B"
