"""Laws of the clock that hold for every case, whatever its dates."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workflows.calendar import load
from workflows.clock import OFFICE_ZONE, office_moment
from workflows.deadlines import Ledger, Limit, Pause, Unit, days_left, due, extend, yellow_at

CN = load()
FIRST, LAST = date(2010, 1, 1), date(2027, 12, 31)
LAW = settings(deadline=None, max_examples=100)
DISTANT = office_moment(date(2100, 1, 1), time(0))

days = st.dates(FIRST, LAST)
moments = st.datetimes(datetime(2010, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=OFFICE_ZONE, second=0, microsecond=0)
)
whole_days = st.builds(Limit, st.integers(0, 120).map(Decimal), st.just(Unit.WORKING_DAYS))
calendar_days = st.builds(Limit, st.integers(1, 180).map(Decimal), st.just(Unit.DAYS))
hours = st.integers(1, 200).map(lambda quarters: Limit(Decimal(quarters) / 4, Unit.HOURS))
limits = st.one_of(whole_days, calendar_days, hours)


@st.composite
def pauses_from(draw: st.DrawFn, start: date, closed: bool = False) -> Pause:
    """A pause that begins within ten weeks around the start."""
    begins = start + timedelta(draw(st.integers(-10, 60)))
    ends = begins + timedelta(draw(st.integers(0, 60)))
    if closed:
        return Pause(begins, ends)
    cap = draw(st.none() | st.integers(1, 30))
    return Pause(begins, draw(st.sampled_from([ends, None])), cap)


@st.composite
def ledgers(draw: st.DrawFn, limit: st.SearchStrategy[Limit] = limits) -> Ledger:
    started_at = draw(moments)
    pauses = draw(st.lists(pauses_from(started_at.date()), max_size=4))
    return Ledger(started_at, draw(limit), tuple(pauses), draw(st.integers(0, 20)))


def ends(ledger: Ledger) -> datetime:
    """The due instant, one that never comes being the latest of all."""
    return due(ledger, CN).at or DISTANT


def with_pauses(ledger: Ledger, *pauses: Pause) -> Ledger:
    return replace(ledger, pauses=pauses)


def counted_one_by_one(ledger: Ledger) -> date | None:
    """The same rules, read from the law and walked a day at a time."""
    start = ledger.started_at.date()
    left, day, used = ledger.days, start, [0] * len(ledger.pauses)
    while left > 0:
        day += timedelta(1)
        if day.year > LAST.year + 2:
            return None
        if ledger.limit.unit is Unit.WORKING_DAYS and not CN.is_workday(day):
            continue
        frozen = False
        for n, pause in enumerate(ledger.pauses):
            within = pause.started_on <= day and (pause.ended_on is None or day < pause.ended_on)
            if within and (pause.cap_days is None or used[n] < pause.cap_days):
                used[n] += 1
                frozen = True
        left -= not frozen
    while not CN.is_workday(day):
        day += timedelta(1)
    return day


@LAW
@given(ledgers(st.one_of(whole_days, calendar_days)))
def test_the_arithmetic_agrees_with_counting_day_by_day(ledger: Ledger) -> None:
    assert due(ledger, CN).on == counted_one_by_one(ledger)


@LAW
@given(ledgers(hours), st.integers(0, 40))
def test_the_hours_that_ran_are_the_hours_allowed(ledger: Ledger, quarters: int) -> None:
    plain = replace(ledger, pauses=(), extension_days=0)
    end, ran = ends(plain), timedelta()
    day = plain.started_at.date()
    while day <= end.date():
        for opens, closes in CN.sessions if CN.is_workday(day) else ():
            begins = max(office_moment(day, opens), plain.started_at)
            ran += max(timedelta(), min(office_moment(day, closes), end) - begins)
        day += timedelta(1)
    assert ran == timedelta(hours=float(plain.limit.amount))


@LAW
@given(ledgers(), st.data())
def test_one_more_pause_never_makes_a_deadline_earlier(ledger: Ledger, data: st.DataObject) -> None:
    more = data.draw(pauses_from(ledger.started_at.date()))
    assert ends(with_pauses(ledger, *ledger.pauses, more)) >= ends(ledger)


@LAW
@given(ledgers(), st.data())
def test_the_order_of_the_pauses_does_not_matter(ledger: Ledger, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(ledger.pauses))
    assert due(with_pauses(ledger, *shuffled), CN) == due(ledger, CN)


@LAW
@given(ledgers())
def test_a_day_frozen_twice_counts_once(ledger: Ledger) -> None:
    assert due(with_pauses(ledger, *ledger.pauses, *ledger.pauses), CN) == due(ledger, CN)


@LAW
@given(ledgers(), st.data())
def test_overlapping_pauses_freeze_their_union(ledger: Ledger, data: st.DataObject) -> None:
    one = data.draw(pauses_from(ledger.started_at.date(), closed=True))
    other = data.draw(pauses_from(ledger.started_at.date(), closed=True))
    assert one.ended_on and other.ended_on
    assume(max(one.started_on, other.started_on) <= min(one.ended_on, other.ended_on))
    union = Pause(min(one.started_on, other.started_on), max(one.ended_on, other.ended_on))
    assert due(with_pauses(ledger, one, other), CN) == due(with_pauses(ledger, union), CN)


@LAW
@given(ledgers(), st.data())
def test_splitting_a_pause_changes_nothing(ledger: Ledger, data: st.DataObject) -> None:
    whole = data.draw(pauses_from(ledger.started_at.date(), closed=True))
    assert whole.ended_on
    between = data.draw(st.dates(whole.started_on, whole.ended_on))
    halves = (Pause(whole.started_on, between), Pause(between, whole.ended_on))
    assert due(with_pauses(ledger, *halves), CN) == due(with_pauses(ledger, whole), CN)


@LAW
@given(ledgers(), st.data())
def test_a_pause_ended_on_the_day_it_began_changes_nothing(
    ledger: Ledger, data: st.DataObject
) -> None:
    day = data.draw(pauses_from(ledger.started_at.date())).started_on
    assert due(with_pauses(ledger, *ledger.pauses, Pause(day, day)), CN) == due(ledger, CN)


@LAW
@given(ledgers())
def test_a_cap_never_makes_a_deadline_later(ledger: Ledger) -> None:
    uncapped = [replace(pause, cap_days=None) for pause in ledger.pauses]
    assert ends(ledger) <= ends(with_pauses(ledger, *uncapped))


@LAW
@given(ledgers(), st.integers(1, 400))
def test_with_a_cap_there_is_always_a_due_date(ledger: Ledger, cap: int) -> None:
    capped = [replace(pause, cap_days=cap) for pause in ledger.pauses]
    assert due(with_pauses(ledger, *capped), CN).at is not None


@LAW
@given(ledgers(), st.integers(1, 60))
def test_a_longer_limit_of_the_same_kind_is_never_due_earlier(ledger: Ledger, more: int) -> None:
    longer = Limit(ledger.limit.amount + more, ledger.limit.unit)
    assert ends(replace(ledger, limit=longer)) >= ends(ledger)


@LAW
@given(ledgers(whole_days), st.integers(1, 99), st.integers(1, 99))
def test_days_in_parts_keep_their_order_among_whole_days(
    ledger: Ledger, hundredths: int, others: int
) -> None:
    def plus(part: Decimal) -> datetime:
        amount = ledger.limit.amount + part
        return ends(replace(ledger, limit=Limit(amount, Unit.WORKING_DAYS)))

    less, more = sorted((hundredths, others))
    assert plus(Decimal(less) / 100) <= plus(Decimal(more) / 100) <= plus(Decimal(1))
    if ledger.days:
        assert plus(Decimal(0)) <= plus(Decimal(less) / 100)


@LAW
@given(moments)
def test_half_a_day_is_half_the_hours_of_the_hall(started_at: datetime) -> None:
    half, hours = Limit.parse("0.5wd"), Limit(Decimal("3.5"), Unit.HOURS)
    assert due(Ledger(started_at, half), CN) == due(Ledger(started_at, hours), CN)


@LAW
@given(ledgers(st.one_of(whole_days, calendar_days)), st.integers(1, 60))
def test_an_extension_is_a_longer_limit(ledger: Ledger, more: int) -> None:
    longer = Limit(ledger.limit.amount + more, ledger.limit.unit)
    assert due(extend(ledger, more), CN) == due(replace(ledger, limit=longer), CN)


@LAW
@given(ledgers())
def test_a_deadline_ends_while_the_hall_works(ledger: Ledger) -> None:
    on = due(ledger, CN).on
    assert on is None or CN.is_workday(on)


@LAW
@given(ledgers())
def test_the_warning_lies_between_the_start_and_the_end(ledger: Ledger) -> None:
    warned = yellow_at(ledger, CN)
    if warned is None:
        assert due(ledger, CN).at is None
    else:
        assert ledger.started_at <= warned <= ends(ledger)


@LAW
@given(ledgers(st.one_of(whole_days, calendar_days)), st.integers(0, 3))
def test_the_warning_agrees_with_the_days_left(ledger: Ledger, before: int) -> None:
    answer, warned = due(ledger, CN), yellow_at(ledger, CN, before_days=before)
    assume(warned is not None and warned > ledger.started_at)
    assert warned is not None
    eve = days_left(warned - timedelta(seconds=1), answer, CN)
    assert eve is not None and eve > before
    if ledger.days < 10:
        assert days_left(warned, answer, CN) == before


@LAW
@given(ledgers(), moments)
def test_the_days_left_lead_to_the_due_day(ledger: Ledger, now: datetime) -> None:
    answer = due(ledger, CN)
    left = days_left(now, answer, CN)
    if answer.at is None or answer.on is None or left is None:
        assert answer.at is None and left is None
    elif left > 0:
        assert CN.nth_workday_after(now.date(), left) == answer.on
    elif left == 0:
        assert now <= answer.at and CN.workdays_between(now.date(), answer.on) == 0
    else:
        assert now > answer.at


@LAW
@given(ledgers())
def test_the_answer_rests_on_announced_years_unless_it_says_so(ledger: Ledger) -> None:
    answer = due(ledger, CN)
    last = answer.on.year if answer.on else ledger.started_at.year
    assert answer.provisional == (last > 2026)
