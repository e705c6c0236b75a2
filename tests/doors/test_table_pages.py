"""规则表 on its pages: begun, read, tried without a script, tried as it is being written."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import JSON, someone
from tests.engine.tables import FEE, decision, table
from tests.hall import Hall
from tests.ruled import DEPTH, publish, ruled
from workflows.drawing import drafts
from workflows.permissions import Role

ADDRESS = "/drafts/restaurant/tables"


@pytest.fixture
def designer(app: Flask, hall: Hall) -> FlaskClient:
    """A designer with a draft of a published process."""
    client = someone(app, hall, Role.DESIGNER, "")
    assert client.post("/drafts/restaurant/begin").status_code == 303
    return client


def put(client: FlaskClient, name: str, text: str) -> None:
    """A file of the draft."""
    assert client.post(f"/drafts/restaurant/files/{name}", data={"text": text}).status_code == 303


def words(text: str) -> str:
    """What a reader reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_table_is_begun_once_with_a_name_and_is_a_file_of_the_draft(
    designer: FlaskClient, hall: Hall
) -> None:
    assert "还没有规则表" in designer.get(ADDRESS).text
    begun = designer.post(ADDRESS, data={"table": "fee", "name": "收费标准 <A&B>"})
    assert begun.location.endswith("/tables/fee")
    page = designer.get(f"{ADDRESS}/fee")
    assert page.status_code == 200 and "fee.dmn" in page.text and "错误" in page.text
    with hall.read() as session:
        assert "收费标准 &lt;A&amp;B&gt;" in drafts.files(session, "restaurant")["fee.dmn"].text
    again = designer.post(ADDRESS, data={"table": "fee", "name": "另一张"})
    assert again.status_code == 422 and "已经有 fee.dmn" in again.text and "另一张" in again.text
    for sent in ({"table": "1x", "name": "x"}, {"table": "../x", "name": "x"}, {"table": "x"}):
        assert designer.post(ADDRESS, data=sent).status_code == 422
    assert designer.get(f"{ADDRESS}/nothing").status_code == 422
    assert designer.get("/drafts/nothing/tables").status_code == 404


def test_the_list_says_who_asks_a_table_and_what_is_wrong_with_it(designer: FlaskClient) -> None:
    for name, text in ruled().sources.items():
        sent = {"text": text, "revision": "1"}
        designer.post(f"/drafts/restaurant/files/{name}", data=sent)
    put(designer, "depth.dmn", DEPTH)
    put(designer, "broken.dmn", FEE.replace("> 300", "300 or so"))
    page = words(designer.get(ADDRESS).text)
    assert "审核方式 depth 2 条规则" in page and "how_deep item_three_step.bpmn" in page
    assert "错误" in page and "还没有规则任务用它" in page
    assert designer.get(f"{ADDRESS}/broken").status_code == 200


def test_a_table_is_read_and_tried_without_a_script(designer: FlaskClient) -> None:
    put(designer, "fee.dmn", FEE)
    page = designer.get(f"{ADDRESS}/fee").text
    assert "&gt; 300" in page and 'name="value.area_m2"' in page and "经营场所建筑面积" in page
    sent = {"decision": "fee_table", "value.area_m2": "420", "try": "yes"}
    tried = designer.post(f"{ADDRESS}/fee/try", data=sent)
    assert tried.status_code == 200
    said = words(tried.text)
    assert "结果 120" in said and "第 3 条命中（若 area_m2 &gt; 300，则 fee = 120" in said
    assert tried.text.count('class="hit"') == 1 and 'value="420"' in tried.text
    wrong = designer.post(f"{ADDRESS}/fee/try", data={**sent, "value.area_m2": "viel"})
    assert "类型不对" in wrong.text and wrong.status_code == 200


TWO = (
    FEE.partition("<decision ")[0]
    + decision("size", [("area_m2", "number")], [("size", "string")],
               [["> 300", '"large"'], ["<= 300", '"small"']], name="规模")
    + '<decision id="fee" name="收费"><informationRequirement id="r"><requiredDecision '
    'href="#size"/></informationRequirement><variable id="v" name="收费" typeRef="number"/>'
    '<literalExpression id="l"><text>if 规模 = "large" then 120 else 60</text>'
    "</literalExpression></decision></definitions>"
)  # fmt: skip


def test_each_decision_that_was_asked_on_the_way_is_shown(designer: FlaskClient) -> None:
    put(designer, "two.dmn", TWO)
    page = designer.get(f"{ADDRESS}/two").text
    assert page.index('value="fee"') < page.index('value="size"'), "what nobody asks comes first"
    sent = {"decision": "fee", "value.area_m2": "400", "try": "yes"}
    said = words(designer.post(f"{ADDRESS}/two/try", data=sent).text)
    outcome = said.partition("结果 120")[2][:120]
    assert "规模： 第 1 条命中" in outcome and "收费：→ 120" in outcome
    said = words(designer.post(f"{ADDRESS}/two/try", data={**sent, "decision": "size"}).text)
    assert "结果 large" in said


def test_lines_of_cases_are_tried_at_once(designer: FlaskClient) -> None:
    put(designer, "fee.dmn", FEE)
    sent = {"decision": "fee_table", "lines": "50\n200\t\n\nx\n420", "try": "yes"}
    page = words(designer.post(f"{ADDRESS}/fee/try", data=sent).text)
    assert "1 50 1 60" in page and "2 200 2 80" in page and "4 420 3 120" in page
    assert "类型不对" in page


def test_what_is_being_written_is_tried_and_not_kept(designer: FlaskClient, hall: Hall) -> None:
    put(designer, "fee.dmn", FEE)
    sent = {"text": FEE.replace("120", "150"), "decision": "fee_table",
            "value.area_m2": "420", "try": "yes"}  # fmt: skip
    found: Any = designer.post(f"{ADDRESS}/fee/try", data=sent, headers=JSON).json
    assert found["rules"] == [3] and found["decision"] == "fee_table"
    assert "150" in found["trial"] and "150" in found["sheets"]
    broken: Any = designer.post(
        f"{ADDRESS}/fee/try", data={**sent, "text": "<x"}, headers=JSON
    ).json
    assert broken["rules"] == [] and "错误" in broken["trial"]
    with hall.read() as session:
        assert drafts.files(session, "restaurant")["fee.dmn"].text == FEE


def test_gaps_and_overlaps_are_told(designer: FlaskClient) -> None:
    gaps = table("fee_table", [("area_m2", "number")], [("fee", "number")],
                 [["< 100", "60"], ["[50..90]", "80"], ["> 300", "120"]])  # fmt: skip
    put(designer, "fee.dmn", gaps)
    page = designer.get(f"{ADDRESS}/fee").text
    assert page.count("提醒") >= 1


def test_the_check_of_the_draft_knows_tables_by_file_and_line(designer: FlaskClient) -> None:
    sent = {"fee.dmn": FEE.replace("> 300", "300 or so")}
    found: Any = designer.post("/drafts/restaurant/check", data=sent, headers=JSON).json
    assert [fault["file"] for fault in found["faults"]] == ["fee.dmn"]
    assert found["faults"][0]["line"] >= 1 and found["faults"][0]["sentence"]


def test_the_designer_knows_the_decisions_of_the_draft(designer: FlaskClient) -> None:
    put(designer, "fee.dmn", FEE)
    page = designer.get("/drafts/restaurant/diagram/restaurant.bpmn").text
    assert "fee_table" in page and "收费标准" in page and "/tables/fee" in page


def test_a_version_shows_its_tables_to_everybody_who_sees_it(
    app: Flask, hall: Hall, designer: FlaskClient
) -> None:
    version = publish(hall)
    address = f"/processes/restaurant/{version.version}"
    for role in (Role.DESIGNER, Role.AUDITOR):
        page = someone(app, hall, role, "").get(address).text
        assert "审核方式" in page and "&lt;= 300" in page and "how_deep" in page
    page = designer.get(f"/processes/restaurant/compare?from=1&to={version.version}").text
    assert "审核方式 1" in page


def test_only_this_page_may_bring_styles_of_its_own(designer: FlaskClient) -> None:
    put(designer, "fee.dmn", FEE)
    policy = designer.get(f"{ADDRESS}/fee").headers["Content-Security-Policy"]
    assert "style-src-elem 'self' 'unsafe-inline'" in policy and "script-src 'self'" in policy
    assert "style-src-elem" not in designer.get(ADDRESS).headers["Content-Security-Policy"]
