"""What a designer is told to look at again: rules that overlap, rules of no use, and gaps."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.drawn import (
    Row,
    answer,
    asked,
    column,
    decision,
    file,
    one_table,
    opened,
    table,
)
from workflows.decisions import DecisionFailed


def told(drawn: str) -> list[str]:
    """The sentences a designer is told."""
    return [one.sentence % one.params for one in opened(drawn).warnings]


def rows(*tests: str) -> list[Row]:
    """Rules of one column."""
    return [([one], [str(number)]) for number, one in enumerate(tests)]


@pytest.mark.parametrize(
    ("policy", "tests", "sentences"),
    [
        ("UNIQUE", ["< 18", ">= 18"], []),
        ("UNIQUE", ["< 18", ">= 60"], ["这种情形没有规则，也没有默认值：x [18..60)。"]),
        ("UNIQUE", ["<= 17", ">= 18"], ["这种情形没有规则，也没有默认值：x (17..18)。"]),
        (
            "UNIQUE",
            ["<= 18", ">= 18"],
            ["第 1 条和第 2 条规则会同时命中（例如 x 18），而命中策略是“唯一”。"],
        ),
        ("UNIQUE", ["> 0", "< 0"], ["这种情形没有规则，也没有默认值：x 0。"]),
        ("UNIQUE", ["[1..3]", "not([1..3])"], []),
        ("UNIQUE", ["? > 3 and ? < 6", "? <= 3 or ? >= 6"], []),
        (
            "UNIQUE",
            ['"甲", "乙"', '"乙", "丙"'],
            ['第 1 条和第 2 条规则会同时命中（例如 x "乙"），而命中策略是“唯一”。'],
        ),
        ("UNIQUE", ["true", "false"], []),
        ("UNIQUE", ["true"], ["这种情形没有规则，也没有默认值：x false。"]),
        ("UNIQUE", ["> limit", "<= 5"], []),
        (
            "UNIQUE",
            ['< @"2026-01-01"', '> @"2026-01-01"'],
            ["这种情形没有规则，也没有默认值：x 2026-01-01。"],
        ),
        ("UNIQUE", ['<= @"2026-01-01"', '>= @"2026-01-02"'], []),
        ("UNIQUE", ["[5..1]", "-"], ["第 1 条规则永远不会命中：没有值能通过“x”。"]),
        ("FIRST", ["> 5", "> 9", "-"], ["第 2 条规则用不到：它的情形第 1 条规则都包括了。"]),
        ("FIRST", ["> 9", "> 5", "-"], []),
        ("RULE ORDER", ["> 5", "> 9"], []),
        ("COLLECT", ["> 5"], []),
    ],
)
def test_a_table_is_looked_at_as_its_policy_means_it(
    policy: str, tests: list[str], sentences: list[str]
) -> None:
    drawn = one_table(rows(*tests), policy, columns=[column("x"), column("limit")])
    drawn = drawn.replace("</inputEntry><outputEntry", "</inputEntry><inputEntry/><outputEntry")
    assert told(drawn) == sentences


def test_rules_that_say_different_things_at_once_are_told_under_any() -> None:
    drawn = one_table([(["> 1"], ["1"]), (["> 2"], ["1"]), (["<= 3"], ["2"])], "ANY")
    assert [one.partition("（")[0] for one in told(drawn)] == [
        "第 1 条和第 3 条规则会同时命中",
        "第 2 条和第 3 条规则会同时命中",
    ]


def test_allowed_values_say_what_there_is() -> None:
    columns = [column("x", "string", '"甲", "乙", "丙"')]
    drawn = one_table(rows('"甲"', '"乙"'), columns=columns)
    assert told(drawn) == ['这种情形没有规则，也没有默认值：x "丙"。']
    assert told(one_table(rows('"丁"', "-"), columns=columns)) == [
        "第 1 条规则永远不会命中：没有值能通过“x”。"
    ]


def test_a_default_answers_what_no_rule_does() -> None:
    assert told(one_table(rows("< 18"), answers=[answer("y", default="0")])) == []


def test_several_columns_are_taken_together() -> None:
    drawn = one_table(
        [(["< 200", '"商用"'], ["1"]), ([">= 200", "-"], ["2"]), (["< 300", '"自用"'], ["3"])],
        columns=[column("面积"), column("用途", "string", '"商用", "自用"')],
    )
    assert told(drawn) == [
        '第 2 条和第 3 条规则会同时命中（例如 面积 [200..300)，用途 "自用"），而命中策略是“唯一”。'
    ]


numbers = st.integers(0, 3)
cells = st.one_of(
    st.just("-"),
    numbers.map(str),
    st.builds("{}{}".format, st.sampled_from(["<", "<=", ">", ">="]), numbers),
    st.builds("[{}..{})".format, numbers, numbers),
)
drawn_rules = st.lists(st.tuples(cells, cells), min_size=1, max_size=5)


@settings(deadline=None, max_examples=60)
@given(pairs=drawn_rules)
def test_silence_about_overlaps_and_gaps_is_kept_by_every_value(
    pairs: list[tuple[str, str]],
) -> None:
    drawn = file(
        decision(
            "d",
            table([column("a"), column("b")], [answer("y")], [([*pair], ["1"]) for pair in pairs]),
        )
    )
    sentences = told(drawn)
    overlaps = any("同时命中" in one for one in sentences)
    gaps = any("没有规则" in one for one in sentences)
    points = [number / 2 for number in range(-1, 8)]
    found = {tried(drawn, a, b) for a, b in product(points, points)}
    assert (overlaps, gaps) == ("several" in found, None in found)


def tried(drawn: str, a: float, b: float) -> object:
    try:
        return asked(drawn, a=a, b=b).value
    except DecisionFailed:
        return "several"
