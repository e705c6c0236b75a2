"""What stands in a test case (试办用例): a small language, and nothing in it is guessed.

    name: 小餐饮店，烟草证不予
    begins: 2026-03-02T09:30
    answers: {area_m2: 420, sells_tobacco: true}
    work: 2h
    steps:
      R12: {decide: refused, after: 2wd}
      R08.decide: [{decide: returned}, {decide: granted, after: 1h}]
    pauses: [{item: R11, procedure: 水质检测, after: 1wd, lasts: 4wd}]
    expect: {decided: 2026-03-09, states: {R12: rejected}}

Times are working time: 2h are two hours of the hall, 1wd is a full day of them.  What is said the
n-th time a step is done stands at the n-th place of its list; after that, and where nothing is
said, everybody agrees and everything is granted.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from workflows.catalogue.records import Record
from workflows.catalogue.values import Answer, Code, QuestionKey, Text, TimeLimit
from workflows.clock import OFFICE_ZONE
from workflows.deadlines import Limit
from workflows.errors import N_

NOT_A_MOMENT = N_("“%(value)s”不是一个时刻，请您写作 2026-03-02T09:30。")
NOT_A_DAY = N_("“%(value)s”不是一个日期，请您写作 2026-03-02。")

#: In other years nobody applies for anything.
YEARS = range(2000, 2200)
AT_ONCE = Limit.parse("0wd")
USUAL = Limit.parse("2h")


def _moment(value: Any) -> datetime:
    """An instant as the clock of the hall shows it."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(NOT_A_MOMENT, value) from None
    if found.year not in YEARS:
        raise _wrong(NOT_A_MOMENT, value)
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)


def _day(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(NOT_A_DAY, value) from None


def _wrong(sentence: str, value: object) -> PydanticCustomError:
    params = {"value": str(value)[:40]}
    return PydanticCustomError("lianban", "refused", {"sentence": sentence, "params": params})


def _listed(value: Any) -> Any:
    """One act is a list of one."""
    return (value,) if isinstance(value, dict) else value


Moment = Annotated[datetime, PlainValidator(_moment)]
Day = Annotated[date, PlainValidator(_day)]
State = Literal[
    "waiting", "received", "reviewing", "pre_reviewed", "suspended", "return_review",
    "approved", "rejected", "committed", "not_needed", "revoked",
]  # fmt: skip


class Act(Record):
    """What is said at a step, and after how much working time since the step began."""

    decide: Literal["granted", "refused", "returned"] | None = None
    say: Literal["agree", "disagree", "refer", "return", "abstain"] | None = None
    confirm: bool | None = None
    after: TimeLimit | None = None


Acts = Annotated[tuple[Act, ...], BeforeValidator(_listed)]


class Halt(Record):
    """A special procedure of 行政许可法 §45: so long after the item began, for so long."""

    item: Code
    procedure: Text
    after: TimeLimit = AT_ONCE
    lasts: TimeLimit


class Missing(Record):
    """What the applicant is told once that it is missing, and how long he needs to bring it."""

    materials: Annotated[tuple[Code, ...], Field(min_length=1)]
    after: TimeLimit = AT_ONCE


class Expected(Record):
    """What should come of it; what is not said is not looked at, but for how it `ends`.

    `path` is the steps of the whole case in the order they were done, `paths` those of an item.
    `due` and `statutory` are by item, and `case` for the whole.
    """

    ends: Literal["decided", "withdrawn", "refused", "terminated"] = "decided"
    items: tuple[Code, ...] | None = None
    path: tuple[Text, ...] | None = None
    paths: dict[Code, tuple[Text, ...]] = Field(default_factory=dict)
    states: dict[Code, State] = Field(default_factory=dict)
    documents: tuple[Code, ...] | None = None
    due: dict[str, Day] = Field(default_factory=dict)
    statutory: dict[str, Day] = Field(default_factory=dict)
    accepted: Day | None = None
    decided: Day | None = None
    light: Literal["green", "yellow", "red", "purple"] | None = None


class TestCase(Record):
    """One case that is gone through in thought before the process is published."""

    __test__ = False

    name: Text
    note: Text | None = None
    begins: Moment
    answers: dict[QuestionKey, Answer] = Field(default_factory=dict)
    form: dict[str, Any] = Field(default_factory=dict)
    accept: TimeLimit = AT_ONCE
    supplement: Missing | None = None
    work: TimeLimit = USUAL
    steps: dict[str, Acts] = Field(default_factory=dict)
    pauses: tuple[Halt, ...] = ()
    expect: Expected = Expected()

    def act(self, item: str, element: str, times: int) -> Act:
        """What is said when a step of an item is done for the n-th time, from 1."""
        own = self.steps.get(f"{item}.{element}", ())
        if times <= len(own):
            return own[times - 1]
        general = self.steps.get(item, ())
        if times <= len(general):
            return general[times - 1]
        return Act(after=general[-1].after) if general else Act()
