"""When an item is over, nobody answers, comes or decides about it any more, and is told so."""

from tests.hall import APPLICANT, Hall
from tests.talking import (
    asked,
    clock_of,
    meeting,
    pause_of,
    questions,
    requests,
    seats,
    told,
    under_review,
    visit,
)
from workflows.actions import Action, Actor
from workflows.actions.conclude_item import ConcludeItem, Outcome
from workflows.actions.request_extension import RequestExtension
from workflows.actions.withdraw import Withdraw

LONG_AFTER = "2026-04-20T09:30"
QUESTION, VISIT = "ZQ〔2026〕第000001号", "TK〔2026〕第000001号"


def everything_is_open(hall: Hall) -> str:
    """A question, two requests and a visit about the sewage licence; the visit is to a shop too."""
    number = under_review(hall)
    asked(hall, number)
    hall.act("zj.handler", number, pause_of())
    hall.act("zj.handler", number, RequestExtension(5, "需现场复核", "R11"))
    hall.act("lead", number, RequestExtension(5, "材料繁多"))
    hall.act("lead", number, visit("R08", "R11"))
    return number


def nothing_fires(hall: Hall, number: str) -> None:
    """The clockwork finds no absence and no silence in it, long after."""
    before = len(hall.actions(number))
    hall.at(LONG_AFTER)
    hall.sweep()
    late = hall.actions(number)[before:]
    assert not {"expire_attendance", "expire_consultation"}.intersection(late)
    assert {seat.attends for seat in seats(hall, number).values()} == {None}


def test_a_decision_closes_what_is_open_about_its_item_and_leaves_the_rest(hall: Hall) -> None:
    number = everything_is_open(hall)
    hall.grant(number, "R01")
    hall.to_decision(number, "R11")
    before = len(told(hall, number))
    hall.decide(number, "R11")
    details = hall.history(number)[-1].details
    found = {key: details.get(key) for key in ("questions_taken_back", "requests_dropped",
                                               "seats_released", "meetings_cancelled")}  # fmt: skip
    assert found == {
        "questions_taken_back": [QUESTION], "requests_dropped": ["R11", "R11"],
        "seats_released": ["R11"], "meetings_cancelled": None,
    }  # fmt: skip
    assert told(hall, number)[before:] == [
        ("HB", "handler", "green"), *[("ZJ", "handler", "green")] * 3,
    ]  # fmt: skip
    clock = clock_of(hall, questions(hall, number)[0])
    assert (clock.closed_at, clock.next_at) == (hall.clock.now(), None)
    assert [row.decided_at is None for row in requests(hall, number)] == [False, False, True]
    assert (seats(hall, number)["ZJ"].released, seats(hall, number)["SJ"].closed_at) == (True, None)
    hall.grant_all(number)
    facts = [event.details.get("meetings_cancelled") for event in hall.history(number)]
    assert [VISIT] in facts and meeting(hall, number).cancelled
    assert requests(hall, number)[-1].decided_at is not None
    nothing_fires(hall, number)


def test_what_is_withdrawn_or_ended_closes_it_as_well(hall: Hall) -> None:
    ends: list[tuple[str | Actor, Action]] = [
        (APPLICANT, Withdraw("不再开店")),
        ("lead", ConcludeItem("R11", Outcome.WITHDRAWN, "申请人撤回")),
    ]
    for who, end in ends:
        number = everything_is_open(hall)
        hall.act(who, number, end)
        details = hall.history(number)[-1].details
        assert len(details["questions_taken_back"]) == 1
        assert "R11" in details["requests_dropped"]
        assert details.get("meetings_cancelled") or details["seats_released"] == ["R11"]
        assert clock_of(hall, questions(hall, number)[0]).closed_at == hall.clock.now()


def test_what_lapses_with_the_item_before_it_needs_no_visit(hall: Hall) -> None:
    number = hall.accepted({"sells_tobacco": True})
    hall.act("lead", number, visit("R12", alone=True))
    hall.refuse(number, "R01")
    assert hall.history(number)[-1].details["meetings_cancelled"] == [VISIT]
    assert meeting(hall, number).cancelled
    nothing_fires(hall, number)
