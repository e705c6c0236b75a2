"""What is refused when a decision file is read: every fault at once, each with its place."""

import pytest

from tests.decisions.drawn import (
    answer,
    column,
    data,
    decision,
    file,
    literal,
    needs,
    one_table,
    opened,
    table,
)
from workflows.decisions import DecisionInvalid

PYTHON = '<literalExpression expressionLanguage="python"><text>1</text></literalExpression>'


def said(drawn: str) -> list[str]:
    """The sentences of what is wrong in a file."""
    with pytest.raises(DecisionInvalid) as refused:
        opened(drawn)
    return [f"[{one.element}] {one.sentence % one.params}" for one in refused.value.faults]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("area + 1", "不认识的名称（“area”）"),
        ("1 +", "没有写完"),
        ("1 2", "这里不合语法（“2”）"),
        ('"许可', "引号没有成对"),
        ("today()", "不能读当前时间，请把日期作为输入（“today”）"),
        ("sum()", "函数的参数个数不对（“sum”）"),
        ("round(1.5)", "不认识的名称（“round”）"),
        ('substring(text: "a", at: 1)', "函数没有这些名称的参数（“substring”）"),
        ('date("2026-02-30")', "不是日期、时间、时长或数字（“date”）"),
        ('@"3 天"', "不是日期、时间或时长（“3 天”）"),
        ("1 instance of money", "不认识的类型（“money”）"),
        ('function() external {java: "x"}', "不支持外部函数"),
        ("{a: 1, a: 2}", "同一名称写了两次"),
        ("1e9999", "数字过大"),
        ("", "没有写完"),
        ("“甲”", "符号要用英文的（半角），如 >= 和 , 和直引号（““”）"),
        ("1 ≥ 0", "（“≥”）"),
    ],
)
def test_an_expression_that_is_none_is_refused_with_the_place_where_reading_stopped(
    words: str, sentence: str
) -> None:
    (only,) = said(file(decision("d", literal(words))))
    assert only.startswith("[d] ") and sentence in only, only


def test_a_bad_cell_is_named_by_rule_and_column() -> None:
    drawn = one_table([(["> 1"], ["1"]), (["> big"], ["1"]), (["> 3"], ['"a'])])
    assert said(drawn) == [
        "[r2] 第 2 条规则，“x”：“> big”写得不对：不认识的名称（“big”）。",
        '[r3] 第 3 条规则，“y”：“"a”写得不对：引号没有成对（“"a”）。',
    ]


def test_every_fault_of_a_file_is_found_at_once() -> None:
    drawn = file(
        data("i", "n", "money"),
        data("j", "n"),
        decision("d", literal("n"), needs("i", decisions=["nowhere"])),
        decision("d", literal("1"), name="e"),
        decision("g", ""),
        '<decision name="f">' + literal("1") + "</decision>",
        '<import namespace="other"/>',
    )
    assert sorted(said(drawn)) == [
        "[_f] 不支持引用其他文件（import）。",
        "[_f] 缺少标识（id）。",
        "[d] 标识 d 重复。",
        "[d] 要求的 nowhere 不存在。",
        "[g] 这里没有内容：请画规则表或写表达式。",
        "[i] 没有类型 money。",
        "[j] 名称 n 用了两次。",
    ]


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (one_table([], "BEST"), "没有命中策略 BEST。"),
        (one_table([], "COLLECT", aggregation="AVG"), "没有汇总方式 AVG。"),
        (one_table([], "PRIORITY"), "命中策略 PRIORITY 要有一列写明输出的允许值，按优先顺序排列。"),
        (one_table([(["1", "2"], ["1"])]), "第 1 条规则的格数与列数不符。"),
        (one_table([], answers=[]), "规则表没有输出列。"),
        (one_table([(["1"], ['"丙"'])], answers=[answer("y", '"甲", "乙"')]),
         "第 1 条规则的“y”不在输出的允许值里。"),
        (one_table([], answers=[answer("y"), answer("y")]), "有几个输出列时，每列要有自己的名称。"),
        (one_table([], columns=[column("x")] * 101), "规则表的列太多，最多 100 列。"),
        (one_table([], columns=[column("x", "钱")]), "没有类型 钱。"),
        (one_table([], columns=[column("")]), "“”写得不对：这一列还没有写表达式。"),
        (file(), "文件里没有决策。"),
        (file(decision("d", PYTHON)), "表达式要用 FEEL 写，不能用 python。"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_work_is_refused(drawn: str, sentence: str) -> None:
    assert sentence in [one.partition("] ")[2] for one in said(drawn)]


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        ("", "Document is empty"),
        ("<a/>", "<a>"),
        ("<!DOCTYPE a []>" + file(decision("d", literal("1"))), "DOCTYPE"),
        (file(decision("d", literal("1")), namespace="urn:other"), "urn:other"),
    ],
)
def test_a_file_that_is_no_decision_file_is_refused(drawn: str, why: str) -> None:
    (only,) = said(drawn)
    assert only.startswith("[-] 文件不是可读的 DMN 规则表") and why in only


def test_a_fault_carries_its_line() -> None:
    broken = table([column("x")], [answer("y")], [(["1"], ["oops"])])
    drawn = file("\n\n", decision("d", broken))
    with pytest.raises(DecisionInvalid) as refused:
        opened(drawn)
    assert [(one.file, one.line) for one in refused.value.faults] == [("f.dmn", 3)]
