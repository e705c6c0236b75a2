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
        (process("p", ["s a e"], extra='<scriptTask id="t"/>'), "[t] 引擎不支持 scriptTask"),
        (process("p", ["s a e"], extra='<dataObject id="t"/>'), "[t] 引擎不支持 dataObject"),
        (process("p", ["s a e"]).replace('"e"', '"End"'), "[End] 标识 End 是保留字"),
        (process("p", ["s a e", "a e2"]), "[a] 只有网关可以分支"),
        (process("p", ["s x1 a e", "x1 b e"], {"x1 a": "1"}).replace("default", "d"), "默认出线"),
        (process("p", ["s x1 a e", "x1 b e"], {"x1 a": "f(1)"}), "[f1] 条件“f(1)”写得不对"),
        (process("p", ["s a e"], {"s a": "x"}), "[f0] 这条连线不能带条件"),
        (process("p", ["s a e", "b e"]), "[b] 从开始事件走不到这里"),
        (process("p", ["s x1 a e", "x1 b x3 b"], {"x1 a": "1"}), "[b] 从这里走不到结束事件"),
        (process("p", ["s +1 a x1 e", "x1 +1"], {"x1 e": "1"}), "[and1] 并行汇聚的一条入线"),
        (process("p", ["s a e"]).replace("startEvent", "endEvent"), "[p] 流程要有且只有一个开始"),
        (process("p", ["s a e"]).replace("duty=", "dutty="), "[a] 岗位 duty 应为"),
        (process("p", ["s a e"]).replace("lb:approval", "lb:other"), "[a] 审批环节要有且只有一个"),
        (process("p", ["s call:R01:nowhere e"]), "[R01] 调用的流程 nowhere 不存在"),
        (process("p", ["s a e"]).replace('isExecutable="true"', ""), "[p] 流程没有标为可执行"),
        (process("p", ["s a e", "s a"]), "同样两个元素之间有两条连线"),
        ("<html/>", "不是可读的 BPMN 2.0 流程图：<html>"),
        ("<definitions", "不是可读的 BPMN 2.0 流程图"),
        (HEAD + "</definitions>", "[d] 文件里没有流程"),
        ("<!DOCTYPE d [<!ENTITY x 'y'>]>" + GOOD, "不是可读的 BPMN 2.0 流程图：DOCTYPE"),
        ("好" * 700_000, "不是可读的 BPMN 2.0 流程图：> 2 MB"),
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
