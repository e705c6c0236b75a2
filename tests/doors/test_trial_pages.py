"""试办: test cases are written without knowing YAML, run by a button, and kept with the draft."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.cli import main
from tests.doors.people import someone
from tests.hall import Hall
from workflows.permissions import Role

FORM = {
    "name": "烟草证不予", "begins": "2026-03-02T09:30", "a-sells_tobacco": "true",
    "a-area_m2": "80", "work": "1", "accept": "0.5", "d-R12": "refused", "h-R08": "7",
    "missing": ["M07"], "supplement": "3.5",
}  # fmt: skip


@pytest.fixture
def designer(app: Flask, hall: Hall, case: str) -> FlaskClient:
    """A designer with a draft of the restaurant."""
    client = someone(app, hall, Role.DESIGNER, case)
    client.post("/drafts/restaurant/begin")
    return client


def text(client: FlaskClient, name: str = "case-1.test.yaml") -> str:
    return client.get(f"/drafts/restaurant/files/{name}").text


def test_a_test_case_is_written_in_a_form_and_its_result_becomes_what_is_expected(
    designer: FlaskClient,
) -> None:
    page = "/drafts/restaurant/tests"
    made = designer.post(f"{page}/new", data=FORM)
    assert made.status_code == 303 and made.location == f"{page}/case-1.test.yaml"
    written = text(designer)
    assert "R12: {decide: refused}" in written and "R08: {after: 7h}" in written
    assert "answers: {area_m2: 80, sells_tobacco: true}" in written
    assert "这个用例只期望走到底" in designer.get(made.location).text
    data = {"revision": "1"}
    assert designer.post(f"{made.location}/expect", data=data).status_code == 303
    expected = text(designer)
    assert "R12: rejected" in expected and "accepted: '2026-03-02'" in expected
    assert "通过" in designer.get(page).text

    faster = FORM | {"revision": "2", "d-R12": ""}
    assert designer.post(made.location, data=faster).status_code == 303
    assert "R12: rejected" in text(designer), "what is expected stays"
    shown = designer.get(made.location).text
    assert "未通过" in shown and "不符" in shown and "R12" in shown
    late = designer.post(made.location, data=faster | {"name": "改名"})
    assert late.status_code == 409, "somebody saved it meanwhile"
    assert designer.post(f"{made.location}/remove", data={"revision": "3"}).status_code == 303
    assert designer.get(made.location).status_code == 404


def test_what_a_form_cannot_say_stays_as_it_was_written(designer: FlaskClient) -> None:
    page = "/drafts/restaurant/tests/tobacco.test.yaml"
    before = text(designer, "tobacco.test.yaml")
    assert "name: 样样都要办" in before
    form = designer.get(page).text
    assert (
        'value="refused" selected' in form
        and 'name="p-R11-0-lasts" type="number" value="4"' in form
    )
    designer.post(page, data=FORM | {"revision": "1", "name": "改过的"})
    after = text(designer, "tobacco.test.yaml")
    assert "R10.decide:" in after and "decide: returned" in after and "name: 改过的" in after


def test_faults_are_told_with_field_or_line_and_nothing_is_lost(designer: FlaskClient) -> None:
    page = "/drafts/restaurant/tests"
    wrong = designer.post(f"{page}/new", data=FORM | {"name": " ", "work": "-1", "begins": "soon"})
    assert wrong.status_code == 422
    for words in ("请填写用例名称", "不小于零的数字", "收件的日期和时间", "有 3 处需要修改"):
        assert words in wrong.text
    one = f"{page}/smallest.test.yaml"
    faulty = designer.post(one, data={"text": "name: x\nbegins: then\n", "revision": "1"})
    assert faulty.status_code == 422 and "第 2 行" in faulty.text and "begins: then" in faulty.text
    assert "最小的餐饮店" in text(designer, "smallest.test.yaml")
    designer.post("/drafts/restaurant/files/catalogue.yaml", data={"text": "x: 1", "revision": "1"})
    designer.post(f"{page}/run")
    assert "没有运行" in designer.get(one).text and "catalogue.yaml" in designer.get(one).text


def test_a_version_keeps_its_test_cases_and_what_came_of_them(
    app: Flask, hall: Hall, case: str, designer: FlaskClient
) -> None:
    page = "/processes/restaurant/1/tests"
    assert designer.get(page).text.count("没有运行过") == 3
    designer.post("/drafts/restaurant/tests/run")
    assert designer.get(page).text.count("没有运行过") == 0, "the draft has the same files"
    assert designer.post(page).status_code == 303
    auditor = someone(app, hall, Role.AUDITOR, case)
    assert "与期望相符" in auditor.get(f"{page}?test=smallest.test.yaml").text
    assert designer.get("/processes/restaurant/9/tests").status_code == 404


def test_the_command_prints_a_table_and_fails_when_a_test_fails(
    capsys: pytest.CaptureFixture[str], hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    assert main(["test-process", "restaurant"]) == 0
    told = capsys.readouterr().out
    assert told.count("通过  ") == 3 and "3 个用例，0 个未通过" in told
    wrong = tmp_path / "wrong.test.yaml"
    wrong.write_text("name: 错\nbegins: 2026-03-02T09:30\nexpect: {decided: 2026-03-03}\n")
    assert main(["test-process", "restaurant", "--file", str(wrong), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["failed"] == 1 and answer["tests"][0]["lines"][1]["actual"] == "2026-03-02"
    number = hall.decided()
    out = tmp_path / "real.test.yaml"
    assert main(["record-test", number, "--out", str(out), "--json"]) == 0
    assert main(["test-process", "restaurant", "--file", str(out)]) == 0
    assert main(["test-process", "restaurant", "--version", "7"]) == 1
    assert main(["record-test", "1"]) == 1
