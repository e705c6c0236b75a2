"""A ladder is changed from a day to come; what has begun climbs on as it began."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.evidence import climbed, one_row, only, pass_days, refused
from tests.hall import Hall
from tests.watching import card_of, raised, rungs
from workflows.actions.base import ProcessNotFound, ReasonMissing
from workflows.actions.change_ladder import (
    ChangeLadder,
    DayNotToCome,
    LadderChanged,
    LadderSame,
)
from workflows.errors import WorkflowError
from workflows.ladders import DEFAULT, LadderUnfit, as_plain
from workflows.permissions import Role
from workflows.queries.timeline import verify_all

KEY = "cn/restaurant"


def changed(**rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The default with other rows for some subjects, written ``item_promised``."""
    plain = as_plain(DEFAULT)
    named = {subject.replace("_", ".", 1): given for subject, given in rows.items()}
    kept = [row for row in plain["rows"] if row["subject"] not in named]
    more = [{"subject": subject, **row} for subject, given in named.items() for row in given]
    return {**plain, "rows": kept + more}


TWICE = changed(
    item_promised=[
        {"when": "before", "days": 3, "light": "yellow", "to": ["handler"]},
        {"when": "before", "days": 1, "light": "yellow", "to": ["handler", "handler_deputy"]},
        {"when": "over", "days": 0, "light": "red", "to": ["chief", "supervisor"]},
    ]
)
CHANGE = ChangeLadder(0, TWICE, date(2026, 3, 9), "提前三天再提醒一次")


def test_what_begins_from_that_day_on_climbs_the_new_one_and_the_rest_as_before(
    hall: Hall,
) -> None:
    old = hall.accepted()  # the food licence is due on Monday 03-09
    row = one_row(hall, "supervisor", KEY, CHANGE)
    assert (row.subject, row.details["from"]) == ("ladder:cn/restaurant", "2026-03-09")
    hall.at("2026-03-09T09:30")
    new = hall.accepted()  # due on 03-16
    pass_days(hall, "2026-03-10", "2026-03-18")
    assert [rung[1:] for rung in climbed(hall, old, "item", "R08")] == [
        ("yellow", "handler"), ("red", "checker"), ("red", "approver"), ("red", "chief"),
    ]  # fmt: skip
    assert climbed(hall, new, "item", "R08") == [
        ("2026-03-11 00:00", "yellow", "handler"),
        ("2026-03-13 00:00", "yellow", "handler handler_deputy"),
        ("2026-03-17 00:00", "red", "chief supervisor"),
    ]
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))


def test_a_card_climbs_the_ladder_it_was_raised_under(hall: Hall) -> None:
    raise_only = changed(
        card_yellow=[{"when": "raised", "light": "yellow", "paper": "supervision",
                      "reply": "2wd", "to": ["checker"]}],
    )  # fmt: skip
    before = raised(hall)
    hall.act("supervisor", KEY, replace(CHANGE, content=raise_only, from_day=date(2026, 3, 3)))
    hall.at("2026-03-03T09:30")
    after = raised(hall)
    assert after.reply_limit == "2wd" and after.next_at is None
    pass_days(hall, "2026-03-04", "2026-04-10")
    assert (len(rungs(hall, before)), len(rungs(hall, after))) == (5, 1)
    assert card_of(hall, after.code).level == "yellow"


def test_the_region_holds_for_themes_that_have_none_of_their_own(hall: Hall) -> None:
    hall.act("supervisor", "cn/", CHANGE)
    hall.at("2026-03-09T09:30")
    number = hall.accepted()
    pass_days(hall, "2026-03-10", "2026-03-11")
    assert climbed(hall, number, "item", "R08") == [("2026-03-11 00:00", "yellow", "handler")]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"revision": 1}, LadderChanged),
        ({"from_day": date(2026, 3, 2)}, DayNotToCome),
        ({"from_day": date(2027, 3, 9)}, DayNotToCome),
        ({"reason": ""}, ReasonMissing),
        ({"content": {"limits": {}, "rows": []}}, LadderUnfit),
        ({"content": changed(item_promised=[{"when": "over", "light": "red", "to": []}])},
         LadderUnfit),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    hall: Hall, changes: dict[str, Any], error: type[WorkflowError]
) -> None:
    with refused(hall, error):
        hall.act("supervisor", KEY, replace(CHANGE, **changes))


def test_the_same_again_and_a_theme_there_is_not_are_refused(hall: Hall) -> None:
    only(hall, KEY, CHANGE, Role.SUPERVISOR)
    hall.act("supervisor", KEY, CHANGE)
    with refused(hall, LadderSame):
        hall.act("supervisor", KEY, replace(CHANGE, revision=1))
    with refused(hall, ProcessNotFound):
        hall.act("supervisor", "cn/nothing", CHANGE)
