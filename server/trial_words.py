"""What came of a trial, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from server.labels import CASE_STATES, CONCLUSIONS, DUTIES, ITEM_STATES, LIGHTS, said, word
from server.names import step_name, zh
from workflows.errors import N_
from workflows.models import TrialRun

WHAT = {
    "ends": N_("办件结局"),
    "items": N_("需办事项"),
    "accepted": N_("受理日"),
    "decided": N_("全部决定日"),
    "light": N_("灯"),
    "documents": N_("制发文书"),
    "path": N_("环节顺序"),
    "state": N_("结果"),
    "due": N_("承诺截止日"),
    "statutory": N_("法定截止日"),
    "stopped": N_("没有走到底"),
}
#: The values of some lines are words of their own.
VALUES: dict[str, dict[Any, str]] = {
    "ends": CASE_STATES, "state": ITEM_STATES, "light": LIGHTS,
}  # fmt: skip
OF_CASE = N_("整件")
#: Item and element → what the step is called.
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Told:
    """A result as it is shown."""

    lines: list[dict[str, Any]]
    path: list[dict[str, Any]]
    faults: list[dict[str, Any]]
    decided: str


def told(run: TrialRun) -> Told:
    """A result that was kept, in the reader's words."""
    result = run.result
    names = {(step["item"], step["element"]): step["name"] for step in result["path"]}
    return Told(
        [_line(line, names) for line in result["lines"]],
        [_step(step) for step in result["path"]],
        [
            {**fault, "sentence": said(fault["sentence"], fault["params"])}
            for fault in result["faults"]
        ],
        result["decided"],
    )


def _line(line: Mapping[str, str], names: Names) -> dict[str, Any]:
    values = VALUES.get(line["what"], {})
    of = word({"case": OF_CASE}, line["of"])
    return {
        "what": word(WHAT, line["what"]),
        "of": of,
        "expected": _value(line, "expected", values, names),
        "actual": _value(line, "actual", values, names),
        "fits": line["expected"] == line["actual"],
    }


def _value(line: Mapping[str, str], key: str, values: dict[Any, str], names: Names) -> Markup:
    """One side of a line: days and codes as they are, words in the reader's language."""
    text = line[key]
    if line["what"] == "path" and line["of"]:
        steps = text.split(" → ")
        return Markup(" → ").join(step_name(names.get((line["of"], one), one)) for one in steps)
    return zh(word(values, text) or "—")


def _step(step: Mapping[str, str]) -> dict[str, Any]:
    return {
        **step,
        "duty": word(DUTIES, step["duty"]),
        "conclusion": word(CONCLUSIONS, step["conclusion"]),
    }
