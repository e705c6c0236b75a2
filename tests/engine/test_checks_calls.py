"""Calls, throws, variables and loops across processes: checked over all that is published."""

import pytest

from tests.engine.drawing import (
    DECLARED,
    TWICE,
    boundary,
    event,
    message,
    process,
    script,
    sub,
    thrown,
    timer,
)
from workflows.engine import check

ERROR = event("endEvent", "th", thrown("error", "err"))
CAUGHT = boundary("c", "R1", thrown("error", "err"))


def told(*sources: str, names: set[str] | None = None) -> str:
    """Every fault of processes that are published together."""
    files = {f"{number}.bpmn": source for number, source in enumerate(sources)}
    return "\n".join(str(fault) for fault in check(files, names))


def drawn(key: str, *arrows: str, **elements: str) -> str:
    return process(key, arrows, elements=elements, declared=DECLARED)


# -- who calls whom -----------------------------------------------------------------------------


def test_a_process_does_not_call_itself_neither_directly_nor_through_others() -> None:
    assert "[R1] 流程直接或间接调用自己：p → p" in told(drawn("p", "s call:R1:p e"))
    circle = drawn("p", "s call:R1:q e"), drawn("q", "s call:R1:p e")
    assert "流程直接或间接调用自己" in told(*circle)
    inner = drawn("p", "s b e", b=sub("b", ["s1 call:R1:p e1"]))
    assert "[R1] 流程直接或间接调用自己" in told(inner)


def chain(length: int) -> list[str]:
    """Processes each of which calls the next."""
    links = [drawn(f"p{n}", f"s call:R1:p{n + 1} e") for n in range(length - 1)]
    return [*links, drawn(f"p{length - 1}", "s a e")]


def test_calls_go_no_deeper_than_ten() -> None:
    assert told(*chain(10)) == ""
    assert "[p0] 子流程和调用一层套一层，超过 10 层" in told(*chain(11))


def test_a_very_long_chain_of_calls_is_refused_not_fallen_over() -> None:
    assert "超过 10 层" in told(*chain(1500))


def test_sub_processes_count_as_levels() -> None:
    inside = sub("b0", ["s1 a e1"])
    for n in range(1, 11):
        names = {f"b{n - 1}": inside}
        inside = sub(f"b{n}", [f"s{n + 1} b{n - 1} e{n + 1}"], elements=names)
    assert "[p] 子流程和调用一层套一层" in told(drawn("p", "s b10 e", b10=inside))


def test_sub_processes_and_processes_have_ids_of_their_own_in_all_files() -> None:
    one, other = (drawn(key, "s b e", b=sub("b", ["s1 a e1"])) for key in "pq")
    assert "[b] 流程标识重复" in told(one, other)


# -- what is thrown -----------------------------------------------------------------------------


def test_what_is_thrown_is_caught_by_every_caller() -> None:
    item = process("item", ["s x1 a e", "x1 th"], {"x1 a": "n"}, "", {"th": ERROR}, DECLARED)
    catches = drawn("p", "s call:R1:item e", "c z e", c=CAUGHT)
    misses = drawn("q", "s call:R1:item e")
    assert told(item, catches) == ""
    assert "0.bpmn:1 [th] 从这里抛出的错误 E1 在流程 q 里没有人捕获" in told(item, catches, misses)
    assert "在流程 item 里没有人捕获" in told(item)


@pytest.mark.parametrize(
    ("catch", "enough"),
    [
        (thrown("error"), True),
        (thrown("error", "err"), True),
        (thrown("error", "err2"), False),
        (thrown("escalation"), False),
        (timer("5wd"), False),
    ],
)
def test_it_is_caught_by_its_code_or_by_what_catches_all(catch: str, enough: bool) -> None:
    inside = sub("b", ["s1 a th"], elements={"th": ERROR})
    found = told(drawn("p", "s b e", "c z e", b=inside, c=boundary("c", "b", catch)))
    assert ("没有人捕获" not in found) == enough


def test_it_is_caught_at_any_distance() -> None:
    inside = sub("b", ["s1 a th"], elements={"th": ERROR})
    middle = drawn("mid", "s b e", b=inside)
    assert told(middle, drawn("p", "s call:R1:mid e", "c z e", c=CAUGHT)) == ""


def test_a_handler_that_throws_again_needs_someone_to_catch_that() -> None:
    inside = sub("b", ["s1 a th"], elements={"th": ERROR})
    again = event("endEvent", "again", thrown("escalation", "esc"))
    source = drawn("p", "s b e", "c z again", b=inside, again=again,
                   c=boundary("c", "b", thrown("error")))  # fmt: skip
    assert "[again] 从这里抛出的升级 C1" in told(source)


# -- loops without rest -------------------------------------------------------------------------


def looped(*path: str, **elements: str) -> str:
    """A circle of these between two gateways."""
    way = " ".join(path)
    return told(
        process("p", [f"s x1 {way} x2 a e", "x2 x1"], {"x2 a": "n"}, "", elements, DECLARED)
    )


def test_a_loop_of_automatic_elements_is_refused() -> None:
    told_of = "没有人工环节、也不等待的循环"
    assert f"[xor1] 这里有一个{told_of}" in looped()
    assert told_of in looped("t", t=script("t", "n = 1"))
    assert told_of in looped("t", t=event("intermediateThrowEvent", "t"))
    assert told_of in looped("b", b=sub("b", ["s1 t e1"], elements={"t": script("t", "n = 1")}))


def test_a_loop_rests_where_someone_or_something_has_to_come() -> None:
    assert looped("b1") == ""
    assert looped("t", t=event("intermediateCatchEvent", "t", timer("1d"))) == ""
    assert looped("r", r='<receiveTask id="r" messageRef="m"/>') == ""
    assert looped("b", b=sub("b", ["s1 b1 e1"])) == ""
    assert looped("b", b=sub("b", ["s1 b1 e1"], more=TWICE)) == ""


def test_many_instances_may_be_none_and_then_do_not_rest() -> None:
    maybe = TWICE.replace(">2<", ">n<")
    assert "也不等待的循环" in looped("b", b=sub("b", ["s1 b1 e1"], more=maybe))
    assert "也不等待的循环" in looped(
        "b", b=sub("b", ["s1 b1 e1"], more=TWICE.replace(">2<", ">0<"))
    )


def test_a_block_with_one_branch_that_waits_rests() -> None:
    """The parallel join waits for the task, so the script beside it does not make a circle."""
    block = ["s x1 +1 t +2 x2 e", "+1 a +2", "x2 x1"]
    elements = {"t": script("t", "n = 1")}
    assert told(process("p", block, {"x2 e": "n"}, "", elements)) == ""
    inside = sub("b", ["s1 +1 t +2 e1", "+1 b1 +2"], elements=elements)
    assert looped("b", b=inside) == ""
    both = {**elements, "a": script("a", "m = 1")}
    assert "也不等待的循环" in told(process("p", block, {"x2 e": "n"}, "", both))


def test_an_error_thrown_at_once_is_no_rest() -> None:
    """The sub-process waits for a person, unless the error takes the short way round."""
    inside = sub("b", ["s1 x3 b1 e1", "x3 th"], {"x3 th": "n"}, {"th": ERROR})
    catch = {"b": inside, "c": boundary("c", "b", thrown("error"))}
    assert "也不等待的循环" in told(drawn("p", "s x1 b e", "c x1", **catch))
    assert told(drawn("p", "s x1 b e", "c z x1", **catch)) == ""
    # ... and so on through a call
    item = process("item", ["s x3 b1 e", "x3 th"], {"x3 th": "n"}, "", {"th": ERROR}, DECLARED)
    assert "也不等待的循环" in told(item, drawn("p", "s x1 call:R1:item e", "c x1", c=CAUGHT))


def test_a_timer_on_the_border_is_a_rest() -> None:
    catch = {"c": boundary("c", "a", timer("5wd"))}
    assert told(drawn("p", "s x1 a e", "c x1", **catch)) == ""


# -- what decides -------------------------------------------------------------------------------


def item_decided(*arrows: str, called: str = "call:R1:item", **elements: str) -> str:
    """The faults of an item process: it ends with ``granted``, or in any other end."""
    ends = {"granted": event("endEvent", "granted")}
    item = process("item", arrows, {"x1 granted": "n"}, elements=ends | elements, declared=DECLARED)
    return told(item, drawn("p", f"s {called} e"))


WAITS = event("intermediateCatchEvent", "w", timer("5wd"))
LATE = boundary("w", "decide", timer("5wd"))
KNOWN = boundary("w", "decide", message(), interrupting=False)


@pytest.mark.parametrize(
    ("arrows", "waits"),
    [
        (["s decide granted", "w granted"], LATE),
        (["s decide x1 granted", "x1 e", "w x1"], LATE),
        (["s decide granted", "w granted"], KNOWN),
        (["s decide w granted"], WAITS),
        (["s +1 decide +2 granted", "+1 w +2"], WAITS),
        (["s decide w granted"], '<receiveTask id="w" messageRef="m"/>'),
        (["s decide +1 w granted", "+1 a e"], WAITS),
    ],
)
def test_neither_a_timer_nor_a_message_decides_an_item(arrows: list[str], waits: str) -> None:
    assert "[granted] 从定时或消息 w 不经任何人就到这里" in item_decided(*arrows, w=waits)
    assert item_decided(*arrows, called="a", w=waits) == ""


def test_a_timer_or_a_message_may_lead_to_a_person_who_decides() -> None:
    assert item_decided("s x2 decide granted", "w x2", w=LATE) == ""
    assert item_decided("s decide granted", "w urge granted", w=LATE) == ""
    assert item_decided("s decide granted", "w e", w=LATE) == ""
    assert item_decided("s w decide granted", w=WAITS) == ""


# -- variables ----------------------------------------------------------------------------------


def test_a_condition_knows_what_scripts_and_calls_set_here_and_in_every_caller() -> None:
    split = ["s t x1 a e", "x1 b e"]
    asks = {"x1 a": 'total > 1 and R7 == "e"'}
    set_here = {"t": script("t", "total = n + 1")}
    item = process("item", ["s x1 a e", "x1 b e"], asks)
    caller = process("p", ["s t call:R7:item e"], elements=set_here)
    assert told(item, caller, names={"n"}) == ""
    assert "不存在的变量 total" in told(item, process("p", ["s call:R7:item e"]), names={"n"})
    assert "不存在的变量 n" in told(
        process("p", split, {"x1 a": "total"}, "", set_here), names=set()
    )


def test_an_instance_knows_its_member_and_nobody_else_does() -> None:
    loop = TWICE.replace(
        "<loopCardinality>2</loopCardinality>",
        '<loopDataInputRef>group</loopDataInputRef><inputDataItem name="one"/>',
    )
    inside = sub("b", ["s1 x1 a e1", "x1 e1"], {"x1 a": "one == loopCounter"}, more=loop)
    outside = process("p", ["s b x2 z e", "x2 e"], {"x2 z": "one"}, elements={"b": inside})
    assert told(drawn("p", "s b e", b=inside), names={"group"}) == ""
    assert "[f2] 用了不存在的变量 one" in told(outside, names={"group"})


@pytest.mark.parametrize(
    ("line", "told_of"),
    [
        ("outcome = 1", "[t] 表达式“outcome = 1”写得不对"),
        ("loopCounter = 1", "[t] 表达式“loopCounter = 1”写得不对"),
        ("import os", "[t] 表达式“import os”写得不对"),
        ("x = open(1)", "[t] 表达式“open(1)”写得不对"),
        ("R1 = 1", "[t] 变量 R1 已经是调用结果的名称"),
        ("", "[t] 脚本任务没有脚本"),
    ],
)
def test_a_script_sets_only_variables_of_its_own(line: str, told_of: str) -> None:
    source = process("p", ["s t call:R1:q e"], elements={"t": script("t", line)})
    assert told_of in told(source, process("q", ["s a e"]))


def test_an_item_in_two_calls_of_which_one_is_made_has_one_result() -> None:
    paths = ["s x1 call:R1:q e", "x1 again e"]
    again = '<callActivity id="again" calledElement="q"><extensionElements>%s</extensionElements>'
    item = again % '<lb:item code="R1" mode="commitment"/>' + "</callActivity>"
    both = process("p", paths, {"x1 again": "n"}, elements={"again": item})
    assert told(both, process("q", ["s a e"])) == ""
