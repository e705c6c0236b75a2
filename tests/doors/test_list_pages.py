"""The list beside the diagram: who, after whom, how long; and whether the promise can be kept."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import someone
from tests.hall import Hall
from workflows.catalogue import draw, load
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE
from workflows.permissions import Role


@pytest.fixture
def designer(app: Flask, hall: Hall) -> FlaskClient:
    """A designer who has begun a draft of the restaurant."""
    client = someone(app, hall, Role.DESIGNER, "")
    assert client.post("/drafts/restaurant/begin").status_code == 303
    return client


def file(hall: Hall, name: str, process: str = "restaurant") -> str:
    with hall.read() as session:
        return drafts.files(session, process)[name].text


def form_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The fields of a page as a browser would send them."""
    text = client.get(path).text
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*? value="([^"]*)"', text))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        found[name] = "".join(re.findall(r'value="([^"]*)" selected', options))
    return found


def test_a_change_in_the_list_changes_the_catalogue_and_draws_again(
    designer: FlaskClient, hall: Hall
) -> None:
    before = file(hall, CATALOGUE)
    page = "/drafts/restaurant/list/R13"
    form = form_of(designer, page)
    assert designer.post(page, data=form).status_code == 303
    assert file(hall, CATALOGUE) == before, "nothing was changed"
    form |= {"promised": "2wd", "after.0": "R08", "gate.0": "start", "basis.0": "某条例第三条"}
    assert designer.post(page, data=form).status_code == 303
    catalogue = load(file(hall, CATALOGUE), "restaurant")
    item = catalogue.item("R13")
    assert (str(item.promised), item.after[0].item, item.after[0].basis) == (
        "2wd",
        "R08",
        "某条例第三条",
    )
    assert file(hall, "restaurant.bpmn") == draw(catalogue, "restaurant")
    promise = designer.get("/drafts/restaurant/promise").text
    assert "R08 之后开始" in promise
    assert "R13" in designer.get("/drafts/restaurant/list").text
    assert designer.post(page, data=form).status_code == 303, "a second click changes nothing"
    late = form | {"promised": "1wd"}
    assert designer.post(page, data=late).status_code == 409, "somebody else was faster"


def test_what_the_catalogue_may_not_say_is_refused_in_the_form_and_changes_nothing(
    designer: FlaskClient, hall: Hall
) -> None:
    before = file(hall, CATALOGUE)
    page = "/drafts/restaurant/list/R08"
    form = form_of(designer, page)
    for wrong in (
        {"promised": "99wd"}, {"promised": "soon"}, {"needed": "no_such > 3"}, {"process": "x"},
        {"department": "QQ"}, {"after.1": "R08"}, {"after.1": "R99"}, {"gate.0": "later"},
    ):  # fmt: skip
        answer = designer.post(page, data=form | wrong)
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text
    assert file(hall, CATALOGUE) == before
    assert designer.get("/drafts/restaurant/list/R99").status_code == 422
    assert designer.get("/drafts/nowhere/list").status_code == 404


def test_a_diagram_changed_by_hand_is_left_alone_until_somebody_asks(
    designer: FlaskClient, hall: Hall
) -> None:
    by_hand = file(hall, "restaurant.bpmn").replace("需办事项", "要办的事项")
    edit = {"text": by_hand, "revision": "1"}
    assert designer.post("/drafts/restaurant/files/restaurant.bpmn", data=edit).status_code == 303
    page = "/drafts/restaurant/list/R13"
    designer.post(page, data=form_of(designer, page) | {"promised": "2wd"})
    assert file(hall, "restaurant.bpmn") == by_hand
    assert "手工调整过" in designer.get("/drafts/restaurant/list").text
    shown = designer.get("/processes/restaurant/compare?from=draft&to=drawn").text
    assert "要办的事项" in shown
    assert "R13" not in re.findall(r'data-select="([^"]+)"', shown), "it is drawn as it was"
    assert designer.get("/drafts/restaurant/drawn.bpmn").text == draw(
        load(file(hall, CATALOGUE), "restaurant"), "restaurant"
    )
    assert designer.post("/drafts/restaurant/redraw", data={"revision": "2"}).status_code == 303
    assert "手工调整过" not in designer.get("/drafts/restaurant/list").text


def test_items_of_a_theme_become_a_process_that_may_be_published(
    designer: FlaskClient, hall: Hall
) -> None:
    assert designer.post("/drafts/cafe/begin").status_code == 303
    assert "选择事项" in designer.get("/drafts/cafe/list").text
    page = "/drafts/cafe/choose"
    named = {"name": "开咖啡店", "name_en": "A café", "code": "CAFE-1", "from": "restaurant"}
    form = form_of(designer, f"{page}?from=restaurant") | named
    nothing = {key: value for key, value in form.items() if key != "item"}
    assert designer.post(page, data=nothing).status_code == 422
    chosen = form | {"item": ["R01", "R02", "R07", "R08"]}
    assert designer.post(page, data=chosen).status_code == 303
    catalogue = load(file(hall, CATALOGUE, "cafe"), "cafe")
    assert [item.code for item in catalogue.items] == ["R01", "R02", "R07", "R08"]
    assert designer.post("/drafts/cafe/check").json == {"faults": []}
    assert "可以兑现" in designer.get("/drafts/cafe/promise").text


def test_the_promise_is_shown_for_any_answers_and_for_versions(designer: FlaskClient) -> None:
    everything = designer.get("/drafts/construction/promise")
    assert everything.status_code == 404, "no draft"
    page = "/processes/construction/1/promise"
    assert "22 个工作日" in designer.get(page).text
    assert "5 个工作日" in designer.get(f"{page}?answer.=").text
    some = designer.get(f"{page}?answer.dewatering=true").text
    assert "10 个工作日" in some
    assert "G21" in some
    wrong = designer.get(f"{page}?answer.area_m2=many")
    assert "应填数字" in wrong.text


def test_who_is_about_to_accept_sees_how_long_it_may_take(app: Flask, hall: Hall) -> None:
    number = hall.receive()
    page = someone(app, hall, Role.WINDOW, number).get(f"/cases/{number}").text
    assert "预计最长" in page
    assert "关键路径" in page
