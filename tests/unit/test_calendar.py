from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from pathlib import Path

import holidays
import pytest

from workflows import calendar
from workflows.calendar import WorkCalendar, YearNotCovered, load, regions

CN = load()


def every_day(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + timedelta(n) for n in range((date(last, 12, 31) - start).days + 1)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_since_2004_agrees_with_an_independent_calendar(year: int) -> None:
    china = holidays.country_holidays("CN", years=(year, year + 1))
    differing = [d for d in every_day(year, year) if CN.is_workday(d) != china.is_working_day(d)]
    assert differing == []


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_year_add_up(year: int, days: int) -> None:
    assert CN.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_a_weekend_worked_in_exchange_is_a_working_day() -> None:
    assert CN.is_workday(date(2026, 2, 14))  # Saturday before the Spring Festival
    assert not CN.is_workday(date(2026, 2, 16))  # Monday in it
    assert not CN.is_workday(date(2026, 2, 7))  # an ordinary Saturday
    assert CN.is_workday(date(2005, 12, 31))  # worked for the New Year of 2006


def test_the_year_not_yet_announced_has_the_statutory_festivals_only() -> None:
    china = holidays.country_holidays("CN", years=2027, language="en_US")
    statutory = {day for day in china if "observed" not in china[day]}
    assert set(CN.years[2027].holidays) == statutory
    assert not CN.years[2027].worked
    assert CN.is_provisional(2027)
    assert not CN.is_provisional(2026)


def test_a_year_without_data_is_counted_provisionally_and_never_fails() -> None:
    assert CN.is_provisional(2031)
    assert not CN.is_workday(date(2031, 10, 1))
    assert CN.is_workday(date(2031, 10, 6))
    assert CN.nth_workday_after(date(2026, 1, 1), 9999).year == 2065


@pytest.mark.parametrize("ask", [CN.is_workday, CN.ordinal, lambda day: CN.year(day.year)])
def test_a_day_before_the_first_year_is_refused(ask: Callable[[date], object]) -> None:
    with pytest.raises(YearNotCovered, match="2003") as refusal:
        ask(date(2003, 12, 31))
    assert refusal.value.code == "year_not_covered"


def test_working_days_are_counted_the_same_in_every_way() -> None:
    eve = date(2025, 1, 27)  # the holiday begins the day after
    following = list(islice(CN.workdays_after(eve), 5))
    assert following[0] == date(2025, 2, 5)
    assert following == [CN.nth_workday_after(eve, n) for n in range(1, 6)]
    assert CN.workdays_between(eve, following[-1]) == 5
    assert CN.workdays_between(following[-1], eve) == -5
    assert [CN.workday_at(CN.ordinal(day)) for day in following] == following


def test_a_full_day_has_seven_hours_in_two_sessions() -> None:
    assert CN.standard_hours == Fraction(7)
    assert len(CN.sessions) == 2


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 12, 31), True),
        (date(2025, 12, 1), False),  # 2026 has been announced
    ],
)
def test_next_year_is_missed_from_november(today: date, missing: bool) -> None:
    assert CN.missing_next_year(today) is missing


def test_every_announced_year_says_who_announced_it() -> None:
    assert all(year.source for year in CN.years.values())
    assert set(CN.years) == set(range(2004, 2028))


def test_a_calendar_is_read_once() -> None:
    assert load("cn") is load("cn")


def region(folder: Path, text: str) -> WorkCalendar:
    (folder / "test.toml").write_text(text, encoding="utf-8")
    return load("test", folder)


FESTIVAL = """
name = "某自治州"
base = "cn"
sessions = ["10:00-13:30", "15:00-18:30"]
[2026]
worked = ["2026-04-18", "2026-10-04"]
[2026.holidays]
"三月三" = ["2026-04-20/2026-04-21", "2026-10-10"]
[2030]
holidays = {"三月三" = ["2030-04-05"]}
"""


def test_a_region_adds_its_festivals_and_hours_to_the_country(tmp_path: Path) -> None:
    local = region(tmp_path, FESTIVAL)
    changed = {d for d in every_day(2026, 2026) if local.is_workday(d) != CN.is_workday(d)}
    assert changed == {
        date(2026, 4, 18),  # a Saturday worked
        date(2026, 4, 20),
        date(2026, 4, 21),
        date(2026, 10, 4),  # a Sunday of the national holiday, worked here
        date(2026, 10, 10),  # a weekend worked elsewhere, off here
    }
    assert date(2026, 10, 4) not in local.years[2026].holidays
    assert local.sessions != CN.sessions
    assert local.is_workday(date(2025, 4, 21))
    assert not local.is_provisional(2026)


def test_a_region_may_describe_a_year_the_country_does_not(tmp_path: Path) -> None:
    local = region(tmp_path, FESTIVAL)
    assert local.is_provisional(2030)
    assert not local.is_workday(date(2030, 4, 5))
    assert not local.is_workday(date(2030, 10, 1))
    assert not local.is_workday(date(2031, 10, 1))


def test_an_office_may_enter_the_announcement_before_the_next_release(tmp_path: Path) -> None:
    local = region(
        tmp_path,
        'name = "某市"\nbase = "cn"\n[2027]\nstatus = "official"\nsource = "通知"\n'
        'worked = ["2027-02-20"]\nholidays = {"春节" = ["2027-02-09/2027-02-12"]}\n',
    )
    assert not local.is_provisional(2027)
    assert local.is_workday(date(2027, 2, 20))
    assert not local.is_workday(date(2027, 2, 8))  # a festival by law, as before
    assert not local.is_workday(date(2027, 2, 12))


def test_a_file_of_the_office_stands_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "cn.toml"
    own.write_text(regions()["cn"].read_text("utf-8").replace("全国", "本地"), encoding="utf-8")
    assert load("cn", tmp_path).name == "本地"


@pytest.mark.parametrize("name", ["atlantis", "../cn", ""])
def test_an_unknown_region_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    (tmp_path / "hefei.toml").touch()
    with pytest.raises(calendar.UnknownRegion) as refusal:
        load(name, tmp_path)
    assert refusal.value.params == {"region": name, "known": "cn、hefei"}


YEAR = 'name = "x"\nsessions = ["09:00-12:00"]\n[2026]\nstatus = "official"\nsource = "通知"\n'


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("name = ", "calendar_unreadable", ""),
        (YEAR + 'worked = ["2026-02-30"]', "calendar_value_wrong", "2026.worked"),
        (YEAR + 'worked = "2026-02-14"', "calendar_value_wrong", "2026.worked"),
        (YEAR + 'worked = ["2026-02-14/"]', "calendar_value_wrong", "2026.worked"),
        (
            YEAR + 'holidays = {"春节" = ["2026-02-17/2026-02-16"]}',
            "calendar_value_wrong",
            "2026.holidays.春节",
        ),
        (
            YEAR + 'worked = ["2026-02-14"]\nholidays = {"春节" = ["2026-02-14"]}',
            "calendar_day_twice",
            "2026.worked",
        ),
        (YEAR + 'worked = ["2026-02-13"]', "calendar_worked_weekday", "2026.worked"),
        (YEAR + 'worked = ["2025-02-08"]', "calendar_year_mismatch", "2026.worked"),
        (
            YEAR + 'holidays = {"元旦" = ["2026-12-31/2027-01-01"]}',
            "calendar_year_mismatch",
            "2026.holidays.元旦",
        ),
        (YEAR.replace("official", "sure"), "calendar_value_wrong", "2026.status"),
        (YEAR.replace('status = "official"', ""), "calendar_key_missing", "2026.status"),
        (YEAR.replace("通知", ""), "calendar_value_wrong", "2026.source"),
        (YEAR + "wroked = []", "calendar_key_unknown", "2026.wroked"),
        (YEAR.replace("[2026]", "[26]"), "calendar_key_unknown", "26"),
        (YEAR.replace('name = "x"', ""), "calendar_key_missing", "name"),
        (YEAR.replace('"09:00-12:00"', '"12:00-09:00"'), "calendar_value_wrong", "sessions"),
        (YEAR.replace('"09:00-12:00"', '"09:00-09:00"'), "calendar_value_wrong", "sessions"),
        (YEAR.replace('"09:00-12:00"', '"9-12"'), "calendar_value_wrong", "sessions"),
        (YEAR.replace('"09:00-12:00"', ""), "calendar_value_wrong", "sessions"),
        (YEAR + '[every_year]\n"闰日" = ["02-29"]', "calendar_value_wrong", "every_year.闰日"),
        ('name = "x"\nsessions = ["09:00-12:00"]', "calendar_key_missing", "[2004]"),
        ('name = "x"\nbase = "test"', "calendar_value_wrong", "base"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_the_key(
    text: str, code: str, key: str, tmp_path: Path
) -> None:
    with pytest.raises(calendar.CalendarFaulty) as refusal:
        region(tmp_path, text)
    assert (refusal.value.code, refusal.value.params["key"]) == (code, key)
    assert "test.toml" in str(refusal.value)
