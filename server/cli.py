"""The commands: `lianban <command> --help`."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from server import commands
from server.carrying import export_process, import_process
from server.demo import PROCESSES
from server.importing import import_catalogue
from server.looking import watch
from server.migrating import migrate_cases
from server.permitted import print_actions
from server.trying import record_test, simulate, test_process
from server.walkthrough import walkthrough
from workflows.errors import WorkflowError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when something is wrong, 2 for a wrong call."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for chatty in ("apscheduler", "spiff", "waitress"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    options = _parser().parse_args(argv)
    try:
        result: int = options.command(options)
    except WorkflowError as refusal:
        _say({"code": refusal.code, "message": str(refusal)}, options, str(refusal))
        return 1
    except OSError as missing:
        _say({"code": "file_unreadable", "message": str(missing)}, options, str(missing))
        return 1
    return result


def _say(data: dict[str, Any], options: argparse.Namespace, text: str) -> None:
    if getattr(options, "json", False):
        print(json.dumps(data, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lianban", description="联办：并联审批、限时办结")
    add = parser.add_subparsers(required=True, metavar="command").add_parser
    answers = argparse.ArgumentParser(add_help=False)
    answers.add_argument("--json", action="store_true", help="print the result as JSON")
    _serving(add)
    _hall(add, answers)
    _due(add, answers)
    _checking(add, answers)
    _trying(add, answers)
    return parser


def _serving(add: Callable[..., argparse.ArgumentParser]) -> None:
    run = add("run", help="demonstration on this machine: migrate, fill, serve, sweep")
    run.add_argument("--port", type=int, default=8000)
    run.set_defaults(command=commands.run)
    serve = add("serve", help="serve the web application")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(command=commands.serve)
    add("schedule", help="run the scheduler").set_defaults(command=commands.run_scheduler)
    migrate = add("migrate", help="bring the database up to date")
    migrate.set_defaults(command=commands.migrate)


def _hall(add: Callable[..., argparse.ArgumentParser], answers: argparse.ArgumentParser) -> None:
    demo = add("demo", parents=[answers], help="fill an empty database with the demonstration")
    demo.set_defaults(command=commands.demo)
    walk = add("walkthrough", parents=[answers], help="a case, from counter to licence")
    walk.add_argument("process", nargs="?", default=PROCESSES[0], choices=PROCESSES)
    walk.add_argument("--database-url", help="a PostgreSQL server; a throw-away database is made")
    walk.set_defaults(command=walkthrough)
    sweep = add("sweep", parents=[answers], help="climb every rung that has come")
    sweep.set_defaults(command=commands.sweep)
    look = add("watch", parents=[answers], help="hold everything against the rules of the watch")
    look.add_argument("--since", metavar="DAY", help="only what happened since this day")
    look.set_defaults(command=watch)
    tidy = add("tidy", parents=[answers], help="remove what nothing needs")
    tidy.set_defaults(command=commands.tidy)
    send = add("send-notices", parents=[answers], help="send what is in the outbox")
    send.set_defaults(command=commands.send_notices)
    move = add("migrate-cases", parents=[answers], help="move running cases to a newer version")
    move.add_argument("process")
    move.add_argument("--to", type=int, required=True, metavar="N", help="the published version")
    move.add_argument("--mapping", type=Path, metavar="FILE", help='JSON: {"old id": "new id"}')
    move.add_argument("--begin", action="append", default=[], metavar="ELEMENT")
    move.add_argument("--case", action="append", default=[], metavar="NUMBER")
    move.add_argument("--dry-run", action="store_true", help="only say which could move")
    move.set_defaults(command=migrate_cases)
    _carrying(add, answers)


def _carrying(
    add: Callable[..., argparse.ArgumentParser], answers: argparse.ArgumentParser
) -> None:
    out = add("export-process", parents=[answers], help="write a process into one file")
    out.add_argument("process")
    out.add_argument("file", type=Path)
    which = out.add_mutually_exclusive_group()
    which.add_argument("--version", type=int, metavar="N", help="by default the one in force")
    which.add_argument("--draft", action="store_true", help="the draft, as it stands")
    out.set_defaults(command=export_process)
    into = add("import-process", parents=[answers], help="begin a draft with such a file")
    into.add_argument("file", type=Path)
    into.add_argument("--process", help="another name for it")
    into.set_defaults(command=import_process)


def _due(add: Callable[..., argparse.ArgumentParser], answers: argparse.ArgumentParser) -> None:
    due = add("due", parents=[answers], help="when a limit ends")
    due.add_argument("--accepted", required=True, metavar="2026-02-11[T10:00]")
    limit = due.add_mutually_exclusive_group(required=True)
    limit.add_argument("--days", type=float, help="working days")
    limit.add_argument("--hours", type=float, help="working hours")
    limit.add_argument("--calendar-days", type=int, help="calendar days")
    due.add_argument("--pause", action="append", default=[], metavar="FROM:TO[:CAP]")
    due.add_argument("--extend", type=int, default=0, metavar="N")
    due.add_argument("--region", default="cn")
    due.set_defaults(command=commands.due)


def _checking(
    add: Callable[..., argparse.ArgumentParser], answers: argparse.ArgumentParser
) -> None:
    process = add("check-process", parents=[answers], help="check diagrams and tables")
    process.add_argument("files", nargs="+", type=Path)
    process.set_defaults(command=commands.check_process)
    catalogue = add("check-catalogue", parents=[answers], help="check a catalogue of items")
    catalogue.add_argument("file", type=Path)
    catalogue.set_defaults(command=commands.check_catalogue)
    sheets = add("import-catalogue", parents=[answers], help="sheets (.xlsx) into a draft")
    sheets.add_argument("process")
    sheets.add_argument("file", type=Path)
    sheets.add_argument("--replace", action="store_true", help="drop what no sheet names")
    sheets.set_defaults(command=import_catalogue)
    actions = add("actions", parents=[answers], help="who may do what, in which state")
    actions.set_defaults(command=print_actions)
    history = add("verify-history", parents=[answers], help="verify every chain of history")
    history.set_defaults(command=commands.verify_history)


def _trying(add: Callable[..., argparse.ArgumentParser], answers: argparse.ArgumentParser) -> None:
    test = add("test-process", parents=[answers], help="run the test cases of a process")
    _which(test)
    test.add_argument("--file", action="append", type=Path, metavar="FILE", help="these instead")
    test.set_defaults(command=test_process)
    record = add("record-test", parents=[answers], help="write a decided case as a test case")
    record.add_argument("case", metavar="CASE", help="the number of the case")
    record.add_argument("--name", default="由真实办件录制", help="what the test case is called")
    record.add_argument("--out", type=Path, metavar="FILE.test.yaml")
    record.set_defaults(command=record_test)
    play = add("simulate", parents=[answers], help="many cases: who waits, what is late")
    _which(play)
    play.add_argument("--cases", type=int, help="how many (1000)")
    play.add_argument("--seed", type=int, help="the same seed gives the same figures (1)")
    play.add_argument("--per-day", type=float, metavar="N", help="cases a working day (5)")
    play.add_argument("--begins", metavar="2026-03-02", help="the day of the first")
    play.add_argument("--people", action="append", default=[], metavar="POST=N")
    play.add_argument("--inputs", type=Path, metavar="FILE", help="JSON, as --json prints them")
    play.set_defaults(command=simulate)


def _which(command: argparse.ArgumentParser) -> None:
    """Which files of a process a command takes: by default those of the version in force."""
    command.add_argument("process")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--draft", action="store_true", help="the draft")
    which.add_argument("--version", type=int, metavar="N", help="a version")


if __name__ == "__main__":
    sys.exit(main())
