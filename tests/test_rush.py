"""Every department submits at the same moment: locks wait, they never refuse."""

from flask import Flask

from server.settings import Settings
from tests.hall import Hall
from tests.rush import Submit, rush, served
from tests.wide import submissions, wide
from workflows.queries.timeline import verify_all
from workflows.states import ItemState

DEPARTMENTS = 26


def test_26_departments_at_once_are_all_taken_and_none_is_refused(
    app: Flask, hall: Hall, settings: Settings
) -> None:
    number = hall.accepted({}, process=wide(hall, DEPARTMENTS))
    form = {"conclusion": "agree", "opinion": "经审查，符合法定条件。"}
    opinions = [
        Submit(hall.actor(who).person_id or 0, f"/cases/{number}/give_opinion",
               {"task": str(task.id), **form})
        for who, task in submissions(hall, number)
    ]  # fmt: skip
    with served(settings, hall.clock.now()) as port:
        first = rush(app, port, opinions)
        decisions = []
        for task in hall.case(number).tasks:
            if task.closed_at is None:
                person_id = hall.actor(hall.holder(task)).person_id or 0
                form = {"task": str(task.id), "decision": "granted", "opinion": "依法准予"}
                decisions.append(Submit(person_id, f"/cases/{number}/decide", form))
        second = rush(app, port, decisions)
    assert {answer.status for answer in first + second} == {303}
    case = hall.case(number)
    assert {item.state for item in case.items} == {ItemState.APPROVED}
    assert (case.state, case.history_length) == ("decided", 2 + 3 * DEPARTMENTS)
    with hall.read() as session:
        assert [chain for chain in verify_all(session) if chain.fault] == []
    assert max(answer.seconds for answer in first + second) < 10, "a standstill, not a queue"
