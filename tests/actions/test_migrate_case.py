"""A running case moves to a newer version with all its tasks and limits, or says why it cannot."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from tests.hall import Hall
from tests.moving import rows, timed
from workflows import engine
from workflows.actions import NotPermitted
from workflows.actions.migrate_case import AlreadyOnVersion, MigrateCase, VersionNotInForce
from workflows.actions.publish_process import PublishProcess
from workflows.actions.roll_back import RollBack
from workflows.actions.suspend_case import SuspendCase
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.queries.timeline import verify
from workflows.states import CaseState

RENAMED = {"check": "second_look"}


def publish(hall: Hall, *changes: tuple[str, str], file: str = "item_three_step.bpmn") -> int:
    """Publish a version of the restaurant with these words of one diagram replaced."""
    upload = hall.upload()
    text = upload.sources[file]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    upload = replace(upload, sources={**upload.sources, file: text})
    version = hall.act("designer1", "restaurant", upload)
    published: int = hall.act("designer2", version.key, PublishProcess()).version
    return published


def renamed(hall: Hall) -> int:
    """The check is called otherwise, and has another name."""
    return publish(hall, ('"check"', '"second_look"'), ("审核人审核", "审核人复核"))


def kept(case: Case) -> list[tuple[Any, ...]]:
    """What no migration may touch: the ledgers, and who has which task."""
    ledgers = [(d.id, d.limit, d.started_at, d.due_at, d.closed_at, d.rung) for d in case.deadlines]
    tasks = [(t.id, t.number, t.opened_at, t.closed_at, t.opinion) for t in case.tasks]
    return [*ledgers, *tasks]


def test_tasks_keep_their_rows_and_every_limit_runs_on(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    before = kept(hall.case(number))
    version = renamed(hall)
    hall.act("designer1", number, MigrateCase(version, RENAMED))
    case = hall.case(number)
    assert kept(case) == before
    assert case.version.version == version
    assert {instance.version_id for instance in case.instances} == {case.version_id}
    task = hall.task(number, "R08")
    assert (task.element, task.name) == ("second_look", "审核人复核")
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED
    event = next(e for e in hall.history(number) if e.action == "migrate_case")
    assert event.details["mapping"] == RENAMED
    assert event.details["from_version"] == "restaurant@1"
    assert event.details["to_version"] == f"restaurant@{version}"
    with hall.read() as session:
        assert verify(session, hall.case(number)).fault is None


def test_what_the_new_drawing_has_no_place_for_is_refused_with_the_reason(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    version = renamed(hall)
    with pytest.raises(engine.MigrationNotPossible) as refused:
        hall.act("designer1", number, MigrateCase(version))
    assert {obstacle.element for obstacle in refused.value.obstacles} == {"check"}
    assert hall.case(number).version.version == 1


def test_who_did_a_step_that_has_another_id_now_still_may_not_do_the_next(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    check = hall.task(number, "R08")
    hall.opine(number, "R08")
    hall.act("lead", number, RollBack(check.id, "复核意见不完整"))
    hall.act("designer1", number, MigrateCase(renamed(hall), RENAMED))
    hall.opine(number, "R08")
    decide = hall.task(number, "R08")
    assert decide.element == "decide"
    assert decide.barred_id == rows(hall, number, "R08")[-2].closed_by_id is not None


def test_timers_that_the_new_version_has_drawn_are_armed(hall: Hall) -> None:
    number = hall.accepted()
    declared = '<bpmn:message id="known" name="专家意见"/>'
    version = publish(
        hall,
        ("</bpmn:process>", timed("2wd") + "</bpmn:process>"),
        ("<bpmn:process ", declared + "<bpmn:process "),
    )
    hall.at("2026-03-03T10:00")
    hall.act("designer1", number, MigrateCase(version))
    (timer,) = (row for row in hall.case(number).deadlines if row.clock is Clock.STEP)
    assert timer.due_at is not None and timer.due_at.isoformat() == "2026-03-05T15:59:59+00:00"


def test_the_items_stay_those_that_were_accepted(hall: Hall) -> None:
    number = hall.accepted()
    version = hall.publish(("needed: has_signboard", "needed: area_m2 >= 0")).version
    hall.act("designer1", number, MigrateCase(version))
    assert hall.history(number)[-1].details["not_added"] == ["R10"]
    assert not rows(hall, number, "R08")[0].closed_at
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_a_suspended_case_moves_and_stays_suspended(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, SuspendCase("核实资料"))
    hall.act("designer1", number, MigrateCase(renamed(hall), RENAMED))
    assert hall.case(number).state is CaseState.SUSPENDED


def test_only_designers_and_only_to_a_version_in_force(hall: Hall) -> None:
    number = hall.accepted()
    with pytest.raises(AlreadyOnVersion):
        hall.act("designer1", number, MigrateCase(1))
    with pytest.raises(VersionNotInForce):
        hall.act("designer1", number, MigrateCase(9))
    with pytest.raises(NotPermitted):
        hall.act("lead", number, MigrateCase(1))


def test_the_command_says_first_and_then_moves_what_can_move(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    monkeypatch.setenv("LIANBAN_VAR_FOLDER", str(tmp_path))
    at_check, at_review = hall.accepted(), hall.accepted()
    hall.sign_for(at_check, "R08")
    hall.opine(at_check, "R08")
    version = renamed(hall)
    file = tmp_path / "mapping.json"
    file.write_text(json.dumps(RENAMED), "utf-8")

    def run(*more: str) -> tuple[int, dict[str, Any]]:
        code = main(["migrate-cases", "restaurant", "--to", str(version), "--json", *more])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, {row["number"]: row for row in answer["cases"]}

    code, seen = run("--dry-run")
    assert code == 1
    assert seen[at_check]["why"] and not seen[at_review]["why"]
    assert hall.case(at_review).version.version == 1
    code, moved = run("--mapping", str(file), "--case", at_check)
    assert code == 0 and set(moved) == {at_check} and moved[at_check]["moved"]
    code, moved = run()
    assert code == 0 and set(moved) == {at_review}
    assert {hall.case(one).version.version for one in (at_check, at_review)} == {version}
    assert hall.history(at_check)[-1].actor == "机房命令"
