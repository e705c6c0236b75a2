"""Decision tables in a running hall: the case goes where they say, and the record says why."""

import json
from dataclasses import asdict

import pytest
from flask.testing import FlaskClient

from server.bundles import read_bundle
from server.settings import ROOT
from server.trial_runs import read_test
from tests.hall import LARGE, SMALL, Hall
from tests.moving import rows
from tests.ruled import DEPTH, FILE, publish, ruled, upload
from tests.simulated import FIRST_DAY
from workflows import engine
from workflows.actions.migrate_case import MigrateCase
from workflows.actions.roll_back import RollBack
from workflows.calendar import load as load_calendar
from workflows.catalogue import load
from workflows.decisions import DecisionFailed
from workflows.drawing.bundle import bundle_of
from workflows.drawing.compare import differences
from workflows.drawing.feasibility import everything
from workflows.drawing.forecast import forecast
from workflows.engine import ProcessInvalid
from workflows.queries import processes
from workflows.queries.timeline import verify
from workflows.simulation import defaults, play
from workflows.simulation.inputs import Inputs
from workflows.simulation.job import asked, run
from workflows.trials import compare, office_of
from workflows.trials import run as try_out
from workflows.worktime import WorkTime


def reviewed(hall: Hall, number: str) -> str:
    """The handler has agreed to the food licence; where it is then."""
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    return hall.task(number, "R08").element


def test_a_case_goes_where_the_table_says_and_its_history_says_why(hall: Hall) -> None:
    publish(hall)
    small, large = hall.accepted(SMALL), hall.accepted(LARGE)
    assert reviewed(hall, small) == "decide"
    assert reviewed(hall, large) == "check"
    event = hall.history(large)[-1]
    assert event.action == "give_opinion"
    (told,) = event.details["decided"]
    assert told == {
        "element": "how_deep", "decision": "depth", "name": "审核方式",
        "inputs": {"area_m2": LARGE["area_m2"]}, "rules": [2],
        "value": {"depth": "checked", "reason": "面积大"},
    }  # fmt: skip
    assert hall.history(small)[-1].details["decided"][0]["rules"] == [1]
    with hall.read() as session:
        assert verify(session, session.merge(hall.case(large))).fault is None
    assert "decided" not in hall.history(large)[-2].details


def test_the_case_page_says_which_rule_hit(hall: Hall, client: FlaskClient) -> None:
    publish(hall)
    number = hall.accepted(LARGE)
    reviewed(hall, number)
    client.post("/sign-in", data={"username": "window1", "password": "lianban"})
    page = client.get(f"/cases/{number}").text
    assert "规则表 审核方式：第 2 条 → depth checked，reason 面积大" in page
    page = client.get(f"/cases/{number}?lang=en").text
    assert "审核方式" in page and "checked" in page


def test_what_is_rolled_back_is_asked_again(hall: Hall) -> None:
    publish(hall)
    number = hall.accepted(LARGE)
    reviewed(hall, number)
    review = rows(hall, number, "R08")[0]
    hall.act("lead", number, RollBack(review.id, "材料有变，重新审查"))
    assert hall.task(number, "R08").element == "review"
    hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "check"
    assert [len(one.details.get("decided", ())) for one in hall.history(number)[-3:]] == [1, 0, 1]


def test_a_table_that_fails_refuses_the_opinion_and_nothing_has_changed(hall: Hall) -> None:
    twice = DEPTH.replace("&lt;= 300", "> 100")
    publish(hall, ruled(twice))
    number = hall.accepted(LARGE)
    hall.sign_for(number, "R08")
    before = hall.actions(number)
    with pytest.raises(DecisionFailed):
        hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "review"
    assert hall.actions(number) == before


def test_a_running_case_moves_to_a_version_with_a_table_and_brings_its_answers(hall: Hall) -> None:
    number = hall.accepted(SMALL)
    version = publish(hall)
    hall.act("designer1", number, MigrateCase(version.version))
    assert reviewed(hall, number) == "decide"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id="depth"', 'id="deeper"', "没有标识为 depth 的决策"),
        ("area_m2", "floor_m2", "不存在的变量 floor_m2"),
        ("<= 300", "up to 300", FILE),
    ],
)
def test_what_could_not_run_is_not_taken_in(hall: Hall, old: str, new: str, said: str) -> None:
    text = DEPTH.replace("&lt;", "<").replace(old, new).replace("<=", "&lt;=")
    with pytest.raises(ProcessInvalid) as refused:
        hall.act("designer1", "restaurant", upload(ruled(text)))
    assert said in " ".join(map(str, refused.value.faults))
    assert any(fault.file in (FILE, "item_three_step.bpmn") for fault in refused.value.faults)


def test_a_trial_a_forecast_and_a_simulation_ask_the_same_table() -> None:
    bundle = ruled()
    test = bundle.tests["smallest.test.yaml"].replace(
        "R08: [review, check, decide]", "R08: [review, decide]"
    )
    case = read_test("restaurant", bundle, "x", test)
    outcome = try_out(office_of("restaurant", bundle), case)
    assert [line for line in compare(case.expect, outcome) if not line.fits] == []
    sources, tables = tuple(bundle.sources.values()), tuple(bundle.tables.values())
    definition = engine.load("restaurant", sources, tables)
    catalogue = load(bundle.catalogue, "restaurant")
    shipped = read_bundle(ROOT / "bpmn", "restaurant")
    plain = engine.load("restaurant", tuple(shipped.sources.values()))
    answers = everything(catalogue)
    assert forecast(definition, catalogue, answers) == forecast(plain, catalogue, answers)
    work = WorkTime(load_calendar("cn"))
    inputs = defaults(catalogue, engine.steps("restaurant", sources), work, FIRST_DAY)
    inputs = inputs.model_copy(update={"cases": 30})
    played, again = (play(definition, catalogue, inputs, work) for _ in range(2))
    checks = played.steps["R08.check"].worked
    assert 0 < len(checks) < len(played.steps["R08.decide"].worked)
    assert checks == again.steps["R08.check"].worked


def test_a_simulation_in_a_process_of_its_own_gets_the_tables(tmp_path) -> None:  # type: ignore[no-untyped-def]
    bundle = ruled()
    catalogue = load(bundle.catalogue, "restaurant")
    sources = tuple(bundle.sources.values())
    work = WorkTime(load_calendar("cn"))
    inputs: Inputs = defaults(catalogue, engine.steps("restaurant", sources), work, FIRST_DAY)
    files = {"sources": list(sources), "tables": list(bundle.tables.values()),
             "catalogue": bundle.catalogue}  # fmt: skip
    text = asked("restaurant", files, inputs.model_copy(update={"cases": 3}), None)
    with (tmp_path / "out").open("w+") as out:
        run(text, out)
        out.seek(0)
        assert json.loads(out.readlines()[-1])["figures"]["cases"]["n"] == 3


def test_two_versions_are_compared_rule_by_rule(hall: Hall) -> None:
    old = ruled()
    dearer = DEPTH.replace("&lt;= 300", "&lt;= 200").replace("> 300", "> 200")
    new = ruled(dearer.replace("审核方式", "审核深度"))
    (found,) = [one for one in differences(old, new) if one.file == FILE]
    assert not found.unread
    told = {(one.section, one.key): asdict(one) for one in found.changes}
    assert told["decisions", "depth"]["fields"][0]["new"] == "审核深度"
    rule = told["rules", "depth_r1"]
    assert rule["fields"] == ({"name": "area_m2", "old": "<= 300", "new": "<= 200"},)
    (gone,) = [one for one in differences(old, ruled("<x")) if one.file == FILE]
    assert gone.unread


def test_a_version_keeps_its_tables_and_they_are_of_its_substance(hall: Hall) -> None:
    number = publish(hall).version
    with hall.read() as session:
        version = processes.version(session, "restaurant", number)
        assert version is not None
        bundle = bundle_of(version)
    assert bundle.tables == {FILE: DEPTH}
    assert bundle.substance != ruled(DEPTH.replace("300", "400")).substance
