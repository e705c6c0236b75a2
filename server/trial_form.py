"""The form of a test case: the small language of its file in questions and answers.

What the form has no question for (a step that is done three times) stays as it is written.
"""

from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.context import calendars, today
from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item, Question
from workflows.catalogue.values import is_answer
from workflows.clock import office_moment, office_time
from workflows.deadlines import Limit, LimitMalformed, Unit
from workflows.errors import WorkflowError
from workflows.trials import Act, TestCase
from workflows.trials.records import AT_ONCE, USUAL, YEARS, Halt, Missing
from workflows.worktime import WorkTime

Posted = MultiDict[str, str]
#: What can be chosen for an item; "" is granted.
DECISIONS = ("", "refused", "returned")
LONGEST_NAME = 200


class Reading:
    """A posted form as a test case; `errors` says of each field what is wrong with it."""

    def __init__(self, catalogue: Catalogue, posted: Posted, before: TestCase) -> None:
        self.catalogue = catalogue
        self.posted = posted
        self.errors: dict[str, str] = {}
        self.case = before.model_copy(
            update={
                "name": self._name(),
                "note": posted.get("note", "").strip()[:LONGEST_NAME] or None,
                "begins": self._begins(before.begins),
                "answers": dict(self._answers()),
                "accept": self._hours("accept") or AT_ONCE,
                "work": self._hours("work") or USUAL,
                "supplement": self._supplement(),
                "steps": dict(self._steps(before)),
                "pauses": tuple(self._pauses()),
            }
        )

    def _name(self) -> str:
        name = " ".join(self.posted.get("name", "").split())[:LONGEST_NAME]
        if not name:
            self.errors["name"] = _("请填写用例名称。")
        return name or "-"

    def _begins(self, before: datetime) -> datetime:
        try:
            found = datetime.fromisoformat(self.posted.get("begins", ""))
            calendars(self.catalogue.theme.region).ordinal(found.date())
            if found.year not in YEARS:
                raise ValueError
            return office_moment(found.date(), found.time())
        except (ValueError, WorkflowError):
            self.errors["begins"] = _("请填写收件的日期和时间。")
            return before

    def _answers(self) -> Iterator[tuple[str, bool | int | float]]:
        for question in self.catalogue.questionnaire:
            value = self._answer(question)
            if value is not None and value != question.default:
                yield question.key, value

    def _answer(self, question: Question) -> bool | int | float | None:
        given = self.posted.get(f"a-{question.key}", "").strip()
        if question.type == "boolean":
            return given == "true"
        if not given:
            return None
        number = self._number(f"a-{question.key}", given)
        value = None if number is None else float(number)
        if value is not None and not is_answer(value):
            self.errors[f"a-{question.key}"] = _("请填写不小于零的数字。")
            return None
        return int(value) if value is not None and value.is_integer() else value

    def _number(self, field: str, given: str) -> Decimal | None:
        try:
            found = Decimal(given)
        except InvalidOperation:
            found = Decimal(-1)
        if not found.is_finite() or found < 0:
            self.errors[field] = _("请填写不小于零的数字。")
            return None
        return found

    def _hours(self, field: str, unit: Unit = Unit.HOURS) -> Limit | None:
        given = self.posted.get(field, "").strip()
        number = self._number(field, given) if given else None
        if number is None:
            return None
        try:
            return Limit.parse(f"{number.quantize(Decimal('0.01')):f}{unit}") if number else AT_ONCE
        except (LimitMalformed, InvalidOperation):
            self.errors[field] = _("请填写 0 到 9999 之间的数字。")
            return None

    def _supplement(self) -> Missing | None:
        known = {material.code for material in self.catalogue.materials}
        codes = tuple(code for code in self.posted.getlist("missing") if code in known)
        after = str(self._hours("supplement") or AT_ONCE)
        return Missing.model_validate({"materials": codes, "after": after}) if codes else None

    def _steps(self, before: TestCase) -> Iterator[tuple[str, tuple[Act, ...]]]:
        """What is said of an item in general; what is written of single steps stays."""
        for key, acts in before.steps.items():
            if not in_the_form(key, acts):
                yield key, acts
        for item in self.catalogue.items:
            if in_the_form(item.code, before.steps.get(item.code, ())):
                word = self.posted.get(f"d-{item.code}", "")
                after = self._hours(f"h-{item.code}")
                decide: Any = word if word in DECISIONS and word else None
                if decide or after:
                    yield item.code, (Act(decide=decide).model_copy(update={"after": after}),)

    def _pauses(self) -> Iterator[Halt]:
        for field, item, procedure in procedures(self.catalogue):
            lasts = self._hours(f"{field}-lasts", Unit.WORKING_DAYS)
            if lasts and lasts.amount:
                after = str(self._hours(f"{field}-after") or AT_ONCE)
                written = {"item": item.code, "procedure": procedure, "after": after}
                yield Halt.model_validate({**written, "lasts": str(lasts)})


def in_the_form(key: str, acts: tuple[Act, ...]) -> bool:
    """Whether the form can say it: one word about the whole item."""
    return "." not in key and len(acts) <= 1 and all(not (a.say or a.confirm) for a in acts)


def procedures(catalogue: Catalogue) -> Iterator[tuple[str, Item, str]]:
    """Field, item and name of every special procedure that stops a clock."""
    for item in catalogue.items:
        for at, special in enumerate(item.special):
            if special.stops_clock:
                yield f"p-{item.code}-{at}", item, special.name


def filled(catalogue: Catalogue, case: TestCase) -> dict[str, Any]:
    """The fields of the form with what a test case says."""
    work = WorkTime(calendars(catalogue.theme.region))
    found: dict[str, Any] = {
        "name": case.name, "note": case.note or "",
        "begins": office_time(case.begins).strftime("%Y-%m-%dT%H:%M"),
        "work": hours(case.work, work), "accept": hours(case.accept, work),
        "missing": list(case.supplement.materials) if case.supplement else [],
        "supplement": hours(case.supplement.after, work) if case.supplement else "",
    }  # fmt: skip
    for key, value in catalogue.answers(case.answers).items():
        found[f"a-{key}"] = ("true" if value else "") if isinstance(value, bool) else f"{value:g}"
    for key, acts in case.steps.items():
        if acts and in_the_form(key, acts):
            found[f"d-{key}"] = acts[0].decide or ""
            found[f"h-{key}"] = hours(acts[0].after, work)
    for field, item, procedure in procedures(catalogue):
        for halt in case.pauses:
            if (halt.item, halt.procedure) == (item.code, procedure):
                found[f"{field}-after"] = hours(halt.after, work)
                found[f"{field}-lasts"] = f"{work.span(halt.lasts) / work.in_a_day:g}"
    return found


def hours(limit: Limit | None, work: WorkTime) -> str:
    """A length of work in hours, as it is written into a field."""
    return "" if limit is None else f"{work.span(limit) / 3600:g}"


def begun(catalogue: Catalogue) -> TestCase:
    """A new test case: on the next working morning, everything as usual."""
    calendar = calendars(catalogue.theme.region)
    morning = calendar.workday_at(calendar.ordinal(today()))
    opens = calendar.sessions[0][0]
    return TestCase(name="-", begins=office_moment(morning, time(opens.hour, opens.minute)))
