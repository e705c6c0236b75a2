"""Stored processes of a release, kept so that every later release is held to reading them.

    python -m tests.engine.keep_states 0.2.0

is run once, when a release is made, and writes a file to ``states/`` for each case below.  What
was written for a release is never written again: it is what stands in people's databases.
"""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.engine.drawing import boundary, process, script, sub, timer
from tests.engine.moving import Desk, several, timed
from workflows import engine

STATES = Path(__file__).parent / "states"
#: A case at rest; a task that was done earlier, and its item; what is left to do.
Case = tuple[Desk, tuple[str, str | None], list[tuple[str, dict[str, Any]]]]

EACH = (
    "<multiInstanceLoopCharacteristics><loopDataInputRef>departments</loopDataInputRef>"
    "<loopDataOutputRef>conclusions</loopDataOutputRef>"
    '<inputDataItem id="i" name="department"/><outputDataItem id="o" name="conclusion"/>'
    "</multiInstanceLoopCharacteristics>"
)


def departments() -> Case:
    """Items side by side, the second time: at the join, in the second step, in the first."""
    arrows = ["s x1 receive +1 call:R1:item +2 decide x2 e", "x2 x1"]
    arrows += ["+1 call:R2:item +2", "+1 call:R3:item +2"]
    limits, ends = timed("a", "b")
    item = process("item", ["s a b e", *ends], elements=limits)
    desk = Desk((process("p", arrows, {"x2 x1": "again"}), item))
    desk.do("receive", "a1", "a2", "a3", "b1", "b2", "b3")
    desk.do("decide", again=True)
    desk.do("receive", "a1", "b1", "a2")
    return desk, ("a2", "R2"), [("b", {}), ("a", {}), ("b", {}), ("decide", {"again": False})]


def instances() -> Case:
    """A sub-process for each department, with a limit that is reckoned; one of three is done."""
    late = boundary("late", "review", timer('"5wd" if loopCounter == 3 else "10wd"'))
    elements = {"late": late, "note": script("note", 'conclusion = "late"')}
    arrows = ["s1 review x1 sign x3 e1", "x1 x3", "late note x3"]
    each = sub("each", arrows, {"x1 sign": 'conclusion == "agree"'}, elements, EACH)
    drawn = process("p", ["s receive each decide e"], elements={"each": each})
    desk = Desk((drawn,), departments=["规划", "消防", "环保"], conclusion=None)
    desk.do("receive")
    desk.do("review#1", conclusion="refuse")
    desk.do("review#2", conclusion="agree")
    agree = {"conclusion": "agree"}
    rest = [("review", agree), ("sign", {}), ("sign", {}), ("decide", {})]
    return desk, ("review#2", None), rest


def sent_back() -> Case:
    """Sent back to one of several, with a signer; who decides waits, and so does his limit."""
    elements = {"m": several("m", "2"), "w": boundary("w", "decide", timer("3wd"))}
    desk = Desk((process("p", ["s receive m decide e", "w e"], elements=elements),))
    desk.do("receive", "m#1")
    desk.move(engine.add_signer, "m#2", "after")
    desk.do("m#2", "m#2")
    desk.back("decide", "m#1")
    return desk, ("receive", None), [("m", {}), ("decide", {})]


CASES: dict[str, Callable[[], Case]] = {
    "departments": departments, "instances": instances, "sent-back": sent_back,
}  # fmt: skip


def written(release: str, case: Case) -> dict[str, Any]:
    """What is kept of a case: the drawings, the state, what it means, how it goes on."""
    desk, (earlier, item), rest = case
    step = desk.step
    return {
        "release": release,
        "process": "p",
        "sources": desk.sources,
        "open": [[task.number, task.element, task.item] for task in step.open_tasks],
        "timers": [[timer.number, timer.element, timer.limit] for timer in step.timers],
        "variables": step.variables,
        "then": rest,
        "earlier": [desk.numbers[earlier], earlier.rstrip("#0123456789"), item],
        "state": base64.b64encode(step.state).decode(),
    }


def main(release: str) -> None:
    """Write every case for this release; refused where it was written before."""
    for name, case in CASES.items():
        with (STATES / f"{release}-{name}.json").open("x", encoding="utf-8") as file:
            json.dump(written(release, case()), file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
