"""What the engine does not run is refused at publication, by element, with a sentence."""

import pytest

from tests.engine.drawing import HEAD, process
from workflows.engine import check

GOOD = process("p", ["s x1 a x2 e", "x1 b x2"], {"x1 a": "area > 3"})


def sentences(source: str, **more: str) -> list[str]:
    return [str(fault) for fault in check({"p.bpmn": source, **more})]


def test_a_sound_diagram_has_no_fault() -> None:
    assert sentences(GOOD) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (process("p", ["s a e"], extra='<sendTask id="t"/>'), "[t] 引擎不支持 sendTask"),
        (process("p", ["s a e"], extra='<dataObject id="t"/>'), "[t] 引擎不支持 dataObject"),
        (process("p", ["s a e"]).replace('"e"', '"End"'), "[End] 标识 End 是保留字"),
        (process("p", ["s a e"]).replace('"e"', '"a b"'), "标识 a b 只能用字母"),
        (process("p", ["s a e"]).replace('id="a"', ""), "[userTask] 缺少标识"),
        (process("p", ["s a e"]).replace('id="f1"', 'id="a"'), "[a] 标识 a 重复"),
        (process("p", ["s a e", "a e2"]), "[a] 只有网关可以分支"),
        (process("p", ["s x1 a e", "x1 b e"], {"x1 a": "1"}).replace("default", "d"), "默认出线"),
        (process("p", ["s x1 a e", "x1 b e"], {"x1 a": "f(1)"}), "[f1] 表达式“f(1)”写得不对"),
        (process("p", ["s a e"], {"s a": "x"}), "[f0] 这条连线不能带条件"),
        (process("p", ["s a e", "b e"]), "[b] 从开始事件走不到这里"),
        (process("p", ["s a e", "s1 b e1"]), "[p] 流程要有且只有一个开始"),
        (process("p", ["s x1 a e", "x1 b x3 b"], {"x1 a": "1"}), "[b] 从这里走不到结束事件"),
        (process("p", ["s +1 a e", "+1 b"]), "[b] 没有出线"),
        (process("p", ["s a e b e1"]), "[f2] 结束事件不能有出线"),
        (process("p", ["s a x1 s", "x1 e"], {"x1 e": "1"}), "[f2] 开始事件和边界事件不能有入线"),
        (process("p", ["s a e"]).replace("startEvent", "endEvent"), "[p] 流程要有且只有一个开始"),
        (process("p", ["s a e"]).replace("duty=", "dutty="), "[a] 岗位 duty 应为"),
        (process("p", ["s a e"]).replace("duty=", "dutty="), "[a] 引擎不支持属性 dutty="),
        (process("p", ["s a e"]).replace("lb:approval", "lb:other"), "[a] 审批环节要有且只有一个"),
        (process("p", ["s a e"]).replace("<lb:", "<lb:item/><lb:"), "[a] 引擎不执行扩展 lb:item"),
        (process("p", ["s a e"]).replace("<lb:", '<x:y xmlns:x="urn:x"/><lb:'), "引擎不执行扩展 y"),
        (process("p", ["s a e"]).replace('name="a"', 'lb:assignee="a"'), "引擎不执行扩展 assignee"),
        (process("p", ["s call:R01:nowhere e"]), "[R01] 调用的流程 nowhere 不存在"),
        (process("p", ["s call:R01:t:p e"]), "[R01] 调用的流程 t 不存在"),
        (process("p", ["s a e"]).replace('isExecutable="true"', ""), "[p] 流程没有标为可执行"),
        (process("p", ["s a e", "s a"]), "同样两个元素之间有两条连线"),
        (process("p", ["s a e"]).replace('targetRef="e"', 'targetRef="z"'), "[f1] 连线的一端不在"),
        (process("p", ["s a e"]).replace("</userTask>", "<incoming>f1</incoming></userTask>"),
         "[a] 元素列出的连线 f1 与图上的连线不符"),
        (GOOD.replace('default="f4"', 'default="f0"'), "[xor1] 默认出线 f0 不是这个网关的出线"),
        (GOOD.replace("<condition", "<condition").replace(
            "</conditionExpression>", "</conditionExpression><conditionExpression/>"),
         "sequenceFlow 里的 conditionExpression 只能有一个"),
        (GOOD.replace("<conditionExpression>", '<conditionExpression language="groovy">'),
         "[f1] 引擎不支持属性 language=“groovy”"),
        ("<html/>", "不是可读的 BPMN 2.0 流程图：<html>"),
        ("<definitions", "不是可读的 BPMN 2.0 流程图"),
        (HEAD + "</definitions>", "[d] 文件里没有流程"),
        ("<!DOCTYPE d [<!ENTITY x 'y'>]>" + GOOD, "不是可读的 BPMN 2.0 流程图：DOCTYPE"),
        ("好" * 700_000, "不是可读的 BPMN 2.0 流程图：> 2 MB"),
        ("\udc80", "不是可读的 BPMN 2.0 流程图"),
    ],
)  # fmt: skip
def test_it_is_refused_with_the_element_and_a_sentence(source: str, told: str) -> None:
    assert any(told in sentence for sentence in sentences(source)), sentences(source)


def test_an_external_entity_is_never_opened() -> None:
    bomb = GOOD.replace("<process", "<documentation>&x;</documentation><process")
    bomb = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + bomb
    assert "DOCTYPE" in sentences(bomb)[0]


def test_two_files_may_not_hold_the_same_process() -> None:
    assert any("流程标识重复" in sentence for sentence in sentences(GOOD, **{"q.bpmn": GOOD}))


def test_a_comment_inside_a_condition_does_not_cut_it_short() -> None:
    cut = GOOD.replace("<![CDATA[area > 3]]>", "area <!-- of the shop --> &gt; ]")
    assert any("表达式“area  > ]”写得不对" in sentence for sentence in sentences(cut))


def test_drawing_tools_may_leave_their_notes_in_the_margins() -> None:
    noted = GOOD.replace('id="d"', 'id="d" xmlns:m="urn:tool" m:version="5" exporter="tool"')
    assert sentences(noted) == []


def test_two_files_may_not_mean_different_things_by_one_id() -> None:
    """SpiffWorkflow keeps errors, messages and escalations of all files in one place."""
    one = process("p", ["s a e"], declared='<error id="err" errorCode="E1"/>')
    other = process("q", ["s a e"], declared='<error id="err" errorCode="E2"/>')
    assert sentences(one, **{"q.bpmn": other.replace("E2", "E1")}) == []
    assert "[err] 另一个文件里有同一标识" in sentences(one, **{"q.bpmn": other})[0]


def test_a_diagram_of_more_elements_than_anyone_can_read_is_refused() -> None:
    many = "".join(f'<endEvent id="e{number}"/>' for number in range(20_001))
    assert any("超过 20000 个" in s for s in sentences(process("p", ["s a e"], extra=many)))
