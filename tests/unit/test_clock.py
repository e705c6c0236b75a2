from datetime import UTC, date, datetime, time, timedelta

import pytest

from workflows.clock import (
    OFFICE_ZONE,
    Clock,
    FixedClock,
    MomentWithoutZone,
    SystemClock,
    office_day,
    office_moment,
    passed,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=OFFICE_ZONE)


def test_seven_in_the_morning_at_the_counter_is_still_yesterday_in_utc() -> None:
    assert office_day(datetime(2024, 3, 4, 23, 0, tzinfo=UTC)) == date(2024, 3, 5)


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    naive = MORNING.replace(tzinfo=None)
    for read in (office_day, FixedClock, FixedClock(MORNING).set):
        with pytest.raises(MomentWithoutZone, match="2026-03-02 09:00:00"):
            read(naive)


def test_a_moment_of_the_hall_is_eight_hours_ahead_of_utc() -> None:
    moment = office_moment(date(2026, 3, 2), time(9))
    assert moment == MORNING == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_the_last_second_of_a_day_lasts_until_midnight() -> None:
    ends = office_moment(date(2026, 3, 2), time(23, 59, 59))
    assert not passed(ends + timedelta(milliseconds=999), ends)
    assert passed(ends + timedelta(seconds=1), ends)


def test_what_never_comes_never_passes() -> None:
    assert not passed(MORNING, None)


def test_a_fixed_clock_moves_only_when_told_to() -> None:
    clock = FixedClock(MORNING)
    assert clock.now() == clock.now() == MORNING
    clock.advance(days=1, hours=2)
    assert clock.now() == datetime(2026, 3, 3, 11, 0, tzinfo=OFFICE_ZONE)
    clock.set(MORNING)
    assert clock.now() == MORNING


def test_the_system_clock_knows_its_zone_and_does_not_run_backwards() -> None:
    clock: Clock = SystemClock()
    first = clock.now()
    assert first.utcoffset() == timedelta(0)
    assert clock.now() >= first
