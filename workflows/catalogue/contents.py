"""What a catalogue says, and what a case asks of it."""

from collections.abc import Collection, Iterable, Mapping, Set
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import TypeVar

from workflows.catalogue.records import (
    Department,
    Gate,
    Item,
    Material,
    OnsiteGroup,
    Question,
    Record,
    Rules,
    Theme,
)
from workflows.catalogue.values import is_answer
from workflows.deadlines import Limit, Unit
from workflows.errors import N_, WorkflowError

Answers = Mapping[str, bool | int | float]

R = TypeVar("R", Department, Item, Material)

#: Only to compare and to plan; a real due date is counted in the sessions of the hall.
WORKING_DAYS = {
    Unit.WORKING_DAYS: Fraction(1),
    Unit.HOURS: Fraction(1, 7),
    Unit.DAYS: Fraction(5, 7),
}


class AnswerInvalid(WorkflowError):
    """An answer to a question that was not asked, or of the wrong kind."""

    sentence = N_("问题“%(question)s”的回答不合要求，请您按是或否、或者不小于零的数字填写。")


def working_days(limit: Limit) -> Fraction:
    """A limit in working days, whatever it is written in: 7 hours, or 7 calendar days for 5."""
    return Fraction(limit.amount) * WORKING_DAYS[limit.unit]


class Catalogue(Record):
    """One published catalogue (事项目录); `load` has checked it as a whole.

    Answers to the questionnaire may be incomplete: a question not answered has its default.
    """

    theme: Theme
    rules: Rules
    questionnaire: tuple[Question, ...] = ()
    departments: tuple[Department, ...]
    items: tuple[Item, ...]
    onsite_groups: tuple[OnsiteGroup, ...] = ()
    materials: tuple[Material, ...]

    def item(self, code: str) -> Item:
        """The item of this code; KeyError when there is none."""
        return _find(self.items, code)

    def department(self, code: str) -> Department:
        """The department of this code; KeyError when there is none."""
        return _find(self.departments, code)

    def material(self, code: str) -> Material:
        """The material of this code; KeyError when there is none."""
        return _find(self.materials, code)

    def answers(self, given: Answers) -> dict[str, bool | int | float]:
        """All answers, defaults filled in; raises AnswerInvalid naming the question."""
        asked = {question.key: question for question in self.questionnaire}
        for key, value in given.items():
            if key not in asked:
                raise AnswerInvalid(question=key)
            if not is_answer(value) or isinstance(value, bool) != (asked[key].type == "boolean"):
                raise AnswerInvalid(question=asked[key].label)
        return {key: given.get(key, question.default) for key, question in asked.items()}

    def needed_items(self, answers: Answers) -> tuple[Item, ...]:
        """The items this applicant needs (需办事项), in the order of the catalogue."""
        scope = self.answers(answers)
        return tuple(item for item in self.items if item.needed is None or item.needed(scope))

    def by_commitment(self, item: Item, answers: Answers) -> bool:
        """Whether the applicant chose to have this item granted on a promise (告知承诺)."""
        return item.commitment is not None and bool(item.commitment(self.answers(answers)))

    def variables(self, answers: Answers) -> dict[str, object]:
        """What the diagram chooses its branches by: ``items`` and ``<code>_commitment``."""
        chosen = {
            f"{item.code}_commitment": self.by_commitment(item, answers)
            for item in self.items
            if item.commitment is not None
        }
        return {"items": [item.code for item in self.needed_items(answers)], **chosen}

    def asked_of(self, answers: Answers, names: Set[str]) -> dict[str, object]:
        """The answers that decision tables read besides: those of these names."""
        return {key: value for key, value in self.answers(answers).items() if key in names}

    def materials_for(
        self, items: Iterable[Item], answers: Answers
    ) -> tuple[tuple[Material, tuple[Item, ...]], ...]:
        """Each document once, with the items that share it; the conditional ones if they apply."""
        scope, needed = self.answers(answers), tuple(items)
        listed = []
        for material in self.materials:
            sharing = tuple(item for item in needed if material.code in item.materials)
            if sharing and (material.when is None or material.when(scope)):
                listed.append((material, sharing))
        return tuple(listed)

    def promised_limit(self, answers: Answers) -> Limit:
        """The promise for the whole case (承诺时限): the first rule that holds."""
        scope = self.answers(answers)
        rules = (rule.promised for rule in self.theme.promised_rules if rule.when(scope))
        return next(rules, self.theme.promised)

    def limits(self, item: Item) -> tuple[Limit | None, Limit]:
        """The statutory and the promised limit of an item; a merged one has those of its host."""
        host = item if item.merged_into is None else self.item(item.merged_into)
        assert host.promised is not None, "checked when the catalogue was loaded"
        return host.statutory, host.promised

    def start_gates(self, item: Item, needed: Collection[str]) -> tuple[Item, ...]:
        """The needed items that must be granted before this one starts (gate start)."""
        return self._gates(item, "start", needed)

    def decision_gates(self, item: Item, needed: Collection[str]) -> tuple[Item, ...]:
        """The needed items that must be decided before this one is (gate decision)."""
        return self._gates(item, "decision", needed)

    def critical_path(self, items: Iterable[Item]) -> Fraction:
        """The working days these items take at the promised limits, in parallel where allowed.

        An item waiting to start begins when its predecessor is decided; one waiting only to
        decide is reviewed meanwhile.
        """
        needed = {item.code: item for item in items}
        waits = {
            code: [before.item for before in item.after if before.item in needed]
            for code, item in needed.items()
        }
        decided: dict[str, Fraction] = {}
        for code in TopologicalSorter(waits).static_order():
            item = needed[code]
            starts = [decided[before.code] for before in self.start_gates(item, needed)]
            decisions = [decided[before.code] for before in self.decision_gates(item, needed)]
            own = max(starts, default=Fraction(0)) + working_days(self.limits(item)[1])
            decided[code] = max([own, *decisions])
        return max(decided.values(), default=Fraction(0))

    def _gates(self, item: Item, gate: Gate, needed: Collection[str]) -> tuple[Item, ...]:
        return tuple(
            self.item(before.item)
            for before in item.after
            if before.gate == gate and before.item in needed
        )


def _find(records: tuple[R, ...], code: str) -> R:
    for record in records:
        if record.code == code:
            return record
    raise KeyError(code)
