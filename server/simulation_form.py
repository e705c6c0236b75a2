"""The form of a simulation: shares in percent, times in hours, people by post."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from server.names import own_name
from workflows.catalogue import Catalogue
from workflows.catalogue.records import Department
from workflows.engine import DrawnStep
from workflows.simulation import Inputs, Spread
from workflows.simulation.defaults import WINDOW
from workflows.simulation.inputs import MOST_CASES

Posted = MultiDict[str, str]
PARTS = ("least", "likely", "most")
SHAPES = ("triangular", "lognormal")


@dataclass(frozen=True)
class Asked:
    """What the form asks of a process: its steps by item, its posts."""

    catalogue: Catalogue
    steps: Mapping[str, tuple[DrawnStep, ...]]

    def work(self) -> Iterator[tuple[str, str, str]]:
        """Key, item and name of every step; one that stands in two ways of handling is one."""
        for item in self.catalogue.items:
            seen = set()
            for step in self.steps.get(item.code, ()):
                if step.element not in seen:
                    seen.add(step.element)
                    yield f"{item.code}.{step.element}", item.code, step.name

    def posts(self) -> dict[str, tuple[Department | None, str]]:
        """Every post that does something, in the order of the catalogue, the window first."""
        found: dict[str, tuple[Department | None, str]] = {WINDOW: (None, "")}
        for item in self.catalogue.items:
            department = self.catalogue.department(item.department)
            for step in self.steps.get(item.code, ()):
                for duty in step.duties:
                    found[f"{department.code}.{duty}"] = (department, duty)
        return found


class Reading:
    """A posted form as inputs; `errors` says of each field what is wrong with it."""

    def __init__(self, asked: Asked, posted: Posted, before: Inputs) -> None:
        self.posted = posted
        self.errors: dict[str, str] = {}
        shape = posted.get("shape", SHAPES[0])
        self.shape = shape if shape in SHAPES else SHAPES[0]
        questions = asked.catalogue.questionnaire
        given = {
            "cases": int(self._number("cases", 1, MOST_CASES, 1)),
            "seed": int(self._number("seed", 0, 2**31 - 1, 1)),
            "per_day": self._number("per_day", 0.01, 1000, 1),
            "begins": self._begins(before.begins),
            "shares": {q.key: self._share(f"s-{q.key}") for q in questions if q.type == "boolean"},
            "numbers": {q.key: self._spread(f"n-{q.key}") for q in questions if q.type == "number"},
            "refuse": self._share("refuse"),
            "give_back": self._share("give_back", 90),
            "supplement": self._share("supplement"),
            "acceptance": self._spread("acceptance"),
            "bringing": self._spread("bringing"),
            "work": {key: self._spread(f"w-{key}", self.shape) for key, *_rest in asked.work()},
            "people": {post: int(self._number(f"q-{post}", 1, 999, 1)) for post in asked.posts()},
        }
        self.inputs = Inputs.model_validate(given) if not self.errors else before

    def _number(self, field: str, least: float, most: float, instead: float) -> float:
        try:
            found = float(self.posted.get(field, ""))
        except ValueError:
            found = least - 1
        if not least <= found <= most:
            limits = {"least": f"{least:g}", "most": f"{most:g}"}
            self.errors[field] = _("请填写 %(least)s 到 %(most)s 之间的数字。", **limits)
            return instead
        return found

    def _share(self, field: str, most: float = 100) -> float:
        return self._number(field, 0, most, 0) / 100

    def _spread(self, field: str, shape: str = SHAPES[0]) -> Spread:
        parts = {part: self._number(f"{field}-{part}", 0, 10**6, 0) for part in PARTS}
        try:
            return Spread.model_validate({**parts, "shape": shape})
        except ValidationError:
            self.errors[f"{field}-likely"] = _("请按最少、通常、最多从小到大填写。")
            return Spread(least=0, likely=0, most=0)

    def _begins(self, before: date) -> date:
        try:
            found = date.fromisoformat(self.posted.get("begins", ""))
        except ValueError:
            found = date.min
        if not before.year - 5 <= found.year <= before.year + 5:
            self.errors["begins"] = _("请填写开始的日期。")
            return before
        return found


def filled(inputs: Inputs) -> dict[str, Any]:
    """The fields of the form with what inputs say."""
    found: dict[str, Any] = {
        "cases": inputs.cases, "seed": inputs.seed, "per_day": f"{inputs.per_day:g}",
        "begins": inputs.begins.isoformat(), "refuse": _percent(inputs.refuse),
        "give_back": _percent(inputs.give_back), "supplement": _percent(inputs.supplement),
        "shape": next((spread.shape for spread in inputs.work.values()), SHAPES[0]),
    }  # fmt: skip
    found |= {f"s-{key}": _percent(share) for key, share in inputs.shares.items()}
    found |= {f"q-{post}": number for post, number in inputs.people.items()}
    spreads = {"acceptance": inputs.acceptance, "bringing": inputs.bringing}
    spreads |= {f"n-{key}": spread for key, spread in inputs.numbers.items()}
    spreads |= {f"w-{key}": spread for key, spread in inputs.work.items()}
    for field, spread in spreads.items():
        found |= {f"{field}-{part}": f"{getattr(spread, part):g}" for part in PARTS}
    return found


def _percent(share: float) -> str:
    return f"{share * 100:g}"


def post_name(post: str, catalogue: Catalogue) -> str:
    """The department of a post, in the reader's language; its duty is said by the page."""
    code = post.partition(".")[0]
    return own_name(catalogue.department(code)) if post != WINDOW else _("综合窗口")
