"""`lianban walkthrough`: one real case over HTTP, on a throw-away database, with a clock ahead.

Prints the timeline with its due dates; 0 when everything went as the story says.
"""

import json
import secrets
import sys
import tempfile
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, select, text
from waitress.server import create_server

from server import create_app, db
from server.context import Services
from server.demo import set_up_demo
from server.scheduler import sweep_once
from server.scripts import SCRIPTS
from server.settings import Settings
from server.story import Story, WalkthroughFailed, moment
from server.view import minute
from workflows.calendar import load
from workflows.catalogue.published import published
from workflows.clock import FixedClock
from workflows.models import Case, ProcessVersion
from workflows.models.deadline import Basis, Clock
from workflows.queries.timeline import timeline, verify
from workflows.states import CaseState, ItemState

BEGINS = "2026-03-02T09:30"


def walkthrough(options: Namespace) -> int:
    """Play the story of a process; 1 when anything is off."""
    with tempfile.TemporaryDirectory(prefix="lianban-") as folder:
        with _throw_away(options.database_url, Path(folder)) as url:
            settings = Settings(database_url=url, var_folder=Path(folder), https=False)
            services = Services(settings, FixedClock(moment(BEGINS)), db.connect(url))
            try:
                return _play(options, services)
            finally:
                services.database.close()


@contextmanager
def _throw_away(server: str | None, folder: Path) -> Iterator[str]:
    """The address of a database that exists only for this walkthrough."""
    if not server:
        yield f"sqlite:///{folder / 'walkthrough.db'}"
        return
    name = f"lianban_walkthrough_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _play(options: Namespace, services: Services) -> int:
    db.migrate(services.database)
    set_up_demo(services.context, services.settings.bpmn_folder)
    with services.database.readers() as reader:
        query = select(ProcessVersion).where(ProcessVersion.process == options.process)
        catalogue = published(reader.scalars(query).one()).catalogue
    with _site(services) as address:
        clock = services.clock
        assert isinstance(clock, FixedClock)
        story = Story(
            script=SCRIPTS[options.process],
            catalogue=catalogue,
            calendar=load(catalogue.theme.region),
            clock=clock,
            site=address,
            sweep=lambda: sweep_once(services),
            alarms=lambda number: _alarms(services, number),
        )
        try:
            story.play()
            problems = _problems(services, story)
        except WalkthroughFailed as failed:
            problems = [str(failed)]
    _report(options, services, story.number, problems)
    return 1 if problems else 0


@contextmanager
def _site(services: Services) -> Iterator[str]:
    """The real application on a port of its own."""
    app = create_app(services.settings, services.clock, services.database)
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


def _problems(services: Services, story: Story) -> list[str]:
    """What is not as it should be at the end, in the tables themselves."""
    script = story.script
    with services.database.readers() as reader:
        case = reader.scalars(select(Case).where(Case.number == story.number)).one()
        chain = verify(reader, case)
        found = {item.code: item.state for item in case.items}
        open_clocks = [row for row in case.deadlines if row.closed_at is None]
        due = {
            f"{item.code}": minute(row.due_at)[:10]
            for item in case.items
            for row in item.deadlines
            if row.clock is Clock.ITEM and row.basis is Basis.PROMISED
        }
    expected = {item.code: ItemState.APPROVED for item in story.catalogue.items}
    expected[script.refused] = ItemState.REJECTED
    alarms = _alarms(services, story.number)
    checks = {
        "the case is closed": case.state is CaseState.CLOSED,
        "the chain is whole": chain.fault is None,
        "every item is needed and decided": found == expected,
        "no clock is left running": not open_clocks,
        "the late item turned yellow": ("warn", script.late, "yellow") in alarms,
        "the late item turned red": ("escalate", script.late, "red") in alarms,
        **{
            f"{code} is due {day}": due.get(code) == day
            for code, day in script.dates.items()
            if code in found
        },
    }
    return [what for what, holds in checks.items() if not holds]


def _alarms(services: Services, number: str) -> list[tuple[str, str | None, str]]:
    """(action, item, light) of every warning and escalation of the case's items."""
    with services.database.readers() as reader:
        return [
            (event.action, event.details["item"], event.details["light"])
            for event in timeline(reader, number)
            if event.details.get("clock") == "item"
        ]


def _report(options: Namespace, services: Services, number: str, problems: list[str]) -> None:
    with services.database.readers() as reader:
        case = reader.scalar(select(Case).where(Case.number == number))
        events = timeline(reader, number)
        items = [_item_line(item) for item in case.items] if case else []
    if options.json:
        rows = [{"at": minute(e.at), "actor": e.actor, "action": e.action, **e.details}
                for e in events]  # fmt: skip
        print(json.dumps({"number": number, "problems": problems, "items": items,
                          "timeline": rows}, ensure_ascii=False))  # fmt: skip
        return
    for event in events:
        print(f"{minute(event.at)}  {event.action:<22} {event.actor:<8} {_said(event.details)}")
    print()
    for line in items:
        print("  ".join(f"{value:<12}" for value in line.values()))
    print(f"\n{number}: {len(events)} 条记录")
    for problem in problems:
        print(f"不符合: {problem}", file=sys.stderr)


def _item_line(item: Any) -> dict[str, str]:
    due = {row.basis: minute(row.due_at) for row in item.deadlines if row.clock is Clock.ITEM}
    return {
        "item": item.code,
        "state": item.state.value,
        "promised": due.get(Basis.PROMISED, "—"),
        "statutory": due.get(Basis.STATUTORY, "—"),
        "decided": minute(item.decided_at),
    }


def _said(details: dict[str, Any]) -> str:
    keys = ("item", "step", "conclusion", "decision", "clock", "light", "to", "due", "accepted_at",
            "due_at", "number", "waiting_for", "procedure")  # fmt: skip
    return " ".join(f"{key}={details[key]}" for key in keys if details.get(key))
