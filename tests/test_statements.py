"""One submit sends few statements, in one transaction, however many departments take part."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.files import attach
from tests.hall import Hall
from tests.talking import pause_of, visit
from tests.wide import opinion, submissions, wide
from workflows.actions.answer_consultation import AnswerConsultation
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.comment import Comment
from workflows.actions.consult import Consult
from workflows.actions.copy_to import CopyTo
from workflows.actions.decide import Decide, Decision
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.record_attendance import RecordAttendance
from workflows.actions.remind import Remind
from workflows.actions.request_extension import RequestExtension
from workflows.models import Answer

MOST = 15
#: Who signs in, and the form of the task: what a page reads before the action begins.
BEFORE = 2


@contextmanager
def sent(*engines: Engine) -> Iterator[list[list[str]]]:
    """The statements sent meanwhile, by transaction."""
    transactions: list[list[str]] = []

    def begun(_connection: object) -> None:
        transactions.append([])

    def add(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        transactions[-1].append(statement)

    for engine in engines:
        event.listen(engine, "begin", begun)
        event.listen(engine, "before_cursor_execute", add)
    yield transactions
    for engine in engines:
        event.remove(engine, "begin", begun)
        event.remove(engine, "before_cursor_execute", add)


@pytest.mark.parametrize("departments", [5, 26, 100])
def test_an_opinion_and_a_decision_send_few_statements(hall: Hall, departments: int) -> None:
    number = hall.accepted({}, process=wide(hall, departments))
    who, first = submissions(hall, number)[0]
    handler = hall.actor(who)
    with sent(hall.services.database.writing) as opinions:
        hall.act(handler, number, opinion(first))
    task = hall.task(number, hall.case(number).items[0].code)
    decider = hall.actor(hall.holder(task))
    with sent(hall.services.database.writing) as decisions:
        hall.act(decider, number, Decide(task.id, Decision.GRANTED, "准予"))
    assert [len(statements) for statements in opinions] == [8]
    assert [len(statements) for statements in decisions] == [10]


def test_the_last_decision_of_a_case_sends_no_more_than_is_allowed(hall: Hall) -> None:
    number = hall.accepted({}, process=wide(hall, 5))
    items = [item.code for item in hall.case(number).items]
    for code in items[:-1]:
        hall.grant(number, code)
    task = hall.to_decision(number, items[-1])
    decider = hall.actor(hall.holder(task))
    with sent(hall.services.database.writing) as transactions:
        hall.act(decider, number, Decide(task.id, Decision.GRANTED, "准予"))
    assert hall.case(number).state == "decided"
    assert [len(statements) <= MOST for statements in transactions] == [True]


def test_what_is_done_around_a_case_sends_few_statements(hall: Hall) -> None:
    number = hall.accepted({}, process=wide(hall, 26))
    lead = hall.actor("lead")
    around = (
        Comment("@mayor @supervisor 请看"),
        attach(),
        CopyTo("mayor", ["SJ/handler"]),
        Remind(),
    )
    for action in around:
        with sent(hall.services.database.writing) as transactions:
            hall.act(lead, number, action)
        assert [len(statements) <= MOST for statements in transactions] == [True], action


@pytest.mark.parametrize("departments", [5, 26])
def test_a_posted_opinion_sends_few_statements_all_in_all(
    app: Flask, hall: Hall, departments: int
) -> None:
    number = hall.accepted({}, process=wide(hall, departments))
    database = hall.services.database
    counted = []
    for who, task in submissions(hall, number)[:3]:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = str(hall.actor(who).person_id)
        form = {"task": str(task.id), "conclusion": "agree", "opinion": "经审查，符合法定条件。"}
        with sent(*{database.engine, database.writing}) as transactions:
            answer = client.post(f"/cases/{number}/give_opinion", data=form)
        assert answer.status_code == 303
        counted.append(sum(map(len, transactions)))
    assert counted[-1] <= 8 + BEFORE, "the first of them reads the version and its forms"


def test_what_departments_say_to_each_other_sends_no_more_than_is_allowed(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True, "area_m2": 500})
    hall.sign_for(number, "R11")
    question = Consult(hall.task(number, "R11").id, ["HB", "WJ", "GA", "SW"], "是否影响")
    counted = []
    for who, action in (
        ("zj.handler", question),
        ("ga.handler", AnswerConsultation(1, Answer.AGREE)),
        ("lead", visit("R08")),
        ("xf.handler", RecordAttendance(2, True)),
        ("zj.handler", pause_of()),
        ("zj.checker", ApprovePause(1, True)),
        ("zj.handler", RequestExtension(5, "管网改造", "R11")),
        ("zj.chief", ExtendDeadline(5, "管网改造", "R11")),
    ):
        actor = hall.actor(who)
        with sent(hall.services.database.writing) as transactions:
            hall.act(actor, number, action)
        counted.append((action.name, sum(map(len, transactions))))
    assert [one for one in counted if one[1] > MOST] == []
