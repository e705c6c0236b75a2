"""统计: every figure equals what somebody counts who has only the history."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.settings import ROOT
from tests.hall import Hall
from tests.watch.days import Calendar, day
from tests.watch.notebook import Item, Reader, Story, catalogue
from tests.watch.spring import Spring
from tests.watch.tally import Clerk, everything
from workflows.models import HistoryEvent, Person
from workflows.queries.statistics.asked import KEYS, Asked, By, Grain
from workflows.queries.statistics.columns import RATES
from workflows.queries.statistics.counting import Table, count
from workflows.queries.statistics.opened import how_many, opened
from workflows.queries.statistics.sources import versions

FIRST, DAYS = date(2026, 3, 2), 45
CALENDAR = ROOT / "workflows/calendars/cn.toml"


def exported(hall: Hall) -> Iterator[str]:
    """The history as lines of JSON, as an auditor takes it away."""
    with hall.read() as session:
        for row in session.scalars(select(HistoryEvent).order_by(HistoryEvent.id)):
            kept = ("subject", "sequence", "actor", "action", "from_state", "to_state", "details")
            line = {name: getattr(row, name) for name in kept}
            yield json.dumps({**line, "at": row.at.isoformat()}, ensure_ascii=False)


def read(hall: Hall) -> Reader:
    """The notebook of a reader who has the history, the catalogue and the calendar."""
    path = ROOT / "bpmn/restaurant/catalogue.yaml"
    reader = Reader({"restaurant": catalogue(path)}, Calendar(CALENDAR))
    reader.read(exported(hall))
    return reader


def shown(hall: Hall, asked: Asked) -> Table:
    with hall.read() as session:
        return count(session, asked, hall.services.calendar)


def by_hand(reader: Reader, asked: Asked) -> dict[str, dict[str, Any]]:
    """The same table, counted by hand."""
    clerk = Clerk(reader, asked.first, asked.last)
    if asked.grain is Grain.CASES:
        stories = defaultdict(list)
        for story in reader.stories.values():
            stories[_case_key(story, asked.by)].append(story)
        return {key: clerk.cases(found) for key, found in stories.items()}
    pairs = defaultdict(list)
    for story, item in everything(reader.stories):
        pairs[_item_key(reader, story, item, asked.by)].append((story, item))
    return {key: clerk.items(found) for key, found in pairs.items()}


def _case_key(story: Story, by: By) -> str:
    return {By.WINDOW: story.window, By.THEME: story.process, By.REGION: "cn"}.get(by, "all")


def _item_key(reader: Reader, story: Story, item: Item, by: By) -> str:
    if by is By.PERSON:
        return item.by or "-"
    if by is By.POST:
        return reader.post(story, item)
    department: str = reader.entry(story, item.code)["department"]
    keys = {By.DEPARTMENT: department, By.ITEM: f"{story.process}/{item.code}"}
    return keys.get(by) or _case_key(story, by)


def compare(hall: Hall, reader: Reader, asked: Asked, names: dict[str, str]) -> int:
    """How many figures are the same; an assertion says which is not."""
    table, expected = shown(hall, asked), by_hand(reader, asked)
    seen = {names.get(key, key): figures for key, figures in table.rows.items()}
    same = 0
    for key in seen.keys() | expected.keys():
        for column in table.columns:
            want = expected.get(key, {}).get(column.code) or None
            got = seen[key].value(column.code) if key in seen else None
            ok = got == pytest.approx(want) if want and got else not got and not want
            assert ok, f"{asked} {key} {column.code}: {got}, by hand {want}"
            same += 1
    return same


def opened_alike(hall: Hall, asked: Asked) -> int:
    """How many figures have a list of as many rows as they say."""
    table, same = shown(hall, asked), 0
    with hall.read() as session:
        known = versions(session)
        for key, figures in table.rows.items():
            for column in table.columns:
                said = figures.counts[column.listed or column.code]
                rows = opened(session, asked.of(key), column, known, (0, 999)) if said else []
                assert len(rows) == said == how_many(session, asked.of(key), column, known)
                if rate := RATES.get(column.code):
                    marked = sum(row.counts for row in rows)
                    assert marked == figures.counts[rate[0]] or rate[1] == "begun"
                same += bool(said)
    return same


def test_every_figure_equals_an_independent_count_from_the_history(hall: Hall) -> None:
    Spring(hall).play(FIRST, DAYS)
    reader = read(hall)
    last = FIRST + timedelta(DAYS)
    with hall.read() as session:
        names = {str(one.id): one.name for one in session.scalars(select(Person))}
    march = date(2026, 3, 1), date(2026, 3, 31)
    week = date(2026, 3, 16), date(2026, 3, 22)
    periods = [(FIRST, last), march, (date(2026, 4, 1), last), (FIRST, FIRST), week]
    same = 0
    for grain, keys in KEYS.items():
        for by in (By.NOTHING, *(key for key in keys if key is not By.MONTH)):
            bounds = {By.PERSON: names, By.WINDOW: names}.get(by, {})
            for first, until in periods:
                same += compare(hall, reader, Asked(grain, first, until, by), bounds)
    assert same > 3000
    assert opened_alike(hall, Asked(Grain.ITEMS, FIRST, last, By.DEPARTMENT)) > 60
    assert opened_alike(hall, Asked(Grain.ITEMS, *march, By.PERSON)) > 60
    assert opened_alike(hall, Asked(Grain.CASES, *march, By.WINDOW)) > 20
    fates = {story.state for story in reader.stories.values()}
    assert len(reader.stories) == 36 and len(fates) >= 4, fates
    total = shown(hall, Asked(Grain.ITEMS, FIRST, last)).total
    for code in ("late", "unlawful", "early", "same_day", "special", "refused", "dropped"):
        assert total.counts[code], f"nothing was {code}"
    assert day(max(s.received for s in reader.stories.values())) < last


def test_a_month_is_told_apart_and_nothing_divided_by_nothing_is_a_dash(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-04-01T10:00")
    hall.grant(number, "R01")
    asked = Asked(Grain.ITEMS, date(2026, 3, 1), date(2026, 4, 30), By.MONTH)
    rows = shown(hall, asked).rows
    assert {key: figures.counts["finished"] for key, figures in rows.items()} == {
        "2026-03": 1, "2026-04": 1,
    }  # fmt: skip
    assert asked.of("2026-03").last == date(2026, 3, 31)
    assert rows["2026-04"].value("late_rate") == 1
    assert rows["2026-04"].value("early_rate") is None, "即办件 are not early"
    nothing = shown(hall, Asked(Grain.CASES, date(2025, 1, 1), date(2025, 1, 31))).total
    assert nothing.value("once_rate") is None and nothing.value("finished") == 0
