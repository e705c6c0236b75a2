"""The clockwork catches up when it starts, and wakes when something is due."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from server import scheduler as clockwork
from server.context import Services
from server.scheduler import AT_LEAST_EVERY, JOB, schedule, stop, wake_after
from tests.hall import Hall
from workflows.models.deadline import Basis, Clock


def set_up(services: Services) -> BackgroundScheduler:
    """A clockwork that has caught up and is not started yet."""
    scheduler = BackgroundScheduler(timezone="Asia/Shanghai")
    schedule(scheduler, services)
    return scheduler


def test_what_became_due_while_it_was_down_is_done_when_it_starts(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-20T09:30")
    set_up(hall.services)
    assert hall.actions(number)[:3] == ["receive", "warn", "deem_accepted"]


def test_it_wakes_at_the_next_due_instant(hall: Hall) -> None:
    number = hall.receive()
    yellow_at = hall.deadline(number, Clock.NOTICE, Basis.STATUTORY).yellow_at
    assert yellow_at is not None
    hall.clock.set(yellow_at - timedelta(seconds=2))
    job = set_up(hall.services).get_job(JOB)
    assert job is not None and job.next_run_time == yellow_at


def test_what_another_process_starts_is_noticed_within_five_seconds(hall: Hall) -> None:
    now = hall.clock.now()
    assert AT_LEAST_EVERY < timedelta(seconds=5)
    assert wake_after(hall.services, now) == now + AT_LEAST_EVERY
    hall.receive()
    assert wake_after(hall.services, now) == now + AT_LEAST_EVERY


def test_a_sweep_that_fails_does_not_stop_the_clockwork(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(services: Services) -> int:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(clockwork, "sweep_once", broken)
    assert set_up(hall.services).get_job(JOB) is not None


def test_stopping_in_the_middle_of_a_turn_does_not_hang(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = set_up(hall.services)
    turning, go_on, ended = Event(), Event(), Event()

    def slow(services: Services) -> int:
        turning.set()
        go_on.wait(30)
        return 0

    def end(services: Services, now: datetime) -> datetime:
        ended.set()
        return now

    monkeypatch.setattr(clockwork, "sweep_once", slow)
    monkeypatch.setattr(clockwork, "wake_after", end)
    scheduler.start()
    assert turning.wait(30)
    stop(scheduler)
    go_on.set()
    assert ended.wait(30)
