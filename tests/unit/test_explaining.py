"""A due date is explained day by day, and the explanation agrees with the arithmetic."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given

from tests.unit.test_deadline_laws import CN, LAW, ledgers
from workflows.clock import OFFICE_ZONE, office_day
from workflows.deadlines import Ledger, Limit, Pause, due
from workflows.explaining import COUNTING, Stretch, Why, explain

TUESDAY = datetime(2026, 9, 22, 10, 0, tzinfo=OFFICE_ZONE)


def told(limit: str, *pauses: Pause, started_at: datetime = TUESDAY) -> list[tuple[str, Why, int]]:
    """Each stretch: from when to when, why, and how many days had been counted."""

    def days(one: Stretch) -> str:
        last = f"{one.last:%m-%d}" if one.last else ""
        return f"{one.first:%m-%d}" if one.first == one.last else f"{one.first:%m-%d}/{last}"

    ledger = Ledger(started_at, Limit.parse(limit), pauses)
    return [(days(one), one.why, one.number) for one in explain(ledger, CN)]


@LAW
@given(ledgers())
def test_it_ends_when_the_arithmetic_says_and_leaves_out_as_many_days(ledger: Ledger) -> None:
    ends = due(ledger, CN)
    assume(ends.at is None or ends.at.year < 2040)
    found = explain(ledger, CN)
    last = found[-1].last
    assert last == ends.on
    if ends.at is None:
        assert found[-1].why is Why.PAUSED
        return
    counted = sum(one.days for one in found if one.why in COUNTING)
    assert counted == ledger.days == found[-1].number
    assert sum((one.hours for one in found), timedelta()) == ledger.limit.rest(CN)
    assert any(one.provisional for one in found) <= ends.provisional
    assert all(
        after.first - before.first == timedelta(before.days) for before, after in pairwise(found)
    )


@LAW
@given(ledgers())
def test_as_many_days_are_frozen_as_the_arithmetic_takes_out(ledger: Ledger) -> None:
    ends = due(ledger, CN)
    assume(ends.at is not None and ends.at.year < 2040 and not ledger.limit.rest(CN))
    paused = [one for one in explain(ledger, CN) if one.why is Why.PAUSED]
    assert sum(one.days for one in paused) == ends.frozen_days


def test_a_festival_and_the_weekends_worked_for_it_are_named() -> None:
    assert told("10wd") == [
        ("09-22", Why.START, 0),
        ("09-23/09-24", Why.COUNTED, 2),
        ("09-25/09-27", Why.HOLIDAY, 2),
        ("09-28/09-30", Why.COUNTED, 5),
        ("10-01/10-07", Why.HOLIDAY, 5),
        ("10-08/10-09", Why.COUNTED, 7),
        ("10-10", Why.WORKED, 8),
        ("10-11", Why.WEEKEND, 8),
        ("10-12/10-13", Why.COUNTED, 10),
    ]
    ledger = Ledger(TUESDAY, Limit.parse("10wd"))
    names = [one.name for one in explain(ledger, CN) if one.why is Why.HOLIDAY]
    assert names == ["中秋节", "国庆节"]


def test_a_pause_stands_still_and_counts_again_when_it_lasts_too_long() -> None:
    hearing = Pause(date(2026, 9, 23), None, 1, "hearing")
    assert told("3wd", hearing)[:4] == [
        ("09-22", Why.START, 0),
        ("09-23", Why.PAUSED, 0),
        ("09-24", Why.CAPPED, 1),
        ("09-25/09-27", Why.HOLIDAY, 1),
    ]
    assert told("3wd", Pause(date(2026, 9, 24), None, None, "hearing"))[-1] == (
        "09-24/", Why.PAUSED, 1,
    )  # fmt: skip


def test_calendar_days_that_end_on_a_closed_day_move_on() -> None:
    assert told("4d") == [
        ("09-22", Why.START, 0),
        ("09-23/09-26", Why.COUNTED, 4),
        ("09-27/09-28", Why.CLOSED, 4),
    ]


def test_hours_are_those_of_the_hall() -> None:
    half = Ledger(TUESDAY, Limit(Decimal("0.5"), Limit.parse("1wd").unit))
    found = explain(half, CN)
    assert [(one.first, one.why, one.hours) for one in found] == [
        (office_day(TUESDAY), Why.HOURS, timedelta(hours=3.5))
    ]
