from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from workflows.calendar import YearNotCovered, load
from workflows.clock import MomentWithoutZone, office_moment
from workflows.deadlines import (
    DaysOutOfRange,
    Ledger,
    Light,
    Limit,
    LimitMalformed,
    Pause,
    PauseAfterDue,
    PauseEndsBeforeStart,
    Unit,
    add_pause,
    days_left,
    due,
    extend,
    is_paused,
    light,
    yellow_at,
)

CN = load()
MONDAY = date(2026, 3, 2)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return office_moment(day, time(hour, minute))


def march(day: int) -> date:
    return date(2026, 3, day)


def ledger(limit: str, *pauses: Pause, started_at: datetime | None = None) -> Ledger:
    return Ledger(started_at or at(MONDAY), Limit.parse(limit), pauses)


def due_on(limit: str, *pauses: Pause, started_at: datetime | None = None) -> date | None:
    return due(ledger(limit, *pauses, started_at=started_at), CN).on


def due_at(limit: str, *pauses: Pause, started_at: datetime | None = None) -> datetime | None:
    return due(ledger(limit, *pauses, started_at=started_at), CN).at


@pytest.mark.parametrize("text", ["0wd", "0.5wd", "1.25wd", "10wd", "3.5h", "60d", "9999wd"])
def test_a_limit_reads_what_it_writes(text: str) -> None:
    assert str(Limit.parse(text)) == text


def test_the_same_limit_written_otherwise_is_the_same_limit() -> None:
    assert Limit.parse(" 3.50h ") == Limit.parse("3.5h")
    assert str(Limit(Decimal(100), Unit.WORKING_DAYS)) == "100wd"


@pytest.mark.parametrize(
    "text", ["", "10", "wd", "-1wd", "10 wd", "10WD", "1e3wd", "10000wd", "0h", "0d", "1.5d", "٣wd"]
)
def test_a_malformed_limit_is_refused_with_what_was_written(text: str) -> None:
    with pytest.raises(LimitMalformed) as refusal:
        Limit.parse(text)
    assert refusal.value.params == {"text": text}


def test_a_limit_knows_its_whole_days() -> None:
    assert [Limit.parse(text).days for text in ("10wd", "1.5wd", "0.5wd", "8h", "60d")] == [
        *(10, 1, 0, 0, 60)
    ]


def test_the_start_is_the_office_day_wherever_the_clock_stands() -> None:
    late_on_sunday_in_london = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # Monday at the counter
    assert due_on("1wd", started_at=late_on_sunday_in_london) == march(3)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        ledger("1wd", started_at=at(MONDAY).replace(tzinfo=None))


def test_a_start_before_the_calendar_is_refused() -> None:
    with pytest.raises(YearNotCovered):
        due_on("1wd", started_at=at(date(2003, 6, 2)))


def test_at_once_means_by_the_end_of_the_same_day() -> None:
    assert due_at("0wd") == office_moment(MONDAY, time(23, 59, 59))


def test_at_once_on_a_closed_day_means_the_next_working_day() -> None:
    assert due_on("0wd", started_at=at(date(2026, 3, 7))) == date(2026, 3, 9)


def test_a_day_and_a_half_is_a_whole_day_and_half_the_hours_of_the_next() -> None:
    assert due_at("1.5wd", started_at=at(MONDAY, 16, 45)) == at(march(4), 14, 0)


@pytest.mark.parametrize(
    ("limit", "started_at", "ends_at"),
    [
        ("3.5h", at(MONDAY, 8), at(MONDAY, 14)),  # before opening
        ("3.5h", at(MONDAY, 12), at(MONDAY, 17)),  # as lunch begins
        ("4h", at(MONDAY, 13, 30), at(MONDAY, 17, 30)),  # up to the last minute
        ("3.5h", at(MONDAY, 17, 30), at(march(3), 14)),  # as the hall closes
        ("3.5h", at(MONDAY, 22), at(march(3), 14)),
        ("4h", at(date(2026, 2, 14), 16), at(date(2026, 2, 24), 11, 30)),  # worked Saturday, 春节
    ],
)
def test_hours_run_only_while_the_hall_is_open(
    limit: str, started_at: datetime, ends_at: datetime
) -> None:
    assert due_at(limit, started_at=started_at) == ends_at


def test_a_frozen_day_has_no_hours() -> None:
    assert due_at("8h", Pause(march(3), march(5))) == at(march(5), 11)  # 2 h + 4 h, then 2 h
    assert due_at("8h", Pause(march(3))) is None


def test_calendar_days_run_through_holidays_but_do_not_end_on_one() -> None:
    assert due_on("60d") == date(2026, 5, 6)  # the sixtieth day is Labour Day, the hall opens 05-06
    assert due_on("30d") == date(2026, 4, 1)


def test_a_pause_takes_calendar_days_out_of_a_limit_in_calendar_days() -> None:
    paused = due(ledger("30d", Pause(march(6), march(10))), CN)
    assert (paused.on, paused.frozen_days) == (date(2026, 4, 7), 4)  # 04-05, 04-06 are 清明节


def test_nothing_is_due_while_a_pause_is_open() -> None:
    open_pause = ledger("10wd", Pause(march(10)))
    assert due(open_pause, CN).at is None
    assert yellow_at(open_pause, CN) is None
    assert days_left(at(march(10)), due(open_pause, CN), CN) is None


def test_an_open_pause_with_a_cap_counts_as_ended_when_the_cap_is_used_up() -> None:
    assert due_on("10wd", Pause(march(10), cap_days=3)) == march(19)
    assert due_on("10wd", Pause(march(10), march(31), cap_days=3)) == march(19)


def test_a_pause_that_ends_within_its_cap_excludes_only_its_own_days() -> None:
    assert due_on("10wd", Pause(march(10), march(12), cap_days=9)) == march(18)


def test_each_pause_has_its_own_cap() -> None:
    test = Pause(march(10), march(31), cap_days=2, kind="检验")
    hearing = Pause(march(11), march(31), cap_days=3, kind="听证")
    assert due(ledger("10wd", test, hearing), CN).frozen_days == 4  # 10, 11 and 11, 12, 13


def test_a_deadline_that_reaches_an_unannounced_year_is_provisional_not_an_error() -> None:
    answer = due(ledger("20wd", started_at=at(date(2026, 12, 15))), CN)
    assert answer.on == date(2027, 1, 13)
    assert answer.provisional
    assert not due(ledger("5wd", started_at=at(date(2026, 12, 15))), CN).provisional


def test_a_pause_may_start_on_the_due_day_but_not_after_it() -> None:
    ten_days = ledger("10wd")
    paused = add_pause(ten_days, Pause(march(16), march(18)), CN)
    assert due(paused, CN).on == march(18)
    with pytest.raises(PauseAfterDue, match=r"2026-03-16.*2026-03-17"):
        add_pause(ten_days, Pause(march(17)), CN)


def test_a_pause_after_the_due_day_cures_nothing_even_if_it_is_on_record() -> None:
    assert due_on("10wd", Pause(march(17))) == march(16)


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PauseEndsBeforeStart, match=r"2026-03-09.*2026-03-10"):
        Pause(march(10), march(9))


@pytest.mark.parametrize("days", [0, -1, 10_000])
def test_a_cap_or_an_extension_of_impossible_days_is_refused(days: int) -> None:
    with pytest.raises(DaysOutOfRange):
        Pause(march(10), cap_days=days)
    with pytest.raises(DaysOutOfRange):
        extend(ledger("10wd"), days)


def test_extensions_add_up() -> None:
    assert extend(extend(ledger("10wd"), 2), 3).extension_days == 5


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (MONDAY, 10),
        (march(13), 1),
        (march(14), 1),  # Saturday
        (march(16), 0),
        (march(17), -1),
        (march(20), -4),
        (march(21), -4),
        (march(23), -5),
    ],
)
def test_the_days_left_are_working_days_and_negative_once_overdue(today: date, left: int) -> None:
    assert days_left(at(today), due(ledger("10wd"), CN), CN) == left


def test_overdue_is_negative_from_the_first_moment_even_on_a_weekend() -> None:
    friday = due(ledger("4wd"), CN)
    assert days_left(at(march(6), 23, 59), friday, CN) == 0
    assert days_left(at(march(7), 0), friday, CN) == -1
    hours = due(ledger("2h"), CN)
    assert days_left(at(MONDAY, 13), hours, CN) == -1


def test_a_short_limit_warns_by_days_and_never_before_it_started() -> None:
    assert yellow_at(ledger("9wd"), CN) == office_moment(march(12), time(0))
    assert yellow_at(ledger("1wd"), CN) == at(MONDAY)
    assert yellow_at(ledger("0wd"), CN) == at(MONDAY)


def test_hours_warn_a_working_hour_before_they_end() -> None:
    assert yellow_at(ledger("3.5h"), CN) == at(MONDAY, 14)
    assert yellow_at(ledger("2h", started_at=at(MONDAY, 16, 45)), CN) == at(march(3), 9, 15)
    assert yellow_at(ledger("0.5h"), CN) == at(MONDAY)


def test_the_share_used_up_counts_from_ten_days() -> None:
    assert yellow_at(ledger("10wd"), CN, before_days=0) == office_moment(march(13), time(0))
    assert yellow_at(ledger("9wd"), CN, before_days=0) == office_moment(march(13), time(0))
    assert due_on("10wd") == march(16)
    assert due_on("9wd") == march(13)


def test_the_share_used_up_is_of_the_extended_limit() -> None:
    assert yellow_at(extend(ledger("10wd"), 10), CN) == office_moment(march(26), time(0))


@pytest.mark.parametrize(
    ("now", "held", "shown"),
    [
        (at(march(12), 23, 59), None, Light.GREEN),
        (at(march(13), 0), None, Light.YELLOW),
        (at(march(16), 23, 59), None, Light.YELLOW),
        (at(march(17), 0), None, Light.RED),
        (at(march(30), 23, 59), None, Light.RED),
        (at(march(31), 0), None, Light.PURPLE),
        (at(march(13), 0), Light.GREY, Light.GREY),
        (at(march(13), 0), Light.BLUE, Light.BLUE),
        (at(march(17), 0), Light.GREY, Light.RED),  # a pause cures nothing
        (at(march(31), 0), Light.BLUE, Light.PURPLE),
    ],
)
def test_the_light_shows_the_promise_then_the_law(
    now: datetime, held: Light | None, shown: Light
) -> None:
    promised = ledger("10wd")
    statutory = due(ledger("20wd"), CN).at
    assert light(now, due(promised, CN).at, statutory, yellow_at(promised, CN), held) == shown


def test_what_has_no_due_date_is_grey() -> None:
    assert light(at(MONDAY), None, None, None) == Light.GREY


def test_the_time_stands_still_until_the_work_resumes_or_the_cap_is_used_up() -> None:
    def frozen(*pauses: Pause) -> list[int]:
        days = (MONDAY + timedelta(n) for n in range(14))
        return [d.day for d in days if is_paused(at(d), ledger("10wd", *pauses), CN)]

    assert frozen(Pause(march(4), march(10))) == [4, 5, 6, 7, 8, 9]
    assert frozen(Pause(march(4), cap_days=2)) == [4, 5]
    assert frozen(Pause(march(12))) == [12, 13, 14, 15]
    assert frozen(Pause(march(4), march(4)), Pause(MONDAY, MONDAY)) == []
    assert frozen(Pause(MONDAY, march(4))) == [2, 3]
