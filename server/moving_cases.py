"""迁移办件: the running cases of a version move to the one in force, looked at first.

Every case is an action of its own, in turns of so many; a turn can be the last one, and what was
moved is not met again, so that the whole can be repeated without harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from server.auth import actor, door
from server.context import acting, reader, services
from server.errors import again
from server.labels import refusal_sentence, said
from workflows.actions import perform
from workflows.actions.migrate_case import MigrateCase, VersionNotInForce
from workflows.drawing.counterparts import Counterparts, counterparts
from workflows.errors import N_, WorkflowError
from workflows.models import Case, ProcessVersion
from workflows.queries import migration
from workflows.queries import processes as queries
from workflows.states import ProcessState

moving_cases = Blueprint("moving_cases", __name__)

#: So many cases are looked at, or moved, in one request.
TURN = 50


class NothingTicked(WorkflowError):
    """Those that were ticked shall move, and none was."""

    sentence = N_("请先勾选要迁移的办件。")


@dataclass(frozen=True)
class Plan:
    """From which version to which, and what was said about elements without counterpart."""

    source: ProcessVersion
    target: ProcessVersion
    mapping: dict[str, str]
    begin: list[str]


@dataclass(frozen=True)
class Outcome:
    """What becomes, or became, of one case: why not, and what it would not get."""

    number: str
    why: list[str]
    not_added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One turn: its cases, how many were done and failed so far, and where the next begins."""

    outcomes: list[Outcome]
    after: int
    left: int
    done: int
    failed: int
    moving: bool


@moving_cases.get("/processes/<process>/<int:number>/migrate")
def assistant(process: str, number: int) -> str:
    """The two versions side by side; when asked, what would become of each case."""
    return assistant_page((process, number))


def assistant_page(
    key: tuple[str, int], refusal: WorkflowError | None = None, turn: Turn | None = None
) -> str:
    """The page of the assistant, with a turn of looking or moving."""
    source = queries.version(reader(), *key)
    if source is None:
        abort(404)
    asked = request.values
    targets = _targets(source)
    target = next((row for row in targets if str(row.version) == asked.get("to")), None)
    target = target or (targets[0] if targets else None)
    plan = Plan(source, target, *_said(asked)) if target else None
    if plan is not None and turn is None and asked.get("look"):
        turn = _turn(plan, asked, lambda case: _look(plan, case), moving=False)
    with services().database.readers() as fresh:  # what has just been moved is gone from here
        running, open_at = migration.how_many(fresh, source), migration.open_at(fresh, source)
    return render_template(
        "migrate.html",
        version=source,
        plan=plan,
        targets=targets,
        sides=_sides(plan) if plan else None,
        open_at=open_at,
        running=running,
        turn=turn,
        most=TURN,
        sentence=refusal_sentence(refusal) if refusal else None,
    )


@moving_cases.post("/processes/<process>/<int:number>/migrate")
def move(process: str, number: int) -> ResponseReturnValue:
    """Move the next turn of cases, or those that were ticked, each by an action of its own."""
    door("migrate_case")
    try:
        source, target = (
            queries.version(reader(), process, number),
            queries.in_force(reader(), process),
        )
        if source is None or target is None or target.id == source.id:
            raise VersionNotInForce(version=request.form.get("to", number))
        if request.form.get("to", str(target.version)) != str(target.version):
            raise VersionNotInForce(version=request.form["to"][:20])  # another was published since
        if "ticked" in request.form and not request.form.getlist("case"):
            raise NothingTicked
        plan = Plan(source, target, *_said(request.form))
        context = acting(actor())

        def act(case: Case) -> Outcome:
            action = MigrateCase(target.version, plan.mapping, plan.begin)
            try:
                perform(case.number, action, context)
            except WorkflowError as refusal:
                return Outcome(case.number, _why(refusal))
            return Outcome(case.number, [])

        turn = _turn(plan, request.form, act, moving=True)
    except WorkflowError as refusal:
        return again(refusal, assistant_page, (process, number))
    return assistant_page((process, number), turn=turn)


def _targets(source: ProcessVersion) -> list[ProcessVersion]:
    """Where cases could go: the version in force, and for a look also those that wait."""
    rows = [row for row in queries.versions(reader()) if row.process == source.process]
    order = (ProcessState.PUBLISHED, ProcessState.SCHEDULED, ProcessState.DRAFT)
    found = [row for row in rows if row.id != source.id and row.state in order]
    return sorted(found, key=lambda row: order.index(row.state))


def _said(asked: MultiDict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The mapping, and where a branch begins."""
    start = "map."
    mapping = {
        key.removeprefix(start): text[:200]
        for key, text in asked.items()
        if key.startswith(start) and text
    }
    return mapping, [text[:200] for text in asked.getlist("begin") if text]


def _sides(plan: Plan) -> Counterparts:
    return counterparts(plan.source.sources, plan.target.sources)


def _turn(
    plan: Plan, asked: MultiDict[str, str], what: Callable[[Case], Outcome], moving: bool
) -> Turn:
    """One turn of looking at cases, or moving them."""
    after = _whole(asked, "after")
    ticked = set(asked.getlist("case"))
    cases = migration.on_version(reader(), plan.source, after, TURN)
    last = cases[-1].id if cases else after
    left = migration.how_many(reader(), plan.source, last)
    outcomes = [what(case) for case in cases if not ticked or case.number in ticked]
    failed = sum(1 for outcome in outcomes if outcome.why)
    done = len(outcomes) - failed + _whole(asked, "done")
    return Turn(
        outcomes, last, 0 if ticked else left, done, failed + _whole(asked, "failed"), moving
    )


def _whole(asked: MultiDict[str, str], name: str) -> int:
    text = asked.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _look(plan: Plan, case: Case) -> Outcome:
    found = migration.prospect(case, plan.target, plan.mapping, plan.begin)
    return Outcome(case.number, _sentences(found.obstacles), found.not_added)


def _why(refusal: WorkflowError) -> list[str]:
    return _sentences(getattr(refusal, "obstacles", ())) or [refusal_sentence(refusal)]


def _sentences(obstacles: Any) -> list[str]:
    return [f"[{one.element}] {said(one.sentence, one.params)}" for one in obstacles]
