"""A year is imported over the files, in one row of history, and nothing else changes by it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from server.context import Services
from tests.calendars import OFF, SOURCE, arranged, day, imported, stored
from tests.hall import Hall
from workflows.actions import NotPermitted
from workflows.actions.base import ReasonMissing
from workflows.actions.import_calendar import (
    CalendarChanged,
    CalendarSame,
    SourceMissing,
    YearOutOfReach,
)
from workflows.arrangement import (
    DayOffAndWorked,
    DayOutsideYear,
    NoHoliday,
    Stretch,
    WorkedWeekday,
)
from workflows.calendar import UnknownRegion
from workflows.errors import WorkflowError
from workflows.queries.timeline import verify_all


def test_an_imported_year_is_counted_with_everywhere_within_two_seconds(hall: Hall) -> None:
    before = hall.services.calendar()
    assert before.is_provisional(2027) and before.is_workday(day(2, 9))
    imported(hall)
    hall.clock.advance(seconds=2)
    after = hall.services.calendar()
    assert not after.is_provisional(2027)
    assert not after.is_workday(day(2, 9)) and after.is_workday(day(2, 20))
    assert after.year(2026) == before.year(2026), "the other years stay those of the file"
    assert hall.services.calendar() is after, "it is worked out once"


def test_an_import_is_one_row_of_history_with_the_year_before_and_after(hall: Hall) -> None:
    number = hall.accepted()
    due = [row.due_at for row in hall.case(number).deadlines]
    imported(hall)
    (event,) = hall.history("calendar:cn")
    assert (event.action, event.actor) == ("import_calendar", hall.actor("admin").name)
    before, after = event.details["before"], event.details["after"]
    assert before["status"] == "provisional" and before["holidays"]["春节"] == [
        "2027-02-05/2027-02-08"
    ]
    assert after["status"] == "official" and after["source"] == SOURCE
    assert after["holidays"]["端午节"] == ["2027-06-09"] and "2027-02-20" in after["worked"]
    assert (event.details["year"], event.details["since"]) == (2027, "2027-01-01")
    assert [row.due_at for row in hall.case(number).deadlines] == due
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))


def test_the_second_import_goes_on_where_the_first_one_ended(hall: Hall) -> None:
    imported(hall)
    moved = (*OFF[:-1], Stretch(day(9, 30), day(10, 6), "国庆节"))
    imported(hall, revision=1, off=moved)
    first, second = hall.history("calendar:cn")
    assert second.details["before"] == first.details["after"]
    assert second.details["since"] == "2027-09-30"
    calendar = stored(hall)
    assert calendar.revision == 2
    assert calendar.recount_from == date(2027, 1, 1), "the first one was not counted yet"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"revision": 5}, CalendarChanged),
        ({"year": 2003}, YearOutOfReach),
        ({"year": 2035}, YearOutOfReach),
        ({"source": " "}, SourceMissing),
        ({"reason": ""}, ReasonMissing),
        ({"holidays": {}}, NoHoliday),
        ({"holidays": {date(2026, 12, 31): "元旦"}}, DayOutsideYear),
        ({"worked": frozenset({day(2, 6)})}, DayOffAndWorked),
        ({"worked": frozenset({day(2, 19)})}, WorkedWeekday),
    ],
)
def test_a_year_that_cannot_be_is_refused_and_changes_nothing(
    hall: Hall, changes: dict[str, object], refusal: type[WorkflowError]
) -> None:
    with pytest.raises(refusal):
        hall.act("admin", "cn", replace(arranged(), **changes))  # type: ignore[arg-type]
    assert hall.history("calendar:cn") == []
    hall.clock.advance(seconds=2)
    assert hall.services.calendar().is_provisional(2027)


def test_what_is_as_it_was_is_not_imported_again(hall: Hall) -> None:
    imported(hall)
    with pytest.raises(CalendarSame):
        imported(hall, revision=1)


def test_only_administrators_import_and_only_for_a_region_there_is(hall: Hall) -> None:
    with pytest.raises(NotPermitted):
        hall.act("supervisor", "cn", arranged())
    with pytest.raises(UnknownRegion):
        hall.act("admin", "mars", arranged())


def test_words_that_change_no_day_count_nothing_again(hall: Hall) -> None:
    renamed = [replace(one, name="国庆") if one.name == "国庆节" else one for one in OFF]
    imported(hall)
    hall.clock.advance(seconds=6)
    hall.sweep()
    imported(hall, revision=1, off=renamed)
    assert stored(hall).recount_at is None


def test_a_region_that_stands_on_the_country_follows_it(hall: Hall, tmp_path: Path) -> None:
    """Its own days off stay its own (全国年节及纪念日放假办法 §4)."""
    text = 'name = "某州"\nbase = "cn"\n[2027]\n[2027.holidays]\n"火把节" = ["2027-08-26"]\n'
    (tmp_path / "zhou.toml").write_text(text, "utf-8")
    settings = replace(hall.services.settings, calendar_folder=tmp_path)
    services = Services(settings, hall.clock, hall.services.database)
    there = Hall(services, hall.clock)
    assert services.calendar("zhou").is_provisional(2027)
    imported(there)
    hall.clock.advance(seconds=3)
    zhou = services.calendar("zhou")
    assert not zhou.is_provisional(2027)
    assert not zhou.is_workday(day(8, 26)) and not zhou.is_workday(day(2, 9))
    assert services.almanac.standing_on("cn") == {"cn", "zhou"}
    there.act("admin", "zhou", arranged(holidays={day(8, 26): "火把节"}, worked=frozenset()))
    hall.clock.advance(seconds=3)
    assert services.calendar("zhou").is_workday(day(2, 9)), "its own import takes the whole year"
    assert not services.calendar("cn").is_workday(day(2, 9))
