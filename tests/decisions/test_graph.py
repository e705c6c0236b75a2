"""Decisions that build upon decisions, functions they share, and boxed expressions."""

import pytest

from tests.decisions.drawn import (
    answer,
    asked,
    column,
    data,
    decision,
    file,
    literal,
    needs,
    opened,
    table,
    text,
)
from workflows.decisions import DecisionInvalid, DecisionUnknown

SIZE = table([column("面积")], [answer("档")], [(["< 200"], ['"小"']), ([">= 200"], ['"大"'])])
DAYS = table([column("规模")], [answer("天数")], [(['"小"'], ["5"]), (['"大"'], ["10"])])
AREA = data("area", "面积", "number")
LINKED = file(
    AREA,
    decision("d", DAYS, needs(decisions=["size"]), name="办理时限"),
    decision("size", SIZE, needs("area"), name="规模"),
)
FUNCTION = (
    '<businessKnowledgeModel id="b" name="按天 收费"><encapsulatedLogic>'
    '<formalParameter name="天" typeRef="number"/>%s</encapsulatedLogic></businessKnowledgeModel>'
)


def context(*entries: tuple[str, str]) -> str:
    """A boxed context; an entry without a name is its result."""
    inside = ""
    for name, body in entries:
        variable = f'<variable name="{name}"/>' if name else ""
        inside += f"<contextEntry>{variable}{body}</contextEntry>"
    return f"<context>{inside}</context>"


def form(kind: str, **parts: str) -> str:
    """A boxed choice, loop or filter."""
    inside = "".join(f"<{name}>{literal(words)}</{name}>" for name, words in parts.items())
    return f'<{kind} iteratorVariable="k">{inside}</{kind}>'


def test_a_decision_takes_those_it_requires_first_and_remembers_each() -> None:
    outcome = asked(LINKED, 面积=250)
    assert outcome.value == 10
    assert [(step.decision, step.rules, step.value) for step in outcome.steps] == [
        ("size", (2,), "大"),
        ("d", (2,), 10),
    ]


def test_what_a_file_says_can_be_looked_at() -> None:
    found = opened(LINKED)
    shown = found.by_id["size"]
    assert (shown.name, shown.hit_policy, shown.requires) == ("规模", "UNIQUE", ("面积",))
    assert (shown.inputs[0].expression, shown.outputs[0].name) == ("面积", "档")
    assert [(rule.id, rule.tests, rule.results) for rule in shown.rules] == [
        ("r1", ("< 200",), ('"小"',)),
        ("r2", (">= 200",), ('"大"',)),
    ]
    assert found.by_id["d"].requires == ("size",)
    assert found.needs("d") == found.needs("size") == {"面积"}


def test_a_name_in_an_input_column_that_nobody_declared_is_a_variable_of_the_process() -> None:
    drawn = file(
        decision(
            "d", table([column("a b"), column("c.d")], [answer("y")], [(["1", "2"], ["a b + c.d"])])
        )
    )
    assert opened(drawn).needs("d") == {"a b", "c"}
    assert asked(drawn, **{"a b": 1, "c": {"d": 2}}).value == 3


def test_a_decision_that_is_not_there_is_named() -> None:
    with pytest.raises(DecisionUnknown, match="没有决策 fees"):
        opened(LINKED).evaluate("fees", {})


@pytest.mark.parametrize(
    "body", [literal("天 * 3"), context(("单价", literal("3")), ("", literal("天 * 单价")))]
)
def test_a_function_is_called_by_its_name_and_by_a_boxed_call(body: str) -> None:
    called = (
        f"<invocation>{literal('按天 收费')}<binding><parameter name='天'/>{literal('天数 + 1')}"
        "</binding></invocation>"
    )
    for inside in (literal("按天 收费(天数 + 1)"), literal("按天 收费(天: 天数 + 1)"), called):
        drawn = file(
            data("n", "天数", "number"),
            FUNCTION % body,
            decision("d", inside, needs("n", functions=["b"])),
        )
        assert asked(drawn, 天数=4).value == 15


def test_a_table_inside_a_function_is_remembered_under_its_own_id() -> None:
    body = table([column("天")], [answer("y")], [(["> 3"], ['"长"']), (["<= 3"], ['"短"'])])
    drawn = file(
        data("n", "天数"),
        FUNCTION % body,
        decision("d", literal("按天 收费(天数)"), needs("n", functions=["b"])),
    )
    outcome = asked(drawn, 天数=4)
    assert outcome.value == "长"
    assert [(step.decision, step.rules) for step in outcome.steps] == [("b", (1,)), ("d", ())]


def test_boxed_forms_come_to_their_values() -> None:
    relation = (
        '<relation><column name="项"/><column name="费"/>'
        f"<row>{literal('1')}{literal('3')}</row><row>{literal('2')}{literal('4')}</row></relation>"
    )
    choice = form("conditional", **{"if": "n > 1", "then": "1", "else": "0"})
    loop = form("for", **{"in": "[1..3]", "return": "k * n"})
    some = form("some", **{"in": "[n]", "satisfies": "k = 2"})
    kept = form("filter", **{"in": "[1, 2, 3]", "match": "item >= n"})
    boxed = context(
        ("表", relation), ("合计", literal("sum(表.费)")),
        ("列", f"<list>{literal('n')}{literal('合计')}</list>"),
        ("选", choice), ("循环", loop), ("有", some), ("留", kept),
    )  # fmt: skip
    drawn = file(data("i", "n"), decision("d", boxed, needs("i")))
    assert asked(drawn, n=2).value == {
        "表": [{"项": 1, "费": 3}, {"项": 2, "费": 4}],
        "合计": 7,
        "列": [2, 7],
        "选": 1,
        "循环": [2, 4, 6],
        "有": True,
        "留": [2, 3],
    }


def test_types_of_the_file_are_read_into_parts_lists_and_allowed_values() -> None:
    allowed = text("allowedValues", '"个人", "企业"')
    types = (
        '<itemDefinition name="申请人"><itemComponent name="出生 日期">'
        "<typeRef>date</typeRef></itemComponent>"
        f'<itemComponent name="类别"><typeRef>string</typeRef>{allowed}'
        '</itemComponent></itemDefinition><itemDefinition name="名单" isCollection="true">'
        "<typeRef>申请人</typeRef></itemDefinition>"
    )
    drawn = file(
        types,
        data("i", "人", "名单"),
        decision("d", literal('人[类别 = "个人"].出生 日期.year'), needs("i")),
    )
    someone = {"出生 日期": "1990-05-01", "类别": "个人"}
    assert asked(drawn, 人=[someone, {**someone, "类别": "企业"}]).value == [1990]
    with pytest.raises(Exception, match="变量 人 的值不是类型 list 的"):
        asked(drawn, 人=[{**someone, "类别": "其他"}])


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_files_of_every_edition_of_the_standard_are_read(namespace: str) -> None:
    assert asked(file(decision("d", literal("1 + 1")), namespace=namespace)).value == 2


def test_a_circle_of_decisions_is_refused() -> None:
    drawn = file(
        decision("a", literal("b"), needs(decisions=["b"])),
        decision("b", literal("a"), needs(decisions=["a"])),
    )
    with pytest.raises(DecisionInvalid, match="绕了一圈又要求自己"):
        opened(drawn)
