"""What a table answers under each hit policy, and what it leaves behind for the auditor."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.drawn import Row, answer, asked, column, decision, file, one_table, table
from workflows.decisions import DecisionFailed

AGES: list[Row] = [(["< 18"], ['"少年"']), (["[18..60)"], ['"成年"']), ([">= 60"], ['"老年"'])]
STEPS: list[Row] = [(["> 1"], ["10"]), (["> 2"], ["30"]), (["> 3"], ["20"])]
LIST = '"甲", "乙", "丙"'


def test_unique_answers_by_the_one_rule_that_matches() -> None:
    outcome = asked(one_table(AGES), x=60)
    assert outcome.value == "老年"
    assert [step.rules for step in outcome.steps] == [(3,)]


def test_unique_refuses_two_rules_and_names_them() -> None:
    with pytest.raises(DecisionFailed, match="同时符合第 1、2 条规则") as failed:
        asked(one_table(STEPS), x=3)
    assert (failed.value.decision, failed.value.rules) == ("d", (1, 2))


@pytest.mark.parametrize(
    ("policy", "how", "x", "value", "rules"),
    [
        ("FIRST", {}, 4, 10, (1,)),
        ("RULE ORDER", {}, 4, [10, 30, 20], (1, 2, 3)),
        ("COLLECT", {}, 3, [10, 30], (1, 2)),
        ("COLLECT", {"aggregation": "SUM"}, 4, 60, (1, 2, 3)),
        ("COLLECT", {"aggregation": "MIN"}, 4, 10, (1, 2, 3)),
        ("COLLECT", {"aggregation": "MAX"}, 4, 30, (1, 2, 3)),
        ("COLLECT", {"aggregation": "COUNT"}, 4, 3, (1, 2, 3)),
        ("COLLECT", {"aggregation": "SUM"}, 0, None, ()),
        ("COLLECT", {"aggregation": "COUNT"}, 0, 0, ()),
        ("COLLECT", {}, 0, [], ()),
        ("RULE ORDER", {}, 0, [], ()),
        ("UNIQUE", {}, 1, None, ()),
    ],
)
def test_each_policy_has_its_answer(
    policy: str, how: dict[str, str], x: int, value: object, rules: tuple[int, ...]
) -> None:
    outcome = asked(one_table(STEPS, policy, **how), x=x)
    assert (outcome.value, outcome.steps[0].rules) == (value, rules)


def test_any_takes_rules_that_say_the_same_and_refuses_others() -> None:
    rows: list[Row] = [(["> 1"], ['"甲"']), (["> 2"], ['"甲"']), (["> 3"], ['"乙"'])]
    outcome = asked(one_table(rows, "ANY"), x=3)
    assert (outcome.value, outcome.steps[0].rules) == ("甲", (1, 2))
    with pytest.raises(DecisionFailed, match="第 1、2、3 条规则结果不同"):
        asked(one_table(rows, "ANY"), x=4)


def test_priority_and_output_order_go_by_the_allowed_values() -> None:
    rows: list[Row] = [(["> 1"], ['"丙"']), (["> 2"], ['"甲"']), (["> 3"], ['"乙"'])]
    drawn = [
        one_table(rows, one, answers=[answer("y", LIST)]) for one in ("PRIORITY", "OUTPUT ORDER")
    ]
    assert [asked(one, x=4).value for one in drawn] == ["甲", ["甲", "乙", "丙"]]
    assert [asked(one, x=4).steps[0].rules for one in drawn] == [(2,), (2, 3, 1)]


def test_several_outputs_make_a_context_and_defaults_fill_it() -> None:
    answers = [answer("结果", LIST, '"丙"'), answer("天数")]
    drawn = one_table([(["1"], ['"甲"', "5"])], answers=answers)
    assert asked(drawn, x=1).value == {"结果": "甲", "天数": 5}
    outcome = asked(drawn, x=2)
    assert (outcome.value, outcome.steps[0].rules) == ({"结果": "丙", "天数": None}, ())


def test_values_that_are_not_allowed_are_refused_by_column() -> None:
    columns = [column("x", "string", LIST)]
    drawn = one_table([(["-"], ["x"])], columns=columns, answers=[answer("y", '"乙"')])
    with pytest.raises(DecisionFailed, match="“x”的值不在允许的范围内"):
        asked(drawn, x="丁")
    with pytest.raises(DecisionFailed, match="第 1 条规则的“y”不在允许的范围内"):
        asked(drawn, x="甲")


@pytest.mark.parametrize(
    ("kind", "value"), [("number", "5"), ("date", "明天"), ("boolean", 1), ("string", 5)]
)
def test_a_value_of_another_kind_is_refused_before_it_matches_nothing(
    kind: str, value: object
) -> None:
    drawn = one_table([(["-"], ["1"])], columns=[column("x", kind)])
    with pytest.raises(DecisionFailed, match=f"变量 x 的值不是类型 {kind} 的"):
        asked(drawn, x=value)


def test_a_missing_variable_is_named() -> None:
    drawn = one_table([(["-", "-"], ["1"])], columns=[column("面积"), column("用途")])
    with pytest.raises(DecisionFailed, match="缺少变量 面积、用途"):
        asked(drawn)


def test_what_was_asked_and_answered_is_remembered() -> None:
    columns = [column("面积 * 2"), column("用途")]
    outcome = asked(one_table([(["> 9", '"商用"'], ["1"])], columns=columns), 面积=5, 用途="商用")
    assert outcome.steps[0].inputs == {"面积 * 2": 10, "用途": "商用"}
    assert outcome.steps[0].value == 1
    twice = one_table([(["> 1", "< 9"], ["1"])], columns=[column("面积"), column("面积")])
    assert asked(twice, 面积=5).steps[0].inputs == {"面积": 5, "面积 2": 5}


def test_an_empty_result_is_null_and_a_rule_may_compute_its_own() -> None:
    assert asked(one_table([(["1"], [""]), (["2"], ["x * 3"])]), x=1).value is None
    assert asked(one_table([(["1"], [""]), (["2"], ["x * 3"])]), x=2).value == 6


numbers = st.integers(-3, 3)
bounds = st.tuples(numbers, numbers)
rules = st.lists(st.tuples(bounds, bounds, st.integers(0, 2)), min_size=1, max_size=6)
Rules = list[tuple[tuple[int, int], tuple[int, int], int]]
MODEL: dict[str, Callable[[list[int]], Any]] = {
    "UNIQUE": lambda hits: hits[0] if len(hits) == 1 else "refused",
    "FIRST": lambda hits: hits[0],
    "ANY": lambda hits: hits[0] if len(set(hits)) == 1 else "refused",
    "PRIORITY": max,
    "OUTPUT ORDER": lambda hits: sorted(hits, reverse=True),
    "RULE ORDER": list,
    "COLLECT": list,
}


@settings(deadline=None, max_examples=80)
@given(drawn=rules, at=st.tuples(numbers, numbers))
def test_every_policy_agrees_with_a_plain_model(drawn: Rules, at: tuple[int, int]) -> None:
    a, b = at
    hits = [out for (l1, h1), (l2, h2), out in drawn if l1 <= a <= h1 and l2 <= b <= h2]
    rows: list[Row] = [
        ([f"[{l1}..{h1}]", f"[{l2}..{h2}]"], [str(out)]) for (l1, h1), (l2, h2), out in drawn
    ]
    columns, answers = [column("a", "number"), column("b", "number")], [answer("y", "2, 1, 0")]
    for policy, model in MODEL.items():
        text = file(decision("d", table(columns, answers, rows, hitPolicy=policy)))
        try:
            value = asked(text, a=a, b=b).value
        except DecisionFailed:
            value = "refused"
        nothing: list[int] | None = [] if policy.endswith("ORDER") or policy == "COLLECT" else None
        assert value == (model(hits) if hits else nothing), policy
