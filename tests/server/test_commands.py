"""The commands a clerk of the machine room types."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from server.settings import ROOT

VECTORS = json.loads((ROOT / "tests/unit/deadline-vectors.json").read_text("utf-8"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """The exit code of a command and its JSON."""
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def due(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, answer = run(capsys, "due", *arguments)
    assert code == 0
    return answer


def of(kind: str) -> list[Any]:
    found = [vector for vector in VECTORS if vector["kind"] == kind]
    assert found
    return found


@pytest.mark.parametrize("vector", [*of("base"), *of("suspend")], ids=lambda v: v["id"])
def test_due_answers_the_limits_with_and_without_pauses(
    vector: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    cap = f":{vector['cap_wd']}" if vector.get("cap_wd") else ""
    pauses = [f"--pause={start}:{end}{cap}" for start, end in vector["suspensions"]]
    limit = ["--accepted", vector["accept"], "--days", str(vector["limit_wd"])]
    answer = due(capsys, *limit, *pauses)
    assert answer["due"] == vector["due"]
    assert answer["frozen_days"] == vector.get("excluded_wd", 0)
    assert due(capsys, *limit)["due"] == vector.get("due_without", vector["due"])


@pytest.mark.parametrize("vector", of("extension"), ids=lambda v: v["id"])
def test_due_answers_extensions(vector: Any, capsys: pytest.CaptureFixture[str]) -> None:
    limit = ["--accepted", vector["accept"], "--days", str(vector["limit_wd"])]
    assert due(capsys, *limit)["due"] == vector["due"]
    assert due(capsys, *limit, "--extend", str(vector["ext_wd"]))["due"] == vector["due_ext"]


@pytest.mark.parametrize("vector", of("notice"), ids=lambda v: v["id"])
def test_due_answers_the_notice_and_what_is_deemed_accepted(
    vector: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        due(capsys, "--accepted", vector["received"], "--days", "5")["due"]
        == (vector["notice_due"])
    )
    from_receipt = due(capsys, "--accepted", vector["deemed_accepted"], "--days", "20")
    assert from_receipt["due"] == vector["due_20wd"]


@pytest.mark.parametrize("vector", of("delivery"), ids=lambda v: v["id"])
def test_due_answers_deliveries(vector: Any, capsys: pytest.CaptureFixture[str]) -> None:
    limit = ["--accepted", vector["decided"], "--days", str(vector["limit_wd"])]
    assert due(capsys, *limit)["due"] == vector["due"]


@pytest.mark.parametrize("vector", of("hours"), ids=lambda v: v["id"])
def test_due_answers_working_hours(vector: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer = due(capsys, "--accepted", vector["start"], "--hours", str(vector["hours"]))
    assert answer["due_at"] == f"{vector['due']}:00"


@pytest.mark.parametrize("vector", [*of("warn"), *of("warn_ratio")], ids=lambda v: v["id"])
def test_due_tells_from_when_to_warn(vector: Any, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = vector.get("accept", "2026-03-02")
    answer = due(capsys, "--accepted", accepted, "--days", str(vector.get("limit_wd", 10)))
    assert answer["yellow_from"][:10] == vector["yellow_from"]


def test_a_year_not_announced_is_provisional_and_no_exception(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = due(capsys, "--accepted", "2026-12-15", "--days", "20")
    assert answer["provisional"] is True


@pytest.mark.parametrize(
    "arguments",
    [
        ("--accepted", "yesterday", "--days", "10"),
        ("--accepted", "2026-03-02", "--days", "nan"),
        ("--accepted", "2026-03-02", "--days", "10", "--pause", "soon"),
        ("--accepted", "2026-03-02", "--days", "10", "--pause", "2026-03-10:2026-03-01"),
        ("--accepted", "2026-03-02", "--days", "10", "--region", "atlantis"),
        ("--accepted", "2026-03-02", "--days", "10", "--extend", "-1"),
        ("--accepted", "1999-03-02", "--days", "10"),
    ],
)
def test_due_refuses_what_it_cannot_read_and_says_so(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(capsys, "due", *arguments)
    assert code == 1
    assert answer["code"] and answer["message"]


def test_check_process_finds_no_fault_in_what_is_shipped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for process in ("restaurant", "construction"):
        own = ROOT / f"bpmn/{process}/{process}.bpmn"
        files = [own, *sorted((ROOT / "bpmn/items").glob("*.bpmn"))]
        assert run(capsys, "check-process", *map(str, files)) == (0, {"faults": []})


def test_check_process_names_file_line_and_element(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = (ROOT / "bpmn/items/item_instant.bpmn").read_text("utf-8")
    faulty = tmp_path / "faulty.bpmn"
    faulty.write_text(source.replace("userTask", "serviceTask"), "utf-8")
    code, answer = run(capsys, "check-process", str(faulty))
    assert code == 1
    fault = next(f for f in answer["faults"] if "serviceTask" in f["sentence"])
    assert fault["file"] == "faulty.bpmn" and fault["line"] > 1 and fault["element"]


def test_check_catalogue_names_the_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shipped = ROOT / "bpmn/restaurant/catalogue.yaml"
    assert run(capsys, "check-catalogue", str(shipped)) == (0, {"faults": []})
    faulty = tmp_path / "catalogue.yaml"
    faulty.write_text(shipped.read_text("utf-8").replace("promised: 5wd", "promised: 50wd", 1))
    code, answer = run(capsys, "check-catalogue", str(faulty))
    assert code == 1 and answer["faults"][0]["line"] > 1


@pytest.mark.parametrize("content", [b"\xff\xfe garbage", b"", b"[", b"a: &x [*x]"])
def test_garbage_is_refused_with_a_sentence(
    content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for command in ("check-catalogue", "check-process"):
        garbage = tmp_path / "garbage"
        garbage.write_bytes(content)
        code, answer = run(capsys, command, str(garbage))
        assert code == 1 and answer


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = run(capsys, "check-catalogue", "nowhere.yaml")
    assert code == 1 and "nowhere.yaml" in answer["message"]


def test_verify_history_and_sweep_answer_for_a_whole_database(
    capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANBAN_DATABASE_URL", database_url)
    code, answer = run(capsys, "verify-history")
    assert code == 0 and answer["broken"] == [] and answer["chains"] == 3
    assert run(capsys, "sweep") == (0, {"climbed": 0})
