"""The drawing room's way out: handed in, reviewed, published for a day, compared, moved to."""

import re
from importlib import import_module
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.doors.people import someone
from tests.drafting import begun, rename_check, revisions, there, write
from tests.hall import Hall
from workflows.actions.publish_process import PublishProcess
from workflows.models import ProcessVersion
from workflows.permissions import Role

FASTER = ("promised: 13wd", "promised: 12wd")
CHECK = ('id="check" name="审核人审核"', 'id="check" name="负责人审核"')


@pytest.fixture
def first(app: Flask, hall: Hall) -> FlaskClient:
    """The browser of 吴设计."""
    return someone(app, hall, Role.DESIGNER, "")


@pytest.fixture
def second(app: Flask, hall: Hall) -> FlaskClient:
    """The browser of 郑复核."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(hall.actor("designer2").person_id)
        session["_fresh"] = True
    return client


def state(hall: Hall, number: int) -> str:
    query = select(ProcessVersion.state).where(
        ProcessVersion.process == "restaurant", ProcessVersion.version == number
    )
    with hall.read() as session:
        return str(session.scalar(query))


def test_a_draft_is_handed_in_reviewed_and_published_by_two(
    hall: Hall, first: FlaskClient, second: FlaskClient
) -> None:
    begun(hall)
    write(hall, "catalogue.yaml", *FASTER)
    write(hall, "item_three_step.bpmn", *CHECK)
    room = first.get("/drafts/restaurant").text
    assert "revision.catalogue.yaml" in room and "提交审核" in room
    again = first.post("/drafts/restaurant/hand-in", data={"note": " "})
    assert again.status_code == 422 and "请写明理由" in again.text and there(hall)
    old = {"note": "提速", "revision.catalogue.yaml": "1"}
    assert first.post("/drafts/restaurant/hand-in", data=old).status_code == 409
    done = first.post("/drafts/restaurant/hand-in", data={"note": "省里要求提速"})
    assert done.location == "/processes/restaurant/2" and not there(hall)
    assert "须由另一位设计员发布" in first.get(done.location).text
    page = second.get(done.location).text
    for words in ("省里要求提速", "负责人审核", "12 个工作日", "谁最后改了哪个文件"):
        assert words in page
    for place in ("/", "/processes"):  # the second person need not look for it
        assert "等您审核" in second.get(place).text
        assert "等您审核" not in first.get(place).text
    base = "/processes/restaurant/2/publish_process"
    assert first.post(base).status_code == 403
    wrong = second.post(base, data={"effective_on": "2026-03-02"})
    assert wrong.status_code == 422 and "须在今天之后" in wrong.text
    assert second.post(base, data={"effective_on": "2026-04-01"}).status_code == 303
    assert "2026-04-01 零时" in first.get("/processes").text
    back = "/processes/restaurant/2/call_back_version"
    assert first.post(back).status_code == 422
    assert first.post(back, data={"reason": "推迟"}).status_code == 303
    assert second.post(base).status_code == 303 and state(hall, 2) == "published"
    assert "收回发布" in first.get("/processes/restaurant/2").text
    assert "零时生效" not in first.get("/processes").text


def test_what_is_returned_is_the_draft_again_and_what_is_retired_takes_no_case(
    hall: Hall, first: FlaskClient, second: FlaskClient
) -> None:
    hall.act("designer1", "restaurant", hall.upload(FASTER))
    back = second.post("/processes/restaurant/2/return_version", data={"reason": "没有依据"})
    assert back.location == "/drafts/restaurant" and there(hall) == {"restaurant"}
    assert "没有依据" in first.get("/processes/restaurant/2").text
    gone = first.post("/processes/restaurant/1/retire_process", data={"reason": "合并"})
    assert gone.status_code == 303 and state(hall, 1) == "retired"
    assert "没有已发布的版本" in first.get("/processes").text
    assert first.post("/processes/restaurant/1/take_effect").status_code == 403
    assert first.post("/processes/restaurant/1/upload_process").status_code == 404


def test_two_versions_or_the_draft_are_compared_in_words_pictures_and_lines(
    app: Flask, hall: Hall, first: FlaskClient
) -> None:
    hall.publish(FASTER)
    begun(hall)
    auditor = someone(app, hall, Role.AUDITOR, "")
    assert auditor.get("/processes/restaurant/compare?to=draft").status_code == 404
    assert "草稿" not in auditor.get("/processes/restaurant/compare").text
    write(hall, "item_three_step.bpmn", *CHECK)
    page = first.get("/processes/restaurant/compare?from=1&to=2").text
    assert "<del>13 个工作日</del> → <ins>12 个工作日</ins>" in page
    assert "承诺时限" in page and "data-diagram" not in page
    drawn = first.get("/processes/restaurant/compare?from=1&to=draft").text
    assert "/drafts/restaurant/files/item_three_step.bpmn" in drawn
    assert "/processes/restaurant/1/item_three_step.bpmn" in drawn
    assert "&#34;check&#34;: &#34;changed&#34;" in drawn or '"check": "changed"' in drawn
    assert "负责人审核" in drawn and 'class="line-removed"' in drawn
    assert "两边完全相同" in first.get("/processes/restaurant/compare?from=1&to=1").text
    for address in ("restaurant/compare?to=9", "restaurant/compare?from=x", "moon/compare"):
        assert first.get(f"/processes/{address}").status_code == 404
    assert first.get("/processes/construction/compare").status_code == 200


def only_tried(first: FlaskClient) -> None:
    """Before it is published, cases are tried against a version and do not move to it."""
    before = first.get("/processes/restaurant/1/migrate?to=2&look=1").text
    assert "只能试算" in before and "可以迁移" in before and "迁移全部" not in before
    assert "to=2&amp;look=1" in first.get("/processes/restaurant/2").text
    assert first.post("/processes/restaurant/1/migrate", data={"to": "2"}).status_code == 422


def test_running_cases_are_looked_at_and_then_moved_in_turns(
    hall: Hall, first: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("server.moving_cases"), "TURN", 2)
    numbers = [hall.accepted() for _ in range(3)]
    hall.sign_for(numbers[0], "R08")
    hall.opine(numbers[0], "R08")  # it stands at the check
    begun(hall)
    rename_check(hall)
    assert first.post("/drafts/restaurant/hand-in", data={"note": "复核"}).status_code == 303
    only_tried(first)
    hall.act("designer2", "restaurant@2", PublishProcess())
    base = "/processes/restaurant/1/migrate"
    page = first.get(base).text
    assert 'name="map.check"' in page and 'value="second_look"' in page
    looked = first.get(f"{base}?look=1").text
    assert looked.count("可以迁移") == 1 and "请指定对应的环节" in looked
    assert numbers[2] not in looked and "再看后面的 1 件" in looked
    assert first.get(f"{base}?look=1&map.check=second_look").text.count("可以迁移") == 2
    assert first.post(base, data={"ticked": "1"}).status_code == 422
    said = {"map.check": "second_look"}
    assert first.post(base, data={**said, "case": numbers[1]}).status_code == 200
    assert [hall.case(number).version.version for number in numbers] == [1, 2, 1]
    turn = first.post(base).text
    assert "未能迁移 1 件" in turn and "这个版本有 1 件在办" in turn
    assert "已迁移 1 件，未能迁移 0 件" in first.post(base, data=said).text
    assert [hall.case(number).version.version for number in numbers] == [2, 2, 2]
    assert "已迁移 0 件" in first.post(base, data=said).text
    assert first.post(base, data={**said, "to": "1"}).status_code == 422, "published since"
    assert "没有别的版本可以迁移" in first.get("/processes/restaurant/2/migrate").text


def test_the_files_of_a_draft_are_read_by_line_replaced_and_taken_out(
    hall: Hall, first: FlaskClient, second: FlaskClient
) -> None:
    begun(hall)
    write(hall, "catalogue.yaml", "promised: 13wd", "promised: soon")
    room = first.get("/drafts/restaurant").text
    found = re.search(r"/drafts/restaurant/text/catalogue.yaml#(L\d+)", room)
    assert found and "郑复核" in room
    page = first.get("/drafts/restaurant/text/catalogue.yaml").text
    assert "promised: soon" in page.partition(f'id="{found[1]}"')[2].partition("</tr>")[0]
    good = hall.upload().catalogue.encode()
    stale = {"files": [(BytesIO(b"<a/>"), "extra.dmn"), (BytesIO(good), "catalogue.yaml")],
             "revision.catalogue.yaml": "1"}  # fmt: skip
    assert first.post("/drafts/restaurant/upload", data=stale).status_code == 409
    assert "extra.dmn" not in revisions(hall), "all of them, or none"
    fresh = {"files": [(BytesIO(b"<a/>"), "here/extra.dmn"), (BytesIO(good), "catalogue.yaml")],
             "revision.catalogue.yaml": "2"}  # fmt: skip
    assert first.post("/drafts/restaurant/upload", data=fresh).status_code == 303
    assert (revisions(hall)["extra.dmn"], revisions(hall)["catalogue.yaml"]) == (1, 3)
    for name, content in (("run.exe", b""), ("x.dmn", b"\xff\xfe")):
        wrong = first.post("/drafts/restaurant/upload", data={"files": (BytesIO(content), name)})
        assert wrong.status_code == 422 and name in wrong.text
    gone = "/drafts/restaurant/files/extra.dmn/remove"
    assert second.post(gone, data={"revision": "7"}).status_code == 409
    assert second.post(gone, data={"revision": "1"}).status_code == 303
    assert "extra.dmn" not in revisions(hall)
    assert first.get("/drafts/restaurant/text/extra.dmn").status_code == 422


def test_a_process_that_is_not_there_yet_is_begun_by_its_name(
    hall: Hall, first: FlaskClient
) -> None:
    begun = first.post("/drafts", data={"process": " cafe ", "name": "咖啡馆"})
    assert begun.location == "/drafts/cafe/diagram/cafe.bpmn"
    assert first.post("/drafts", data={"process": "../x", "name": "x"}).location == "/processes"
    assert there(hall) == {"cafe"} and "/drafts/cafe" in first.get("/processes").text
