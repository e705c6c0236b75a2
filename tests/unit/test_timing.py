"""When the timers of diagrams run out: limits, ISO 8601 durations, instants, and pauses in them."""

from datetime import date, datetime

import pytest

from server.settings import Settings
from workflows.actions.timing import runs_out
from workflows.calendar import load
from workflows.clock import OFFICE_ZONE, office_time
from workflows.deadlines import LimitMalformed, Pause

CALENDAR = load("cn", Settings().calendar_folder)
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)


def at(text: str, *pauses: Pause) -> str | None:
    """The instant as the clock of the hall shows it."""
    found = runs_out(text, MONDAY, pauses, CALENDAR).at
    return office_time(found).strftime("%Y-%m-%dT%H:%M:%S") if found else None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("5wd", "2026-03-09T23:59:59"),
        ("2h", "2026-03-02T11:30:00"),
        ("60d", "2026-05-06T23:59:59"),  # 1 to 5 May the hall is closed
        ("P3D", "2026-03-05T23:59:59"),
        ("P1W", "2026-03-09T23:59:59"),
        ("PT36H", "2026-03-03T21:30:00"),
        ("P1DT30M", "2026-03-03T10:00:00"),
        ("2026-03-05", "2026-03-05T00:00:00"),
        ("2026-03-05T14:00", "2026-03-05T14:00:00"),
        ("2026-03-05T06:00Z", "2026-03-05T14:00:00"),
    ],
)
def test_every_way_to_write_when(text: str, due: str) -> None:
    assert at(text) == due


def test_a_pause_takes_out_its_days_from_what_is_counted_and_what_passes() -> None:
    pause = Pause(date(2026, 3, 3), date(2026, 3, 5))
    assert at("2wd", pause) == "2026-03-06T23:59:59"
    assert at("PT24H", pause) == "2026-03-05T09:30:00"
    assert at("PT1H", pause) == "2026-03-02T10:30:00"


def test_while_a_pause_is_open_nothing_runs_out() -> None:
    assert at("PT48H", Pause(date(2026, 3, 3))) is None
    assert at("2wd", Pause(date(2026, 3, 3))) is None


def test_an_open_pause_with_a_cap_takes_out_no_more_than_that() -> None:
    assert at("PT24H", Pause(date(2026, 3, 3), cap_days=2)) == "2026-03-05T09:30:00"


def test_no_pause_moves_an_instant() -> None:
    assert at("2026-03-05T14:00", Pause(date(2026, 3, 3))) == "2026-03-05T14:00:00"


@pytest.mark.parametrize(
    "text", ["soon", "P", "PT", "P1Y", "P0D", "2026-13-01", "-1wd", "P9999999D"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(LimitMalformed):
        runs_out(text, MONDAY, (), CALENDAR)
