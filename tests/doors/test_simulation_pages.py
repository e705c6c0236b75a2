"""试算: asked in a form, played in a process of its own, kept with the files it was played with."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import simulating
from server.cli import main
from server.simulation_form import filled
from tests.doors.people import someone
from tests.hall import Hall
from tests.simulated import kept, process_of
from workflows.models import RunState, SimulationRun
from workflows.permissions import Role

FORM = filled(process_of("restaurant")[2]) | {"cases": "6", "seed": "3"}
PAGE = "/drafts/restaurant/simulation"


@pytest.fixture
def designer(app: Flask, hall: Hall, case: str) -> FlaskClient:
    client = someone(app, hall, Role.DESIGNER, case)
    client.post("/drafts/restaurant/begin")
    return client


def row(hall: Hall, number: int) -> SimulationRun:
    with hall.read() as session:
        return session.get_one(SimulationRun, number)


def test_a_simulation_is_played_and_its_result_kept_with_the_files(
    designer: FlaskClient, hall: Hall
) -> None:
    assert 'name="q-SJ.handler"' in designer.get(PAGE).text
    begun = designer.post(PAGE, data=FORM)
    assert begun.location == "/simulations/1"
    running = designer.get(begun.location)
    assert "<progress" in running.text and "停止试算" in running.text
    simulating.wait(1)
    assert row(hall, 1).state is RunState.DONE and row(hall, 1).decided == 6
    done = designer.get(begun.location, headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    for words in ("热力图", "data-diagram", "各岗位的排队", "市场监督管理局", "平均用时"):
        assert words in done.text
    version = designer.get("/processes/restaurant/1/simulation").text
    assert "6 件，种子 3" in version, "the version has the same files"
    assert 'value="6"' in designer.get(f"{PAGE}?like=1").text
    designer.post("/drafts/restaurant/files/catalogue.yaml",
                  data={"text": changed(designer), "revision": "1"})  # fmt: skip
    assert "文件已有修改" in designer.get(PAGE).text


def changed(client: FlaskClient) -> str:
    text = client.get("/drafts/restaurant/files/catalogue.yaml").text
    return text.replace("promised: 13wd", "promised: 12wd")


def test_a_simulation_can_be_stopped_and_no_more_than_two_run_at_once(
    designer: FlaskClient, hall: Hall
) -> None:
    for number in (1, 2):
        begun = designer.post(PAGE, data=FORM | {"cases": "5000"})
        assert begun.location == f"/simulations/{number}"
    assert "请等其中一个结束" in designer.post(PAGE, data=FORM).text
    for number in (1, 2):
        assert designer.post(f"/simulations/{number}/stop").status_code == 303
        simulating.wait(number)
        assert row(hall, number).state is RunState.STOPPED
    assert "没有走完" in designer.get("/simulations/1").text


def test_one_that_nobody_plays_any_more_says_so(designer: FlaskClient, hall: Hall) -> None:
    number = kept(hall)
    with hall.services.database.writers() as session, session.begin():
        session.get_one(SimulationRun, number).state = RunState.RUNNING
        session.flush()
    assert "<progress" in designer.get(f"/simulations/{number}").text
    hall.clock.advance(minutes=3)
    assert "已中断" in designer.get(f"/simulations/{number}").text
    assert designer.post(PAGE, data=FORM).status_code == 303
    simulating.wait(number + 1)


def test_faults_are_told_with_their_field(designer: FlaskClient) -> None:
    wrong = {"cases": "0", "seed": "x", "s-has_employees": "101", "begins": "then",
             "w-R08.review-least": "90", "q-SJ.handler": ""}  # fmt: skip
    answer = designer.post(PAGE, data=FORM | wrong)
    assert answer.status_code == 422 and "有 6 处需要修改" in answer.text
    for field in ("cases", "seed", "s-has_employees", "begins", "w-R08.review-likely"):
        assert f'href="#f-{field}"' in answer.text
    assert "从小到大" in answer.text and 'value="90"' in answer.text


def test_the_command_prints_the_figures(
    capsys: pytest.CaptureFixture[str], hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    command = ["simulate", "restaurant", "--cases", "8", "--begins", "2026-03-02"]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "8 件：平均" in told and "SJ.handler" in told
    assert main([*command, "--json", "--people", "SJ.handler=3"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["inputs"]["people"]["SJ.handler"] == 3 and answer["cases"]["n"] == 8
    assert main([*command, "--people", "SJ.handler=none"]) == 1
    assert main([*command, "--per-day", "0"]) == 1


def test_what_was_tried_is_shown_where_a_version_is_published(
    designer: FlaskClient, hall: Hall
) -> None:
    kept(hall)
    designer.post("/drafts/restaurant/tests/run")
    for page in ("/drafts/restaurant", "/processes/restaurant/1"):
        shown = designer.get(page).text
        assert "3 个用例，3 个通过" in shown and "试算过 12 件" in shown
    assert "试算过" not in designer.get("/processes/construction/1").text


def test_a_draft_with_faults_is_not_played_and_its_room_still_opens(designer: FlaskClient) -> None:
    files = "/drafts/restaurant/files"
    designer.post(f"{files}/opinion.form.json", data={"text": "{", "revision": "1"})
    assert "opinion.form.json" in designer.get("/drafts/restaurant").text
    designer.post(f"{files}/opinion.form.json", data={"text": "{}", "revision": "2"})
    designer.post(f"{files}/item_instant.bpmn", data={"text": "<x/>", "revision": "1"})
    assert designer.post(PAGE, data=FORM).status_code == 422
