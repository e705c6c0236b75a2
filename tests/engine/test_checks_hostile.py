"""Publication holds against whatever is uploaded: it answers, in time, with a refusal."""

import random
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from lxml import etree

from tests.engine.drawing import process, script
from tests.engine.table_elements import REFUSED, WORKS
from tests.engine.table_events import CELLS
from workflows.engine import check, load, sandbox, start
from workflows.engine.sandbox import Examination, ExaminationStopped, examine
from workflows.engine.xml import read
from workflows.errors import WorkflowError

NAMES = frozenset({"n", "group"})
LONG = [f"k{number}" for number in range(2000)]


def examined(source: str) -> Examination:
    return examine({"p.bpmn": source}, NAMES, {"p": [{"n": 1}]})


def sentences(source: str) -> str:
    found = examined(source)
    return "\n".join(map(str, found.faults + found.failures))


def test_a_sound_diagram_passes_and_a_faulty_one_says_why() -> None:
    assert examined(process("p", ["s a e"])) == Examination((), ())
    assert "[f0] 这条连线不能带条件" in sentences(process("p", ["s a e"], {"s a": "n"}))
    failing = process("p", ["s t e"], elements={"t": script("t", "m = n / 0")})
    assert "流程图试运行失败：表达式“n / 0”无法计算：除数为零" in sentences(failing)


def test_a_process_that_waits_for_nobody_is_found_by_the_trial() -> None:
    """One of two branches is taken, and the parallel join waits for both."""
    arrows = ["s x1 t +1 e", "x1 u +1"]
    elements = {"t": script("t", "m = 1"), "u": script("u", "m = 2")}
    stuck = process("p", arrows, {"x1 t": "n"}, elements=elements)
    assert "既没有结束，也没有任何环节在等待" in sentences(stuck)


def test_the_process_that_is_tried_has_to_be_there() -> None:
    assert "[p] 引擎读不进这个流程" in sentences(process("q", ["s a e"]))


def deep(tag: str, levels: int) -> str:
    """Elements inside each other."""
    inner = "".join(f'<{tag} id="b{n}">' for n in range(levels)) + f"</{tag}>" * levels
    return process("p", ["s a e"], extra=inner)


@pytest.mark.parametrize("levels", [200, 100_000])
@pytest.mark.parametrize("tag", ["subProcess", "laneSet", "documentation", "childLaneSet"])
def test_deep_nesting_is_refused_or_harmless(tag: str, levels: int) -> None:
    found = sentences(deep(tag, levels))
    assert found or (tag == "documentation" and levels < 256)


def test_a_path_too_long_to_read_is_refused_in_words() -> None:
    assert "[p] 流程图一条路上的元素太多" in sentences(process("p", [f"s {' '.join(LONG)} e"]))


def test_data_objects_two_levels_down_which_hang_the_parser_never_reach_it() -> None:
    inner = (
        '<subProcess id="one"><subProcess id="two"><dataObjectReference id="r" '
        'dataObjectRef="d1"/></subProcess></subProcess><dataObject id="d1"/>'
    )
    assert "引擎不支持 dataObject" in sentences(process("p", ["s a e"], extra=inner))


def test_tokens_that_double_forty_times_are_stopped() -> None:
    """2 to the power of 40 tokens would arrive at the end."""
    arrows = ["s " + " ".join(f"+{n} x{n}" for n in range(1, 41)) + " e"]
    elements = {f"t{n}": script(f"t{n}", "m = 1") for n in range(1, 41)}
    arrows += [f"+{n} t{n} x{n}" for n in range(1, 41)]
    source = process("p", arrows, elements=elements)
    assert check({"p.bpmn": source}) == ()
    try:
        assert "流程图试运行失败" in sentences(source)
    except ExaminationStopped:
        pass


def test_a_condition_of_ten_thousand_brackets_is_a_fault_like_any_other() -> None:
    for text in ("(" * 500 + ")" * 500, "-" * 999, "not " * 249 + "n", "[" * 990, "n" * 999_999):
        source = process("p", ["s x1 a e", "x1 e"], {"x1 a": text})
        assert "写得不对" in sentences(source)


def test_a_process_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    with pytest.raises(ExaminationStopped):
        examined(process("p", ["s later e"]))


def test_what_was_stopped_is_not_remembered_and_what_passed_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = process("p", ["s remembered e"])
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    with pytest.raises(ExaminationStopped):
        examined(source)
    monkeypatch.undo()
    assert examined(source) == Examination((), ())
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    assert examined(source) == Examination((), ())


def _large() -> Iterator[tuple[str, str]]:
    """Files near the limit of size, each with another kind of too much."""
    yield "nodes", "".join(f'<endEvent id="k{n}"/>' for n in range(50_000))
    yield (
        "flows",
        "".join(f'<sequenceFlow id="k{n}" sourceRef="s" targetRef="e"/>' for n in range(30_000)),
    )
    yield (
        "joins",
        "".join(f'<parallelGateway id="k{n}"/>' for n in range(20_000))
        + "".join(
            f'<sequenceFlow id="l{n}" sourceRef="k{n}" targetRef="k{n // 2}"/>'
            for n in range(20_000)
        ),
    )
    yield (
        "boundaries",
        "".join(
            f'<boundaryEvent id="k{n}" attachedToRef="a"><timerEventDefinition><timeDuration>5wd'
            "</timeDuration></timerEventDefinition></boundaryEvent>"
            for n in range(10_000)
        ),
    )
    yield "calls", "".join(f'<callActivity id="k{n}" calledElement="p"/>' for n in range(30_000))
    yield "subs", "".join(f'<subProcess id="k{n}"/>' for n in range(40_000))
    yield "attributes", "".join(f'<group id="k{n}" a="1" b="2" c="3"/>' for n in range(40_000))
    yield "text", f"<documentation>{'长' * 600_000}</documentation>"


LARGE = dict(_large())


@pytest.mark.parametrize("kind", LARGE)
def test_two_megabytes_of_anything_are_answered_in_time(kind: str) -> None:
    begun = time.monotonic()
    found = sentences(process("p", ["s a e"], extra=LARGE[kind]))
    assert found or kind == "text"
    assert time.monotonic() - begun < sandbox.WALL_SECONDS


DRAWINGS = [drawn.source for drawn in (*WORKS.values(), *REFUSED.values(), *CELLS.values())]


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_file_is_checked_without_falling_over(seed: int) -> None:
    """Parts of sound files taken out, doubled, moved, renamed: faults, or it can be started."""
    dice = random.Random(seed)
    root = read(dice.choice(DRAWINGS), "p")
    for _ in range(dice.randint(1, 4)):
        elements = list(root.iter())
        one, other = dice.choice(elements), dice.choice(elements)
        match dice.randrange(5):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1:
                other.append(read(dice.choice(DRAWINGS), "q")[0])
            case 2 if one.attrib:
                del one.attrib[dice.choice(list(one.attrib))]
            case 3 if one.attrib:
                one.set(dice.choice(list(one.attrib)), dice.choice(["a", "it", "", "s", "p"]))
            case _:
                one.tag = other.tag
    text = etree.tostring(root, encoding="unicode")
    if not check({"p.bpmn": text}, NAMES) and 'process id="p"' in text:
        with suppress(WorkflowError):  # a list where a number should be, and the like
            start(load("p", (text,)), {"n": 1, "group": ["a"]})
