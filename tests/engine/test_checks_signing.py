"""What is refused of a step that several posts sign together, at publication, in a sentence."""

import pytest

from tests.engine.drawing import process
from tests.engine.signed import MARKER, signed
from workflows.engine import check

GOOD = 'signers="checker approver" rule="all"'
VOTE = 'signers="checker approver:2 chief" rule="vote" pass="60%"'


def sentences(step: str, *arrows: str) -> list[str]:
    source = process("p", arrows or ("s a b e",), elements={"b": step})
    return [str(fault) for fault in check({"p.bpmn": source}, frozenset())]


@pytest.mark.parametrize(
    "attributes",
    [
        GOOD,
        'signers="checker approver chief handler" rule="any" form="opinion" differentFrom="a"',
        VOTE,
        VOTE.replace("60%", "4") + ' conclusions="agree disagree abstain"',
        VOTE.replace("60%", "100%"),
    ],
)
def test_a_sound_countersigned_step_has_no_fault(attributes: str) -> None:
    assert sentences(signed("b", attributes)) == []
    assert sentences(signed("b", attributes), "s x1 b x2 e", "x2 x1") != []


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        (GOOD.replace("checker", "mayor"), "[b] signers 里的岗位 mayor 不存在，应为 approver che"),
        (GOOD.replace("checker", "approver"), "[b] signers 里的岗位 approver 写了两次。"),
        ('signers="checker" rule="all"', "[b] 会签至少要两个岗位，signers 只写了 1 个。"),
        ('signers="" rule="all"', "[b] 会签至少要两个岗位，signers 只写了 0 个。"),
        (VOTE.replace(":2", ":0"), "[b] signers 里 approver 的票数应为 1 到 100 的整数。"),
        (VOTE.replace(":2", ":101"), "[b] signers 里 approver 的票数应为 1 到 100 的整数。"),
        (VOTE.replace(":2", ":-1"), "checker approver:2；“checker approver:-1 chief”不对。"),
        (VOTE.replace(":2", ":two"), "“checker approver:two chief”不对。"),
        (VOTE.replace(":2", ":٢"), "“checker approver:٢ chief”不对。"),
        (VOTE.replace(":2", ":"), "“checker approver: chief”不对。"),
        (
            GOOD.replace("approver", "approver:2"),
            "approver 带了票数，票数只用于票签",
        ),
        (GOOD.replace("all", "most"), "[b] 会签规则 rule 应为 all any vote。"),
        ('signers="checker approver"', "[b] 会签规则 rule 应为 all any vote。"),
        ('duty="handler" rule="all"', "[b] 写了 rule 却没有签署人，请写明 signers。"),
        ('duty="handler" pass="60%"', "[b] 写了 pass 却没有签署人，请写明 signers。"),
        (GOOD + ' duty="handler"', "[b] duty 和 signers 只写一个"),
        (VOTE.replace(' pass="60%"', ""), "要写明通过线 pass，如 60%，或票数 4。"),
        (VOTE.replace("60%", "0%"), "[b] 通过线 pass=“0%”不对：应为 1% 到 100%，或票数 1 到 4。"),
        (VOTE.replace("60%", "101%"), "[b] 通过线 pass=“101%”不对"),
        (VOTE.replace("60%", "5"), "[b] 通过线 pass=“5”不对"),
        (VOTE.replace("60%", "0.6"), "[b] 通过线 pass=“0.6”不对"),
        (GOOD + ' pass="60%"', "[b] 通过线 pass 只用于票签"),
        (GOOD + ' conclusions="agree disagree return"', "[b] 会签环节的结论 conclusions 应为"),
        (GOOD + ' conclusions="agree disagree abstain"', "[b] 会签环节的结论 conclusions 应为"),
        (VOTE + ' conclusions="agree"', "[b] 会签环节的结论 conclusions 应为"),
    ],
)
def test_what_is_wrong_is_told_with_element_and_attribute(attributes: str, told: str) -> None:
    assert any(told in sentence for sentence in sentences(signed("b", attributes))), attributes


@pytest.mark.parametrize("kind", ["decide", "confirm", "check"])
def test_one_person_decides_confirms_and_checks(kind: str) -> None:
    [told] = sentences(signed("b", GOOD, f'kind="{kind}"'))
    assert f"[b] kind=“{kind}”的环节不能会签" in told


@pytest.mark.parametrize(
    "marker",
    [
        "",
        MARKER.replace("/>", ' isSequential="true"/>'),
        MARKER.replace("/>", "><loopCardinality>2</loopCardinality></multiInstance")
        + "LoopCharacteristics>",
    ],
)
def test_the_diagram_shows_the_mark_of_many(marker: str) -> None:
    assert any(
        "会签环节要画成同时的多实例" in s for s in sentences(signed("b", GOOD, marker=marker))
    )


def test_one_abstains_only_in_a_vote_and_differs_only_from_one_person() -> None:
    alone = 'duty="handler" conclusions="agree abstain"'
    assert any("弃权 abstain 只用于票签" in s for s in sentences(signed("b", alone, marker="")))
    after = signed("c", 'duty="chief" differentFrom="b"', marker="")
    source = process("p", ["s b c e"], elements={"b": signed("b", GOOD), "c": after})
    [told] = map(str, check({"p.bpmn": source}, frozenset()))
    assert "[c] differentFrom 指的环节 b 由几个人会签" in told


def test_a_circle_rests_with_those_who_sign() -> None:
    source = process("p", ["s x1 b x2 e", "x2 x1"], {"x2 x1": "true"},
                     elements={"b": signed("b", GOOD)})  # fmt: skip
    assert check({"p.bpmn": source}, frozenset()) == ()
