"""A timer of the diagram runs out on its working day, once, whoever looks."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hall import Hall
from tests.moving import past, publish, rows, timers
from workflows.actions.climb import NotDue
from workflows.actions.fire_timer import FireTimer
from workflows.actions.roll_back import RollBack


def test_a_limit_counts_working_days_and_then_the_process_goes_on(hall: Hall) -> None:
    publish(hall, "2wd")
    number = hall.accepted()
    (timer,) = timers(hall, number)
    assert (timer.limit, timer.due_at and timer.due_at.isoformat()) == (
        "2wd", "2026-03-04T15:59:59+00:00",
    )  # fmt: skip
    hall.at("2026-03-04T23:59")
    hall.sweep()
    assert hall.task(number, "R08").element == "review"
    hall.at("2026-03-05T00:00")
    hall.sweep()
    assert hall.task(number, "R08").element == "check"
    withdrawn = rows(hall, number, "R08")[0]
    assert withdrawn.closed_at is not None and withdrawn.conclusion is None
    event = next(event for event in hall.history(number) if event.action == "fire_timer")
    assert event.details["event"] == "承办超时"
    assert event.details["withdrawn"] == ["R08 承办人审查"]
    assert event.details["opened"] == ["R08 审核人审核"]


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("P2D", "2026-03-04T15:59:59+00:00"),
        ("P1W", "2026-03-09T15:59:59+00:00"),
        ("PT90M", "2026-03-02T03:00:00+00:00"),
        ("P1DT1H", "2026-03-03T02:30:00+00:00"),
        ("2h", "2026-03-02T03:30:00+00:00"),
    ],
)
def test_durations_are_calendar_days_or_time_that_passes(hall: Hall, limit: str, due: str) -> None:
    publish(hall, limit)
    (timer,) = timers(hall, hall.accepted())
    assert timer.due_at is not None and timer.due_at.isoformat() == due


def test_it_fires_once_and_a_second_time_is_refused(hall: Hall) -> None:
    publish(hall, "2wd")
    number = hall.accepted()
    (timer,) = timers(hall, number)
    with pytest.raises(NotDue):
        hall.act("system", number, FireTimer(timer.id))
    hall.at("2026-03-05T09:00")
    hall.act("system", number, FireTimer(timer.id))
    with pytest.raises(NotDue):
        hall.act("system", number, FireTimer(timer.id))
    hall.sweep()
    assert hall.actions(number).count("fire_timer") == 1


def test_what_was_done_in_time_disarms_it(hall: Hall) -> None:
    publish(hall, "2wd")
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    (timer,) = timers(hall, number)
    assert timer.closed_at is not None and timer.next_at is None
    hall.at("2026-03-06T09:00")
    hall.sweep()
    assert "fire_timer" not in hall.actions(number)


def test_a_special_procedure_of_its_item_stops_it(hall: Hall) -> None:
    publish(hall, "2wd", "construction")
    number = hall.accepted({"is_special_fire_project": True}, process="construction")
    (timer, *_) = timers(hall, number)
    hall.sign_for(number, "G02")
    hall.at("2026-03-03T10:00")
    hall.suspend(number, "G02", "专家评审", 5)
    (frozen, *_) = timers(hall, number)
    assert frozen.due_at and frozen.due_at.isoformat() == "2026-03-11T15:59:59+00:00"
    hall.at("2026-03-06T10:00")
    hall.sweep()
    hall.resume(number, "G02")
    (again, *_) = timers(hall, number)
    assert timer.due_at and again.due_at and again.due_at.isoformat() == "2026-03-09T15:59:59+00:00"
    hall.at("2026-03-10T00:00")
    hall.sweep()
    assert hall.task(number, "G02").element == "check"


def test_a_timer_that_is_armed_again_counts_on_from_its_first_start(hall: Hall) -> None:
    publish(hall, "3wd")
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    hall.at("2026-03-04T10:00")
    hall.act("lead", number, RollBack(past(hall, number, "R08", "review").id, "审查有遗漏"))
    (timer,) = timers(hall, number)
    assert timer.closed_at is None
    assert timer.due_at and timer.due_at.isoformat() == "2026-03-05T15:59:59+00:00"


def test_a_timer_that_had_run_out_begins_anew(hall: Hall) -> None:
    publish(hall, "1wd")
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.at("2026-03-04T10:00")
    hall.sweep()
    (review,) = (row for row in rows(hall, number, "R08") if row.element == "review")
    hall.act("lead", number, RollBack(review.id, "承办人已到岗"))
    assert hall.task(number, "R08").id == review.id
    old, new = timers(hall, number)
    assert old.closed_at is not None and new.closed_at is None
    assert new.due_at and new.due_at.isoformat() == "2026-03-05T15:59:59+00:00"


def test_two_schedulers_fire_it_once(hall: Hall) -> None:
    publish(hall, "1wd")
    number = hall.accepted()
    hall.at("2026-03-04T10:00")
    with ThreadPoolExecutor(2) as pool:
        climbed = [job.result() for job in [pool.submit(hall.sweep) for _ in range(2)]]
    assert sum(climbed) >= 1
    assert hall.actions(number).count("fire_timer") == 1
