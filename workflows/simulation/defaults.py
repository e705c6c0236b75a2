"""Inputs to begin with: from the limits of the catalogue and the steps that are drawn."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil
from random import Random

from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item, Question
from workflows.engine import DrawnStep
from workflows.simulation.inputs import Inputs, Spread
from workflows.worktime import WorkTime

Steps = Mapping[str, tuple[DrawnStep, ...]]

WINDOW = "window"
PER_DAY = 5.0
REFUSE, GIVE_BACK, SUPPLEMENT = 0.02, 0.05, 0.1
ACCEPTANCE = Spread(least=0.1, likely=0.25, most=1)
BRINGING = Spread(least=2, likely=14, most=56)
#: An item that is decided at once (即办) keeps somebody busy for as long, in hours.
AT_ONCE = 0.5
#: What a step takes of its equal part of the promise: at least, mostly, at most.
PARTS = (0.125, 0.25, 1.0)
#: People of a post are busy for so much of their time.
BUSY = 0.75
SAMPLE = 200


def defaults(catalogue: Catalogue, steps: Steps, work: WorkTime, begins: date) -> Inputs:
    """A hall that would keep its promises: nobody is busy all the time."""
    asked = catalogue.questionnaire
    inputs = Inputs(
        cases=1000,
        seed=1,
        per_day=PER_DAY,
        begins=begins,
        shares={one.key: 0.5 for one in asked if one.type == "boolean"},
        numbers={one.key: _size(one, catalogue) for one in asked if one.type == "number"},
        refuse=REFUSE,
        give_back=GIVE_BACK,
        supplement=SUPPLEMENT,
        acceptance=ACCEPTANCE,
        bringing=BRINGING,
        work=dict(_work(catalogue, steps, work)),
        people={},
    )
    return inputs.model_copy(update={"people": people(inputs, catalogue, steps, work)})


def _size(question: Question, catalogue: Catalogue) -> Spread:
    """Answers on both sides of what the conditions of the catalogue compare them with."""
    conditions = [item.needed for item in catalogue.items]
    conditions += [rule.when for rule in catalogue.theme.promised_rules]
    pattern = re.compile(rf"\b{question.key}\s*[<>]=?\s*([0-9.]+)")
    found = [
        float(bound)
        for condition in conditions
        if condition is not None
        for bound in pattern.findall(condition.text)
    ]
    bound = max(found, default=0.0)
    return Spread(least=0, likely=bound, most=2 * bound)


def _work(catalogue: Catalogue, steps: Steps, work: WorkTime) -> Iterator[tuple[str, Spread]]:
    for item in catalogue.items:
        drawn = steps.get(item.code, ())
        for step in drawn:
            yield f"{item.code}.{step.element}", _of_step(_hours(item, catalogue, work), drawn)


def _hours(item: Item, catalogue: Catalogue, work: WorkTime) -> float:
    """What is promised for an item, in hours of work."""
    _, promised = catalogue.limits(item)
    return work.span(promised) / 3600 or AT_ONCE


def _of_step(hours: float, drawn: tuple[DrawnStep, ...]) -> Spread:
    usual = {step.element for step in drawn if step.approval.kind != "confirm"}
    least, likely, most = (round(hours * part / max(1, len(usual)), 2) for part in PARTS)
    return Spread(least=least, likely=likely, most=most)


def people(inputs: Inputs, catalogue: Catalogue, steps: Steps, work: WorkTime) -> dict[str, int]:
    """How many each post needs for these inputs, so that everybody has some time left."""
    hours: defaultdict[str, float] = defaultdict(float)
    hours[WINDOW] = inputs.acceptance.mean * (1 + inputs.supplement)
    for item in catalogue.items:
        for step in steps.get(item.code, ()):
            part = inputs.refuse if step.approval.kind == "confirm" else 1.0
            for duty in step.duties:
                spread = inputs.work[f"{item.code}.{step.element}"]
                hours[f"{item.department}.{duty}"] += (
                    part * spread.mean * _needed(item, inputs, catalogue)
                )
    day = work.in_a_day / 3600
    return {post: max(1, ceil(inputs.per_day * load / day / BUSY)) for post, load in hours.items()}


def _needed(item: Item, inputs: Inputs, catalogue: Catalogue) -> float:
    """How many in all cases need an item, by a sample."""
    if item.needed is None:
        return 1.0
    chance = Random(0)
    samples = (inputs.answers(catalogue, chance) for _ in range(SAMPLE))
    needed = sum(1 for one in samples if item.needed(catalogue.answers(one)))
    return needed / SAMPLE
