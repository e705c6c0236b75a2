"""Events, sub-processes and many instances: what would run wrongly is refused at publication."""

import pytest

from tests.engine.drawing import (
    DECLARED,
    TWICE,
    boundary,
    event,
    message,
    process,
    sub,
    thrown,
    timer,
)
from workflows.engine import check


def told(*arrows: str, **elements: str) -> str:
    """Every fault of a process with these elements."""
    source = process("p", arrows, elements=elements, declared=DECLARED)
    return "\n".join(str(fault) for fault in check({"p.bpmn": source}))


def limited(limit: str) -> str:
    return told("s c e", c=event("intermediateCatchEvent", "c", timer(limit)))


@pytest.mark.parametrize(
    "limit",
    ["10wd", "0.5wd", "3.5h", "60d", "P5D", "PT1H30M", "P2W", "P1DT12H", '"5wd"', " 10wd ", "after",
     '"5wd" if urgent else after'],
)  # fmt: skip
def test_a_timer_takes_a_limit_a_duration_or_what_computes_one(limit: str) -> None:
    assert limited(limit) == ""


@pytest.mark.parametrize(
    "limit",
    ["0wd", "0h", "P0D", "PT0S", "-P1D", "P1M", "P1Y", "P", "PT", "P1DT", "99999d", "P99999D",
     "10", '"soon"', "1 +", "R3/PT1H", "2026-03-02", "5 days",
     '"5 " if 1 else "x"', "10w d", "P1", "+P1D"],
)  # fmt: skip
def test_a_timer_takes_nothing_else(limit: str) -> None:
    assert "[c] 时限“" in limited(limit)


@pytest.mark.parametrize(
    ("date", "right"),
    [("2026-03-02", True), ("2026-03-02T09:00", True), ("2026-03-02T09:00:00+08:00", True),
     ("2026-03-02T09:00Z", True), ("2026-02-30", False), ("2026-10-11-12", False), ("5wd", False)],
)  # fmt: skip
def test_a_date_is_a_day_or_an_instant(date: str, right: bool) -> None:
    at = timer(date).replace("timeDuration", "timeDate")
    assert (told("s c e", c=event("intermediateCatchEvent", "c", at)) == "") == right


BESIDE = ("s a e", "c b e1")


@pytest.mark.parametrize(
    ("told_of", "arrows", "elements"),
    [
        ("[c] 边界事件要附在同一层", BESIDE, {"c": boundary("c", "nobody", timer("5wd"))}),
        ("[c] 边界事件要附在同一层", BESIDE, {"c": boundary("c", "s", timer("5wd"))}),
        ("[c] 边界事件要附在同一层", BESIDE, {"c": boundary("c", "c", timer("5wd"))}),
        ("[f3] 开始事件和边界事件不能有入线", ("s +1 a e", "+1 c e1"),
         {"c": boundary("c", "a", timer("5wd"))}),
        ("[c] 没有出线", ("s a e", "c"), {"c": boundary("c", "a", timer("5wd"))}),
        ("[c] 只有网关可以分支", ("s a e", "c b e1", "c e2"),
         {"c": boundary("c", "a", timer("5wd"))}),
        ("[c] 这个事件没有说明等待什么", BESIDE, {"c": boundary("c", "a", "")}),
        ("[c] 一个事件只能有一个事件定义", BESIDE,
         {"c": boundary("c", "a", timer("5wd") + message())}),
        ("[c] 引擎不支持 signalEventDefinition", BESIDE,
         {"c": boundary("c", "a", "<signalEventDefinition/>")}),
        ("[c] 这个活动里抛不出错误", BESIDE, {"c": boundary("c", "a", thrown("error"))}),
        ("[c] 引擎不支持属性 cancelActivity=“0”", BESIDE,
         {"c": boundary("c", "a", timer("5wd")).replace("true", "0")}),
        ("[c] 引擎不支持属性 parallelMultiple=“true”", BESIDE,
         {"c": boundary("c", "a", timer("5wd")).replace(" cancel", ' parallelMultiple="true" c')}),
        ("[c] 定时事件要写明", BESIDE, {"c": boundary("c", "a", "<timerEventDefinition/>")}),
        ("[c] 没有声明 message“x”", BESIDE, {"c": boundary("c", "a", message("x"))}),
        ("[c] 没有指明 messageRef", BESIDE,
         {"c": boundary("c", "a", "<messageEventDefinition/>")}),
        ("[r] 没有指明 messageRef", ("s r e",), {"r": '<receiveTask id="r"/>'}),
        ("[it] 没有指明 errorRef", ("s a it",), {"it": event("endEvent", "it", thrown("error"))}),
        ("[it] 没有声明 error“x”", ("s a it",),
         {"it": event("endEvent", "it", thrown("error", "x"))}),
        ("[it] messageEventDefinition 不能用在 endEvent 里", ("s a it",),
         {"it": event("endEvent", "it", message())}),
    ],
)  # fmt: skip
def test_an_event_says_one_thing_in_its_place(
    told_of: str, arrows: tuple[str, ...], elements: dict[str, str]
) -> None:
    assert told_of in told(*arrows, **elements)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (thrown("error", "err"), thrown("error", "err"), True),
        (thrown("error"), thrown("error"), True),
        (thrown("error", "err"), thrown("error"), False),
        (thrown("error", "err"), thrown("error", "err2"), False),
        (thrown("escalation", "esc"), thrown("escalation", "esc"), True),
        (thrown("error", "err"), thrown("escalation", "esc"), False),
        (message(), message(), True),
        (timer("5wd"), timer("5wd"), False),
    ],
)
def test_two_boundary_events_on_one_activity_catch_different_things(
    one: str, other: str, same: bool
) -> None:
    found = told(
        "s b e", "c d1 e", "c2 d1",
        b=sub("b", ["s1 a e1"]), c=boundary("c", "b", one), c2=boundary("c2", "b", other),
    )  # fmt: skip
    assert ("[c2] 同一活动上有两个相同的边界事件" in found) == same


def test_an_error_always_interrupts() -> None:
    found = told("s b e", "c z e", b=sub("b", ["s1 a e1"]),
                 c=boundary("c", "b", thrown("error"), interrupting=False))  # fmt: skip
    assert "[c] 错误总是中断活动" in found


def raced(*arrows: str, **elements: str) -> str:
    given = {
        "g": '<eventBasedGateway id="g"/>',
        "t": event("intermediateCatchEvent", "t", timer("5wd")),
        "r": '<receiveTask id="r" messageRef="m2"/>',
    }
    return told(*arrows, **{**given, **elements})


def test_an_event_gateway_is_followed_by_events_of_its_own() -> None:
    told_of = "事件网关后面只能是"
    assert raced("s g t x1 e", "g r x1") == ""
    assert f"[a] {told_of}" in raced("s g t x1 e", "g a x1")
    assert f"[t] {told_of}" in raced("s +1 g t x1 e", "g r x1", "+1 t")
    assert f"[r] {told_of}" in raced(
        "s g t x1 e", "g r x1", "c x1", c=boundary("c", "r", timer("1d"))
    )
    assert "[g] 事件网关至少要有两条出线" in raced("s g t e")
    twice = {
        "r": '<receiveTask id="r" messageRef="m"/>',
        "q": '<receiveTask id="q" messageRef="m"/>',
    }
    assert "[q] 事件网关后面有两处等待同一个消息" in raced("s g r x1 e", "g q x1", **twice)


# -- sub-processes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_of", "inside"),
    [
        ("[b] 流程要有且只有一个开始事件", sub("b", ["a e1"])),
        ("[b] 流程要有且只有一个开始事件", sub("b", ["s1 a e1", "s2 a"])),
        ("[b] 流程没有结束事件", sub("b", ["s1 a"])),
        ("[z] 从开始事件走不到这里", sub("b", ["s1 a e1", "z e1"])),
        ("[and1] 并行汇聚的一条入线", sub("b", ["s1 +1 a x1 e1", "x1 +1"], {"x1 e1": "n"})),
        ("[b_f1] 连线的一端不在本流程里", sub("b", ["s1 a e1"]).replace('"e1"/>', '"e3"/>', 1)),
        ("[b_f0] 这条连线不能带条件", sub("b", ["s1 a e1"], {"s1 a": "n"})),
        ("[th] 从这里抛出的错误 E1 在流程 p 里没有人捕获",
         sub("b", ["s1 a th"], elements={"th": event("endEvent", "th", thrown("error", "err"))})),
    ],
)  # fmt: skip
def test_a_sub_process_is_checked_like_a_process(told_of: str, inside: str) -> None:
    assert told_of in told("s b e", b=inside)


def test_a_flow_does_not_cross_the_border_of_a_sub_process() -> None:
    inside = sub("b", ["s1 a e1"])
    out = process("p", ["s b e"], elements={"b": inside}).replace(
        'id="f1" sourceRef="b"', 'id="f1" sourceRef="a"'
    )
    assert any("[f1] 连线的一端不在" in str(fault) for fault in check({"p": out}))


# -- many instances -----------------------------------------------------------------------------


def multiplied(inside: str, attributes: str = "", names: set[str] | None = None) -> str:
    loop = TWICE.replace("<loopCardinality>2</loopCardinality>", inside)
    loop = loop.replace("Characteristics>", f"Characteristics {attributes}>", 1)
    source = process("p", ["s b e"], elements={"b": sub("b", ["s1 a e1"], more=loop)})
    return "\n".join(str(fault) for fault in check({"p.bpmn": source}, names))


COUNT = "<loopCardinality>%s</loopCardinality>"
LIST = "<loopDataInputRef>group</loopDataInputRef>"
UNTIL = "<completionCondition>%s</completionCondition>"
INTO = "<loopDataOutputRef>all_of</loopDataOutputRef>"


@pytest.mark.parametrize(
    ("told_of", "inside", "attributes"),
    [
        ("[b] 多实例要写明个数", "", ""),
        ("[b] 多实例要写明个数", COUNT % 2 + LIST, ""),
        ("[b] 多实例的个数应为", COUNT % "-1", ""),
        ("[b] 多实例的个数应为", COUNT % "1.5", ""),
        ("[b] 多实例的个数应为", COUNT % "1001", ""),
        ("[b] 多实例的个数应为", COUNT % '"2"', ""),
        ("[b] 多实例的个数应为", COUNT % "true", ""),
        ("[b] 表达式“${n}”写得不对", COUNT % "${n}", ""),
        ("[b] 引擎不支持属性 isSequential=“yes”", COUNT % 2, 'isSequential="yes"'),
        ("[b] 引擎不支持属性 behavior=“None”", COUNT % 2, 'behavior="None"'),
        ("[b] 引擎不支持属性 noneBehaviorEventRef", COUNT % 2, 'noneBehaviorEventRef="x"'),
        ("[b] 表达式“n >”写得不对", COUNT % 2 + UNTIL % "n >", ""),
        ("[b] 多实例的结果要同时写明", LIST + '<outputDataItem name="x"/>', ""),
        ("[b] 多实例的结果要同时写明", LIST + INTO, ""),
        ("[b] 多实例的 inputDataItem", LIST + "<inputDataItem/>", ""),
        ("[b] 多实例的 inputDataItem", COUNT % 2 + '<inputDataItem name="x"/>', ""),
        ("[b] 变量名“loopCounter”不能用", LIST + '<inputDataItem name="loopCounter"/>', ""),
        ("[b] 变量名“a-b”不能用", LIST.replace("group", "a-b"), ""),
        ("[b] 引擎不支持 complexBehaviorDefinition", LIST + "<complexBehaviorDefinition/>", ""),
    ],
)  # fmt: skip
def test_many_instances_know_how_many_they_are(told_of: str, inside: str, attributes: str) -> None:
    assert told_of in multiplied(inside, attributes)


def test_a_list_is_a_variable_that_can_exist() -> None:
    assert multiplied(LIST, names={"group"}) == ""
    assert "[b] 用了不存在的变量 group" in multiplied(LIST, names={"groups"})


def test_the_counts_are_known_in_the_completion_condition_only() -> None:
    known = UNTIL % "numberOfCompletedInstances == 1 and loopCounter == 1"
    assert multiplied(LIST + known, names={"group"}) == ""
    assert "不存在的变量 numberOfInstances" in multiplied(COUNT % "numberOfInstances", names=set())
