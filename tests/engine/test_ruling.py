"""Business rule tasks: a table is asked at once, its answer is a variable, and it is remembered."""

from typing import Any

import pytest

from tests.engine.drawing import TWICE, process, script, sub
from tests.engine.tables import FEE, ask, decision, table
from workflows.decisions import DecisionFailed
from workflows.engine import Definition, Step, check, complete, load, migrate, roll_back, start
from workflows.engine.codec import forget

AREA = frozenset({"area_m2"})


def fee(element: str = "fee") -> str:
    """Asks what the fee is."""
    return ask(element, "fee_table", "fee")


def loaded(source: str, *tables: str) -> Definition:
    """A definition that has passed the checks."""
    found = check({"p.bpmn": source}, None, {f"{n}.dmn": text for n, text in enumerate(tables)})
    assert found == (), [str(fault) for fault in found]
    return load("p", (source,), tables)


def refused(source: str, tables: dict[str, str], names: frozenset[str] | None = None) -> list[str]:
    """What publication says."""
    return [str(one) for one in check({"p.bpmn": source}, names, tables, AREA)]


BRANCHES = process(
    "p", ["s rt x1 dear e", "x1 cheap e2"], {"x1 dear": "fee > 100"}, elements={"rt": fee("rt")}
)


def waits(step: Step) -> list[str]:
    """The steps that wait for people."""
    return [task.element for task in step.open_tasks]


@pytest.mark.parametrize(
    ("area", "value", "rule", "way"),
    [(50, 60, 1, "cheap"), (300, 80, 2, "cheap"), (420, 120, 3, "dear")],
)  # fmt: skip
def test_a_gateway_goes_by_what_the_table_says_and_the_step_tells_why(
    area: int, value: int, rule: int, way: str
) -> None:
    step = start(loaded(BRANCHES, FEE), {"area_m2": area})
    assert waits(step) == [way]
    assert step.variables["fee"] == value
    (told,) = step.decided
    assert (told.element, told.decision, told.name) == ("rt", "fee_table", "收费标准")
    assert (told.inputs, told.rules, told.value) == ({"area_m2": area}, (rule,), value)


def test_what_no_rule_covers_is_none_and_goes_the_default_way() -> None:
    few = table("fee_table", [("area_m2", "number")], [("fee", "number")], [["> 300", "120"]])
    source = process(
        "p", ["s rt x1 dear e", "x1 cheap e2"], {"x1 dear": "fee != none"},
        elements={"rt": fee("rt")},
    )  # fmt: skip
    step = start(loaded(source, few), {"area_m2": 1})
    assert waits(step) == ["cheap"]
    assert step.variables["fee"] is None
    assert step.decided[0].rules == ()


def test_each_output_has_its_own_name_and_all_together_the_name_of_the_result() -> None:
    both = table(
        "fee_table", [("area_m2", "number")], [("fee", "number"), ("kind", "string")],
        [["> 300", "120", '"large"'], ["<= 300", "80", '"small"']],
    )  # fmt: skip
    apart = process("p", ["s rt a e"], elements={"rt": ask("rt")})
    step = start(loaded(apart, both), {"area_m2": 400})
    assert (step.variables["fee"], step.variables["kind"]) == (120, "large")
    whole = process("p", ["s rt a e"], elements={"rt": ask("rt", result="found")})
    step = start(loaded(whole, both), {"area_m2": 40})
    assert step.variables["found"] == {"fee": 80, "kind": "small"}
    assert "fee" not in step.variables


def test_all_that_hit_are_a_list_under_each_name() -> None:
    every = table(
        "fee_table", [("area_m2", "number")], [("fee", "number"), ("kind", "string")],
        [["> 300", "120", '"large"'], ["> 10", "80", '"small"']], "RULE ORDER",
    )  # fmt: skip
    step = start(loaded(process("p", ["s rt a e"], elements={"rt": ask("rt")}), every),
                 {"area_m2": 400})  # fmt: skip
    assert step.variables["kind"] == ["large", "small"]
    assert step.decided[0].rules == (1, 2)


def test_a_decision_that_fails_refuses_the_step_and_leaves_the_process_as_it_was() -> None:
    twice = table("fee_table", [("n", "number")], [("fee", "number")], [["> 1", "1"], ["> 2", "2"]])
    definition = loaded(process("p", ["s a rt b e"], elements={"rt": fee("rt")}), twice)
    before = start(definition, {"n": 0})
    number = before.open_tasks[0].number
    with pytest.raises(DecisionFailed):
        complete(definition, before.state, number, {"n": 3})
    after = complete(definition, before.state, number, {"n": 2})
    assert waits(after) == ["b"]
    assert after.variables["fee"] == 1


def test_a_loop_asks_again_and_what_is_rolled_back_is_forgotten() -> None:
    again = process(
        "p", ["s a rt x1 b e", "x1 a"], {"x1 a": "fee < 100"}, elements={"rt": fee("rt")}
    )
    definition = loaded(again, FEE)
    first = start(definition, {"area_m2": 0})
    assert first.decided == ()
    small = complete(definition, first.state, first.open_tasks[0].number, {"area_m2": 50})
    assert (waits(small), small.decided[0].value) == (["a"], 60)
    forget()  # as if the process had been read anew
    large = complete(definition, small.state, small.open_tasks[0].number, {"area_m2": 500})
    assert (waits(large), large.decided[0].value, len(large.decided)) == (["b"], 120, 1)
    back = roll_back(definition, large.state, small.open_tasks[0].number)
    assert (waits(back), back.variables["fee"], back.decided) == (["a"], 60, ())


def test_each_instance_asks_with_its_own_variables() -> None:
    over = (
        "<multiInstanceLoopCharacteristics><loopDataInputRef>areas</loopDataInputRef>"
        '<inputDataItem name="area_m2"/><loopDataOutputRef>fees</loopDataOutputRef>'
        '<outputDataItem name="fee"/></multiInstanceLoopCharacteristics>'
    )
    inside = sub("many", ["s1 rt e1"], elements={"rt": fee("rt")}, more=over)
    definition = loaded(process("p", ["s many a e"], elements={"many": inside}), FEE)
    step = start(definition, {"areas": [400, 50, 200]})
    assert step.variables["fees"] == [120, 60, 80]
    assert [one.rules for one in step.decided] == [(3,), (1,), (2,)]


def test_what_is_set_inside_a_called_process_is_read_by_its_table() -> None:
    elements = {"set": script("set", "area_m2 = 500"), "rt": fee("rt")}
    other = process("q", ["s2 set rt e2"], elements=elements).replace('id="f', 'id="q')
    main = process("p", ["s c a e"], elements={"c": '<callActivity id="c" calledElement="q"/>'})
    assert check({"p.bpmn": main, "q.bpmn": other}, frozenset(), {"f.dmn": FEE}) == ()
    step = start(load("p", (main, other), (FEE,)), {})
    assert step.decided[0].value == 120


def test_a_migrated_process_asks_the_table_of_its_new_version() -> None:
    source = process("p", ["s a rt b e"], elements={"rt": fee("rt")})
    dearer = FEE.replace("120", "150")
    old, new = loaded(source, FEE), loaded(source, dearer)
    step = start(old, {"area_m2": 400})
    moved = migrate(old, new, step.state)
    done = complete(new, moved.state, moved.open_tasks[0].number, {})
    assert done.variables["fee"] == 150


def test_the_definition_says_what_its_tables_read() -> None:
    assert loaded(BRANCHES, FEE).asked == {"area_m2"}
    assert load("p", (process("p", ["s a e"]),)).asked == frozenset()


def test_decisions_that_were_asked_on_the_way_are_told_as_well() -> None:
    needs = (
        '<informationRequirement id="r"><requiredDecision href="#size"/></informationRequirement>'
    )
    first = decision("size", [("area_m2", "number")], [("size", "string")],
                     [["> 300", '"large"'], ["<= 300", '"small"']])  # fmt: skip
    second = decision("fee_table", [("size", "string")], [("fee", "number")],
                      [['"large"', "120"], ['"small"', "60"]])  # fmt: skip
    file = FEE.partition("<decision ")[0] + first + second.replace(
        "<decisionTable", needs + "<decisionTable", 1) + "</definitions>"  # fmt: skip
    step = start(loaded(BRANCHES, file), {"area_m2": 500})
    assert [(one.decision, one.value) for one in step.decided] == [
        ("size", "large"), ("fee_table", 120),
    ]  # fmt: skip
    assert step.variables["fee"] == 120


PLAIN = process("p", ["s rt a e"], elements={"rt": ask("rt")})


def result(name: str) -> str:
    """A process whose rule task writes this variable."""
    return process("p", ["s rt a e"], elements={"rt": ask("rt", result=name)})


@pytest.mark.parametrize(
    ("source", "tables", "said"),
    [
        (PLAIN.replace('<lb:decision ref="fee_table"/>', ""), {"f.dmn": FEE}, "有且只有一个"),
        (PLAIN.replace('ref="fee_table"', 'ref=""'), {"f.dmn": FEE}, "有且只有一个 lb:decision"),
        (PLAIN, {}, "没有标识为 fee_table 的决策"),
        (PLAIN, {"f.dmn": FEE, "g.dmn": FEE}, "f.dmn g.dmn"),
        (result("outcome"), {"f.dmn": FEE}, "结果变量“outcome”不能用"),
        (result("a-b"), {"f.dmn": FEE}, "结果变量“a-b”不能用"),
        (PLAIN, {"f.dmn": FEE.replace('name="fee"', 'name="the fee"')}, "请在任务上写明结果变量"),
        (PLAIN, {"f.dmn": FEE.replace("area_m2<", "seats<")}, "不存在的变量 seats"),
        (PLAIN.replace("<lb:decision", '<lb:decision file="x"'), {"f.dmn": FEE}, "不支持属性 file"),
        (PLAIN.replace("</businessRuleTask>", TWICE + "</businessRuleTask>"), {"f.dmn": FEE},
         "不能用在 businessRuleTask 里"),
    ],
)  # fmt: skip
def test_publication_refuses_a_task_whose_answer_cannot_be_had(
    source: str, tables: dict[str, str], said: str
) -> None:
    faults = refused(source, tables, frozenset())
    assert any("[rt]" in fault and said in fault for fault in faults), faults


def test_publication_refuses_a_table_that_cannot_be_read_by_its_file_and_line() -> None:
    broken = FEE.replace("]100..300]", "100 bis 300")
    faults = refused(PLAIN, {"f.dmn": broken}, frozenset())
    assert faults and all(fault.startswith("f.dmn:") for fault in faults)
    assert refused(process("p", ["s a e"]), {"f.dmn": "<x/>"}) != []


def test_a_table_may_not_give_the_result_of_an_item() -> None:
    item = (
        '<callActivity id="c" calledElement="q"><extensionElements><lb:item code="R1"/>'
        "</extensionElements></callActivity>"
    )
    source = process("p", ["s rt c e"], elements={"rt": ask("rt", result="R1"), "c": item})
    other = process("q", ["s2 b granted"], elements={"granted": '<endEvent id="granted"/>'})
    found = check({"p.bpmn": source, "q.bpmn": other.replace('"f', '"q')}, frozenset(),
                  {"f.dmn": FEE}, AREA)  # fmt: skip
    assert any("R1 已经是调用结果" in str(fault) for fault in found)


def test_answers_of_the_applicant_are_for_tables_only() -> None:
    assert refused(PLAIN, {"f.dmn": FEE}, frozenset()) == []
    branch = process("p", ["s x1 a e", "x1 b e2"], {"x1 a": "area_m2 > 3"})
    assert "不存在的变量 area_m2" in refused(branch, {}, frozenset())[0]


def test_a_circle_of_tables_alone_would_never_rest() -> None:
    source = process("p", ["s x1 rt x1", "x1 a e"], {"x1 rt": "n > 0"}, elements={"rt": fee("rt")})
    said: Any = refused(source, {"f.dmn": FEE})
    assert any("无休止" in one for one in said)
