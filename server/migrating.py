"""`lianban migrate-cases`: running cases move to a newer version, each on its own."""

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.commands import ArgumentMalformed, answer, opened
from server.context import Services
from workflows.actions import Actor, perform
from workflows.actions.migrate_case import MigrateCase, VersionNotInForce
from workflows.engine import Obstacle
from workflows.errors import WorkflowError
from workflows.models import ProcessVersion
from workflows.permissions import Role
from workflows.queries.migration import Prospect, prospects
from workflows.states import ProcessState

MACHINE_ROOM = Actor("机房命令", frozenset({Role.DESIGNER}))


def migrate_cases(options: Namespace) -> int:
    """Move the running cases of older versions, or with --dry-run only say which can move."""
    mapping = _mapping(options)
    with opened() as found:
        with found.database.readers() as reader:
            target = _target(reader, options)
            cases = [
                one
                for one in prospects(reader, target, mapping, options.begin)
                if not options.case or one.number in options.case
            ]
        unknown = sorted(set(options.case) - {one.number for one in cases})
        rows = [_row(found, one, target, mapping, options) for one in cases]
    rows += [{"number": number, "why": ["本流程没有可以迁移的这个办件"]} for number in unknown]
    failed = sum(1 for row in rows if row["why"])
    data = {"to": target.key, "cases": rows, "failed": failed, "dry_run": options.dry_run}
    answer(options, data, "\n".join([*map(_line, rows), _sum(rows, failed, options)]))
    return 1 if failed else 0


def _target(reader: Session, options: Namespace) -> ProcessVersion:
    query = select(ProcessVersion).where(
        ProcessVersion.process == options.process,
        ProcessVersion.version == options.to,
        ProcessVersion.state == ProcessState.PUBLISHED,
    )
    found = reader.scalar(query)
    if found is None:
        raise VersionNotInForce(version=options.to)
    return found


def _mapping(options: Namespace) -> dict[str, str]:
    """Old element → new element, from a file of JSON."""
    if options.mapping is None:
        return {}
    try:
        found = json.loads(options.mapping.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(new, str) for new in found.values()):
        name, shape = options.mapping.name, '{"旧环节": "新环节"}'
        raise ArgumentMalformed(name="--mapping", value=name, shape=shape)
    return found


def _row(
    found: Services, case: Prospect, target: ProcessVersion, mapping: Mapping[str, str],
    options: Namespace,
) -> dict[str, Any]:  # fmt: skip
    """Move one case, unless it cannot or shall only be looked at; what became of it."""
    why = [_why(obstacle) for obstacle in case.obstacles]
    if not why and not options.dry_run:
        ctx = found.context(MACHINE_ROOM)
        try:
            with ctx.session:
                action = MigrateCase(target.version, dict(mapping), list(options.begin))
                perform(case.number, action, ctx)
        except WorkflowError as refusal:  # someone moved it meanwhile
            why = [str(refusal)]
    return {
        "number": case.number,
        "from": case.version,
        "why": why,
        "not_added": list(case.not_added),
        "moved": not why and not options.dry_run,
    }


def _why(obstacle: Obstacle) -> str:
    return str(obstacle)


def _line(row: dict[str, Any]) -> str:
    said = "；".join(row["why"]) or ("已迁移" if row["moved"] else "可以迁移")
    more = "、".join(row.get("not_added", ()))
    extra = f"（新版本另有事项 {more}，不追加）" if more else ""
    return f"{row['number']} {row.get('from', '')} {said}{extra}"


def _sum(rows: list[dict[str, Any]], failed: int, options: Namespace) -> str:
    done = "可以迁移" if options.dry_run else "已迁移"
    return f"{done} {len(rows) - failed} 件，不能迁移 {failed} 件"
