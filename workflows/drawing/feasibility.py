"""Whether a process can keep its promise, and what it does one after another without a reason.

What is found is advice: the second person who publishes answers for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from workflows.catalogue import Catalogue
from workflows.catalogue.contents import Answers, working_days
from workflows.catalogue.records import Item, Predecessor
from workflows.drawing.forecast import Forecast
from workflows.errors import N_

#: A number that passes every threshold of a questionnaire.
MUCH = 10**9

MISSING = N_("流程图走不到需要办的“%(item)s”。")
SERIAL = N_("“%(item)s”画在“%(before)s”之后，目录没有这道前置：可以同时办理。")
EARLY = N_("目录规定“%(item)s”在“%(before)s”准予之后才开始，流程图却没有让它等。")
GROUNDLESS = N_(
    "“%(item)s”要等“%(before)s”，却没有写明依据，也不用它产生的材料：请补上依据，或者去掉这道前置。"
)
LATE = N_("这样回答时（%(answers)s），同时办理也要 %(days)g 个工作日，超过承诺的 %(promised)s。")
UNLAWFUL = N_(
    "这样回答时（%(answers)s），同时办理也要 %(days)g 个工作日，超过法定上限 %(cap)s"
    "（行政许可法第四十二条第二款）。"
)


@dataclass(frozen=True)
class Finding:
    """Something to think about before publishing: which items, and a sentence."""

    codes: tuple[str, ...]
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Excess:
    """Answers with which the promise, or the law's limit, cannot be kept: only what it takes."""

    answers: dict[str, bool | int | float]
    days: Fraction


def everything(catalogue: Catalogue) -> dict[str, bool | int | float]:
    """The answers of an applicant who asks for as much as one can."""
    return {q.key: True if q.type == "boolean" else MUCH for q in catalogue.questionnaire}


def findings(catalogue: Catalogue, longest: Forecast) -> list[Finding]:
    """Everything there is to say about a process; ``longest`` is its forecast with everything."""
    found = [
        Finding((code,), MISSING, {"item": _name(catalogue, code)}) for code in longest.missing
    ]
    found += _order(catalogue, longest)
    found += [
        _about(catalogue, item.code, before.item, GROUNDLESS)
        for item in catalogue.items
        for before in item.after
        if not grounded(catalogue, item, before)
    ]
    return [*found, *_limits(catalogue)]


def grounded(catalogue: Catalogue, item: Item, before: Predecessor) -> bool:
    """Whether an item waits for a reason: a rule that is named, or a document it has to see."""
    made = (catalogue.material(code).produced_by for code in item.materials)
    return before.basis is not None or before.item in made


def _order(catalogue: Catalogue, longest: Forecast) -> Iterator[Finding]:
    """What is drawn one after another and need not be, and the other way round."""
    known = {each.code: each for each in longest.stretches}
    for each in longest.stretches:
        item = catalogue.item(each.code)
        if each.behind and each.behind not in _starts(catalogue, item):
            yield _about(catalogue, each.code, each.behind, SERIAL)
        for before in catalogue.start_gates(item, known):
            if each.begins < known[before.code].ends:
                yield _about(catalogue, each.code, before.code, EARLY)


def _starts(catalogue: Catalogue, item: Item) -> set[str]:
    """The items that one may only start behind, at one remove or more."""
    found: set[str] = set()
    ahead = [before.item for before in item.after if before.gate == "start"]
    while ahead:
        code = ahead.pop()
        if code not in found:
            found.add(code)
            ahead += [b.item for b in catalogue.item(code).after if b.gate == "start"]
    return found


def _limits(catalogue: Catalogue) -> Iterator[Finding]:
    for excess in excesses(catalogue):
        said = "、".join(_said(catalogue, key, value) for key, value in excess.answers.items())
        params = {"answers": said or "-", "days": float(excess.days)}
        if excess.days > working_days(catalogue.theme.cap):
            yield Finding((), UNLAWFUL, {**params, "cap": str(catalogue.theme.cap)})
        else:
            promised = catalogue.promised_limit(excess.answers)
            yield Finding((), LATE, {**params, "promised": str(promised)})


def excesses(catalogue: Catalogue) -> list[Excess]:
    """The answers that ask for more than is promised, each cut down to what it takes.

    Tried are all there is to ask for, and that without any one of it: a promise that is longer
    for some answers is looked at with and without them.
    """
    full = everything(catalogue)
    tries = [full, *({key: full[key] for key in full if key != without} for without in full)]
    found: list[Excess] = []
    for answers in tries:
        if _too_long(catalogue, answers):
            least = _least(catalogue, answers)
            if all(least != excess.answers for excess in found):
                found.append(Excess(least, _days(catalogue, least)))
    return found


def _least(
    catalogue: Catalogue, answers: dict[str, bool | int | float]
) -> dict[str, bool | int | float]:
    """Without every answer that the excess does not need."""
    for key in list(answers):
        fewer = {one: value for one, value in answers.items() if one != key}
        if _too_long(catalogue, fewer):
            answers = fewer
    return answers


def _too_long(catalogue: Catalogue, answers: Answers) -> bool:
    return _days(catalogue, answers) > working_days(catalogue.promised_limit(answers))


def _days(catalogue: Catalogue, answers: Answers) -> Fraction:
    needed = catalogue.needed_items(answers)
    return catalogue.critical_path(item for item in needed if not item.excluded_from_clock)


def _said(catalogue: Catalogue, key: str, value: bool | int | float) -> str:
    question = next(q for q in catalogue.questionnaire if q.key == key)
    return question.label if isinstance(value, bool) else f"{question.label} ≥ {value:g}"


def _about(catalogue: Catalogue, code: str, before: str, sentence: str) -> Finding:
    names = {"item": _name(catalogue, code), "before": _name(catalogue, before)}
    return Finding((code, before), sentence, names)


def _name(catalogue: Catalogue, code: str) -> str:
    return f"{code} {catalogue.item(code).name}"
