"""Nothing that is written into a decision file, and nothing that is put in, breaks anything."""

import contextlib
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.drawn import data, decision, file, literal, needs, one_table, opened
from workflows.decisions import DecisionFailed, DecisionInvalid
from workflows.decisions.functions import BUILT_IN

#: A second of this machine, with room for a slower one.
SECONDS = 5


def tried(drawn: str, variables: Mapping[str, Any]) -> object:
    """What comes of a file and its variables; a refusal is as good as a value."""
    try:
        return opened(drawn).evaluate("d", variables).value
    except (DecisionInvalid, DecisionFailed) as refused:
        return refused


@pytest.mark.parametrize(
    "words",
    [
        "for x in 1..1000000000 return x",
        "for x in 1..1000, y in 1..1000 return x * y",
        "every x in 1..1e30 satisfies x > 0",
        "(function(f) f(f))(function(f) f(f))",
        "{f: function(g) g(g) + g(g)}.f(function(g) 1 + g(g))",
        "{a: [1,1,1,1,1,1], b: [a,a,a,a,a,a], c: [b,b,b,b,b,b], d: [c,c,c,c,c,c], "
        "e: [d,d,d,d,d,d], f: [e,e,e,e,e,e]}",
        "for x in 1..9000 return partial",
        'string join(for x in 1..9000 return "' + "a" * 3000 + '")',
        'for x in 1..200 return replace("' + "a" * 3000 + '", "a", "' + "b" * 3000 + '")',
        "distinct values(for x in 1..9000 return [x])",
        "sort(for x in 1..90000 return -x)",
        'for x in 1..200 return matches("' + "a" * 3000 + '!", "^(a|aa)+$")',
        "(" * 9000,
        "[" * 30 + "1" + "]" * 30 + "[1]" * 39,
        "not(" * 2000,
        "1 in (" * 39 + "1" + ")" * 39,
        "-" * 4000 + "1",
        "if true then " * 39 + "1",
        "9.9 ** 9.9 ** 9.9 ** 9.9 ** 9.9",
        "1e6000 + 1e6000",
    ],
    ids=lambda words: words[:30],
)
def test_no_expression_takes_long_or_breaks_anything(words: str) -> None:
    began = perf_counter()
    tried(file(decision("d", literal(words))), {})
    assert perf_counter() - began < SECONDS


def test_too_much_is_said_to_the_designer() -> None:
    refused = tried(file(decision("d", literal("for x in 1..1e9 return x"), name="试算")), {})
    assert str(refused) == "决策“试算”的计算或数据太大。"


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 10**400, object(), {1: 2}, "\ud800", [[[[1]]]] * 9999, b"x"],
    ids=lambda value: str(value)[:20],
)
def test_any_variable_gives_a_value_or_a_refusal(value: object) -> None:
    tried(one_table([(["x"], ["[x, string(x)]"])]), {"x": value})


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_a_variable_that_goes_on_for_ever_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    for value in (endless, nested(500)):
        refused = tried(one_table([(["-"], ["1"])]), {"x": value})
        assert "的计算或数据太大" in str(refused)


WORDS = [
    *"( ) [ ] { } , . .. : + - * / ** = != < <= > >= -> @ ? ; \\ \" ' #".split(),
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not",
    "between", "instance", "of", "function", "true", "false", "null", "item", "partial", "n", "a b",
    "1", "-2", ".5", "1e6144", "1e-6143", '"x"', '"^(a+)+$"', '@"2024-02-29"', '@"P1D"', '@"-P9Y"',
    '@"10:00:00Z"', "number", "list<number>", "//", "/*", "\n", *BUILT_IN,
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
atoms = st.sampled_from([word for word in WORDS if word[0] in '-.1@"nat' and word not in BUILT_IN])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones."""
    signs = st.sampled_from("+ - * / ** = != < >= and or in".split())
    names = st.sampled_from(sorted(BUILT_IN))
    calls = st.builds(
        lambda name, args: f"{name}({', '.join(args)})", names, st.lists(inner, max_size=3)
    )
    return st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        calls,
        calls,
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{{k: {}, m: {}}}.m".format, inner, inner),
        st.builds("(for x in {} return {})".format, inner, inner),
        st.builds("(some x in {} satisfies {})".format, inner, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
        st.builds("[{}..{})".format, inner, inner),
        st.builds(
            "({}).{}".format, inner, st.sampled_from(["k", "year", "days", "time offset", "end"])
        ),
    )


expressions = st.recursive(atoms, grown, max_leaves=12)
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
values = st.recursive(
    plain,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=3), one, max_size=3),
)


@settings(deadline=None, max_examples=400)
@given(words=texts | expressions, n=values, other=values)
def test_whatever_is_written_and_given_comes_to_a_value_or_a_refusal(
    words: str, n: object, other: object
) -> None:
    inputs = data("i", "n") + data("j", "a b")
    tried(file(inputs, decision("d", literal(words), needs("i", "j"))), {"n": n, "a b": other})
    tried(one_table([([words], [words])]), {"x": n})


@settings(deadline=None, max_examples=150)
@given(at=st.integers(0, 5000), length=st.integers(0, 30), put=st.text(max_size=8))
def test_a_damaged_file_is_refused_or_read(at: int, length: int, put: str) -> None:
    drawn = file(
        data("i", "n", "number"),
        decision("d", literal("n + 1"), needs("i")),
        decision("e", literal("d * 2"), needs(decisions=["d"])),
    )
    at %= len(drawn)
    with contextlib.suppress(DecisionInvalid):
        opened(drawn[:at] + put + drawn[at + length :])
