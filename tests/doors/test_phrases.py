"""常用意见: everyone has their own, in their own order, and one press puts one into the opinion."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.test_moving_pages import browser, page
from tests.hall import Hall
from workflows.models import Case, Task
from workflows.personal.phrases import MOST, TooManyPhrases, add_phrase, phrases


@pytest.fixture
def task(hall: Hall) -> Task:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    return hall.task(number, "R08")


@pytest.fixture
def handler(app: Flask, hall: Hall, task: Task) -> FlaskClient:
    return browser(app, hall, hall.holder(task))


def listed(client: FlaskClient) -> list[tuple[str, str]]:
    """(id, text) of the phrases on the page, in order."""
    shown = page(client, "/phrases")
    return re.findall(r'action="/phrases/(\d+)".*?flex-grow-1">([^<]*)<', shown)


def test_phrases_are_added_ordered_and_removed(handler: FlaskClient) -> None:
    for text in ("材料齐全，同意。", "符合规定，同意。", "材料齐全，同意。"):
        assert handler.post("/phrases", data={"text": text}).status_code == 303
    first, second = listed(handler)
    assert (first[1], second[1]) == ("材料齐全，同意。", "符合规定，同意。")
    handler.post(f"/phrases/{second[0]}", data={"up": "1"})
    assert listed(handler) == [second, first]
    handler.post(f"/phrases/{second[0]}", data={"remove": "1"})
    assert listed(handler) == [first]


def test_nobody_sees_or_changes_the_phrases_of_somebody_else(
    app: Flask, hall: Hall, handler: FlaskClient
) -> None:
    handler.post("/phrases", data={"text": "我的意见"})
    [(mine, _text)] = listed(handler)
    other = browser(app, hall, "xf.handler")
    assert listed(other) == []
    other.post(f"/phrases/{mine}", data={"remove": "1"})
    assert listed(handler) == [(mine, "我的意见")]


def test_a_phrase_is_put_behind_what_is_written_without_scripts(
    handler: FlaskClient, task: Task
) -> None:
    handler.post("/phrases", data={"text": "符合规定，同意。"})
    [(phrase, _text)] = listed(handler)
    posted = {"task": task.id, "opinion": "现场已核查。", "basis": "第 38 条", "phrase": phrase}
    shown = handler.post(f"/tasks/{task.id}/phrase", data=posted).text
    assert ">\n现场已核查。\n符合规定，同意。</textarea>" in shown
    assert 'value="第 38 条"' in shown


def test_the_opinion_that_stands_there_is_kept_as_a_phrase(
    handler: FlaskClient, task: Task
) -> None:
    posted = {"task": task.id, "opinion": "布局合理，同意。", "keep_phrase": "1"}
    shown = handler.post(f"/tasks/{task.id}/phrase", data=posted).text
    assert ">\n布局合理，同意。</textarea>" in shown and "已存为常用意见" in shown
    assert [text for _id, text in listed(handler)] == ["布局合理，同意。"]
    assert 'data-phrase="布局合理，同意。"' in page(handler, f"/tasks/{task.id}")


@pytest.mark.parametrize("text", [" ", "长" * 501])
def test_an_empty_phrase_or_an_essay_is_refused_with_a_sentence(
    handler: FlaskClient, text: str
) -> None:
    assert (
        "常用意见应为 1 到 500 个字"
        in handler.post("/phrases", data={"text": text}, follow_redirects=True).text
    )
    assert listed(handler) == []


def test_there_are_at_most_fifty(hall: Hall) -> None:
    person = hall.actor("sj.handler").person_id
    assert person is not None
    with hall.services.database.writers() as session, session.begin():
        for number in range(MOST):
            add_phrase(session, person, f"意见 {number}")
        with pytest.raises(TooManyPhrases, match="最多 50 条"):
            add_phrase(session, person, "再一条")
        assert len(phrases(session, person)) == MOST


def test_keeping_phrases_is_no_act_on_a_case(hall: Hall, handler: FlaskClient, task: Task) -> None:
    with hall.read() as session:
        number = session.get_one(Case, task.case_id).number
    before = hall.actions(number)
    handler.post(f"/tasks/{task.id}/phrase", data={"opinion": "同意", "keep_phrase": "1"})
    assert hall.actions(number) == before
