"""Every part of a filter narrows the lists that offer it, and its edges are days at the counter."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.hall import LARGE, Hall
from workflows.actions.people import tasks_of
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.deadlines import Light
from workflows.models import Case
from workflows.queries import queues, worklist
from workflows.queries.filters import Answer, Filter, Part, Span
from workflows.queries.search import search_ids
from workflows.states import CaseState, ItemState

FORM = {"applicant_name": "金味", "shop_name": "老李面馆", "seats": 40, "opening_on": "2026-05-01",
        "catering_type": "hot"}  # fmt: skip


def tasks(hall: Hall, who: str, wanted: Filter) -> list[tuple[str, str]]:
    """(case number, item) of a person's open tasks for which a filter holds."""
    actor = hall.actor(who)
    context = hall.services.context(actor)
    with hall.read() as session:
        whose = tasks_of(session, actor.person_id or 0, context.today)
        rows, total = worklist.open_tasks(
            session, whose, context.now, hall.services.calendar, Part(wanted)
        )
    assert total == len(rows)
    return [(row.case.number, row.item.code) for row in rows]


def done(hall: Hall, who: str, wanted: Filter) -> list[str]:
    """The items of the tasks that a person has done, for which a filter holds."""
    person = hall.actor(who).person_id or 0
    with hall.read() as session:
        rows, total = worklist.done_tasks(
            session, person, hall.clock.now(), hall.services.calendar, Part(wanted)
        )
    assert total == len(rows)
    return [row.item.code for row in rows]


def queue(hall: Hall, state: CaseState, wanted: Filter) -> list[str]:
    """The numbers of the cases in a queue for which a filter holds."""
    with hall.read() as session:
        rows, total = queues.window_cases(
            session, [state], hall.clock.now(), hall.services.calendar, Part(wanted)
        )
    assert total == len(rows)
    return [row.case.number for row in rows]


def cases(hall: Hall, wanted: Filter) -> list[str]:
    """The numbers of all cases for which a filter holds, the oldest first."""
    with hall.read() as session:
        ids = search_ids(session, wanted).ids
    every = {hall.case(number).id: number for number in hall_numbers(hall)}
    return [every[key] for key in reversed(ids)]


def hall_numbers(hall: Hall) -> list[str]:
    with hall.read() as session:
        return list(session.scalars(select(Case.number)))


@pytest.fixture
def two(hall: Hall) -> tuple[str, str]:
    """A case of Monday with a form, and one of Tuesday by someone else."""
    first = hall.accepted(form=FORM)
    hall.at("2026-03-03T09:30")
    return first, hall.accepted(applicant="老王茶楼", applicant_number="X")


TUESDAY = Span(date(2026, 3, 3), date(2026, 3, 3))
FIRST: list[Filter] = [
    Filter(applicant="金味"), Filter(received=Span(last=date(2026, 3, 2))),
    Filter(words="金味餐饮"), Filter(answers=(Answer("shop_name", "老李"),)),
    Filter(answers=(Answer("seats", numbers=(40, None)),)),
    Filter(answers=(Answer("seats", numbers=(None, 40.5)),)),
    Filter(answers=(Answer("opening_on", days=Span(date(2026, 5, 1), date(2026, 5, 1))),)),
    Filter(answers=(Answer("catering_type", "hot"), Answer("shop_name", "老李面馆"))),
]  # fmt: skip
SECOND = [Filter(applicant="茶楼"), Filter(received=TUESDAY), Filter(words="老王茶")]
NEITHER: list[Filter] = [
    Filter(process="construction"), Filter(received=Span(first=date(2026, 3, 4))),
    Filter(answers=(Answer("shop_name", "面馆"),)), Filter(words="%"),
    Filter(answers=(Answer("seats", numbers=(41, None)),)), Filter(item="R99"),
]  # fmt: skip


def test_what_narrows_tasks_narrows_queues_and_the_search(hall: Hall, two: tuple[str, str]) -> None:
    first, second = two
    for wanted in FIRST:
        assert tasks(hall, "wj.handler", wanted) == [(first, "R13")], wanted
        assert queue(hall, CaseState.IN_REVIEW, wanted) == [first], wanted
        assert cases(hall, wanted) == [first], wanted
    for wanted in SECOND:
        assert tasks(hall, "wj.handler", wanted) == [(second, "R13")], wanted
        assert queue(hall, CaseState.IN_REVIEW, wanted) == [second], wanted
        assert cases(hall, wanted) == [second], wanted
    for wanted in NEITHER:
        assert tasks(hall, "wj.handler", wanted) == [], wanted
        assert cases(hall, wanted) == [], wanted


def test_tasks_are_narrowed_by_item_state_and_due_date(hall: Hall, two: tuple[str, str]) -> None:
    first, second = two
    assert tasks(hall, "sj.handler", Filter(item="R08")) == [(first, "R08"), (second, "R08")]
    hall.sign_for(first, "R08")
    assert tasks(hall, "sj.handler", Filter(item_state=ItemState.REVIEWING)) == [(first, "R08")]
    due = Span(date(2026, 3, 9), date(2026, 3, 9))
    assert tasks(hall, "sj.handler", Filter(due=due)) == [(first, "R08")]
    assert tasks(hall, "sj.handler", Filter(department="XF")) == []


def test_the_lamp_that_is_asked_for_is_the_lamp_that_is_shown(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    seen: set[Light] = set()
    for moment in ("2026-03-02T09:30", "2026-03-06T10:00", "2026-03-09T10:00", "2026-03-17T10:00"):
        hall.at(moment)
        for who in ("sj.handler", "gy.handler", "wj.handler"):
            for light in Light:
                found = tasks(hall, who, Filter(light=light))
                assert found == shown_as(hall, who, light), (moment, who, light)
                seen |= {light} if found else set()
    assert seen >= {Light.GREEN, Light.RED, Light.PURPLE}
    assert tasks(hall, "sj.handler", Filter(light=Light.PURPLE))[0][0] == number


def shown_as(hall: Hall, who: str, light: Light) -> list[tuple[str, str]]:
    """A person's open tasks whose lamp shows a light."""
    actor = hall.actor(who)
    context = hall.services.context(actor)
    with hall.read() as session:
        whose = tasks_of(session, actor.person_id or 0, context.today)
        rows, _ = worklist.open_tasks(session, whose, context.now, hall.services.calendar)
    return [
        (row.case.number, row.item.code)
        for row in rows
        if row.standing and row.standing.light is light
    ]


def test_a_pause_that_ends_by_itself_is_grey_until_it_has(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.grant(number, "R01")
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11", days=2)
    grey, green = Filter(light=Light.GREY), Filter(light=Light.GREEN)
    assert tasks(hall, "zj.handler", grey) == [(number, "R11")]
    assert tasks(hall, "zj.handler", green) == []
    hall.at("2026-03-05T09:30")
    assert tasks(hall, "zj.handler", grey) + tasks(hall, "zj.handler", green) == [(number, "R11")]


def test_a_queue_is_narrowed_by_its_lamp_and_its_due_date(hall: Hall) -> None:
    number = hall.receive(without=("M03",))
    green, blue = Filter(light=Light.GREEN), Filter(light=Light.BLUE)
    assert queue(hall, CaseState.SUBMITTED, green) == [number]
    assert queue(hall, CaseState.SUBMITTED, blue) == []
    due = Filter(due=Span(date(2026, 3, 9), date(2026, 3, 9)))
    assert queue(hall, CaseState.SUBMITTED, due) == [number]
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    assert queue(hall, CaseState.SUPPLEMENTING, blue) == [number]
    assert queue(hall, CaseState.SUPPLEMENTING, green) == []
    hall.at("2026-04-20T09:30")
    assert queue(hall, CaseState.SUPPLEMENTING, blue) == []


def test_what_was_done_is_narrowed_by_day_item_and_words(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.at("2026-03-03T09:30")
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    assert done(hall, "sj.handler", Filter(done=TUESDAY)) == ["R08"]
    assert done(hall, "sj.handler", Filter(done=Span(last=date(2026, 3, 2)))) == ["R01"]
    assert done(hall, "sj.handler", Filter(item="R01")) == ["R01"]
    assert done(hall, "sj.handler", Filter(words="已审查")) == ["R08"]
    assert done(hall, "sj.handler", Filter(words="已审查", done=Span(last=date(2026, 3, 2)))) == []


def test_a_search_by_many_conditions_holds_all_of_them(hall: Hall, two: tuple[str, str]) -> None:
    first, second = two
    both: dict[str, Any] = {"department": "SJ", "process": "restaurant", "item": "R08"}
    assert cases(hall, Filter(**both)) == [first, second]
    assert cases(hall, Filter(**both, received=TUESDAY)) == [second]
    assert cases(hall, Filter(**both, case_state=CaseState.CLOSED)) == []
    assert cases(hall, Filter(words="茶楼", department="SJ")) == [second]
    assert cases(hall, Filter(words="茶楼", department="XF")) == []
