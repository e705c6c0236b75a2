"""Worked deadlines, checked by hand and under two independent calendars."""

import json
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from workflows.calendar import load
from workflows.clock import OFFICE_ZONE, office_moment
from workflows.deadlines import Due, Ledger, Limit, Pause, due, extend, yellow_at

CN = load()
VECTORS = json.loads(Path(__file__).with_name("deadline-vectors.json").read_text("utf-8"))
SAME_WITHOUT_HOLIDAYS = {"V24", "V25"}


def of_kind(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "vector", [pytest.param(v, id=v["id"]) for v in VECTORS if v["kind"] == kind]
    )


def ledger(started_on: str, days: int, pauses: tuple[Pause, ...] = ()) -> Ledger:
    ten_o_clock = office_moment(date.fromisoformat(started_on), time(10))
    return Ledger(ten_o_clock, Limit.parse(f"{days}wd"), pauses)


def due_on(started_on: str, days: int) -> str:
    return str(due(ledger(started_on, days), CN).on)


def monday_to_friday(started_on: str, days: int) -> str:
    """What a system that knows no holidays would say."""
    day = date.fromisoformat(started_on)
    while days:
        day += timedelta(1)
        days -= day.weekday() < 5
    return str(day)


def test_every_vector_is_of_a_kind_that_is_checked_here() -> None:
    kinds = {vector["kind"] for vector in VECTORS}
    assert kinds == {
        *("base", "suspend", "notice", "extension", "delivery", "hours", "warn", "warn_ratio")
    }


@of_kind("base")
def test_a_limit_ends_with_its_last_working_day(vector: dict[str, Any]) -> None:
    answer = due(ledger(vector["accept"], vector["limit_wd"]), CN)
    last_second = office_moment(date.fromisoformat(vector["due"]), time(23, 59, 59))
    assert answer == Due(last_second, provisional=False, frozen_days=0)
    assert "一二三四五六日"[last_second.weekday()] == vector["due_weekday"]


@of_kind("base")
def test_counting_monday_to_friday_would_be_wrong(vector: dict[str, Any]) -> None:
    naive = monday_to_friday(vector["accept"], vector["limit_wd"])
    assert (naive == vector["due"]) == (vector["id"] in SAME_WITHOUT_HOLIDAYS)


@of_kind("suspend")
def test_the_days_of_a_special_procedure_are_left_out(vector: dict[str, Any]) -> None:
    pauses = tuple(
        Pause(date.fromisoformat(start), date.fromisoformat(end), vector["cap_wd"])
        for start, end in vector["suspensions"]
    )
    answer = due(ledger(vector["accept"], vector["limit_wd"], pauses), CN)
    assert str(answer.on) == vector["due"]
    assert answer.frozen_days == vector["excluded_wd"]
    assert due_on(vector["accept"], vector["limit_wd"]) == vector["due_without"]


@of_kind("notice")
def test_the_notice_is_due_in_five_days_or_the_case_runs_from_receipt(
    vector: dict[str, Any],
) -> None:
    assert due_on(vector["received"], 5) == vector["notice_due"]
    assert due_on(vector["deemed_accepted"], 20) == vector["due_20wd"]


@of_kind("extension")
def test_an_extension_adds_its_days(vector: dict[str, Any]) -> None:
    plain = ledger(vector["accept"], vector["limit_wd"])
    assert str(due(plain, CN).on) == vector["due"]
    assert str(due(extend(plain, vector["ext_wd"]), CN).on) == vector["due_ext"]


@of_kind("delivery")
def test_a_decision_is_delivered_within_ten_days(vector: dict[str, Any]) -> None:
    assert due_on(vector["decided"], vector["limit_wd"]) == vector["due"]


@of_kind("hours")
def test_hours_run_while_the_hall_is_open(vector: dict[str, Any]) -> None:
    start, end = (
        datetime.fromisoformat(vector[key]).replace(tzinfo=OFFICE_ZONE) for key in ("start", "due")
    )
    assert due(Ledger(start, Limit.parse(f"{vector['hours']}h")), CN).at == end
    if vector["hours"] == 3.5:
        assert due(Ledger(start, Limit.parse("0.5wd")), CN).at == end


@of_kind("warn")
def test_the_warning_comes_working_days_before_the_last(vector: dict[str, Any]) -> None:
    ten_days = ledger("2026-03-02", 10)
    assert str(due(ten_days, CN).on) == vector["due"]
    warned = yellow_at(ten_days, CN, before_days=vector["before_wd"])
    assert warned == office_moment(date.fromisoformat(vector["yellow_from"]), time(0))


@of_kind("warn_ratio")
def test_the_warning_comes_when_most_of_the_limit_is_used(vector: dict[str, Any]) -> None:
    twenty_days = ledger(vector["accept"], vector["limit_wd"])
    warned = yellow_at(twenty_days, CN, ratio=Fraction(str(vector["ratio"])))
    assert warned == office_moment(date.fromisoformat(vector["yellow_from"]), time(0))
