"""The tests of cells: against an independent model, which knows numbers and nothing of FEEL."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.drawn import answer, asked, column, one_table

Test = tuple[str, Callable[[int], bool]]


def passes(cell: str, value: object, **more: object) -> bool:
    """Whether a value passes the tests of a cell."""
    columns = [column("x"), *(column(name) for name in more)]
    rows = [([cell, *("-" for _ in more)], ["true"])]
    drawn = one_table(rows, columns=columns, answers=[answer("y", default="false")])
    return asked(drawn, x=value, **more).value is True


@pytest.mark.parametrize(
    ("cell", "fits", "misfits"),
    [
        ("-", [1, "a", None, True], []),
        ("", [1, None], []),
        ('"甲", "乙"', ["甲", "乙"], ["丙", None, 1]),
        ('not("甲", "乙")', ["丙"], ["甲", "乙"]),
        ("18", [18, 18.0], [17, "18", None]),
        (">= 18", [18, 99.5], [17.999, None, "99"]),
        ("< 18, > 65", [17, 66], [18, 65]),
        ("[18..65)", [18, 64.9], [65, 17]),
        ("]18..65]", [18.1, 65], [18]),
        ("not([18..65])", [17], [18]),
        ("true", [True], [False, None, 1]),
        ("false", [False], [True, None]),
        ("null", [None], [0, ""]),
        ("? > 3 and ? < 6", [4, 5], [3, 6, None]),
        ('contains(?, "证")', ["许可证"], ["许可", None]),
        ("not(? > 3)", [3], [4]),
        ("not(? > 3) and ? > 0", [1], [0, 4]),
        ("count(?) > 1", [[1, 2]], [[1]]),
        ("[1, 2, 3]", [1, 3, [1, 2, 3]], [4, [1]]),
        ("= 5", [5], [4]),
        ("!= 5", [4], [5]),
        ("-5", [-5], [5]),
        ("2 * 3, 7", [6, 7], [5]),
        ('"a" /* 甲类 */, "b" // 乙类', ["a", "b"], ["c"]),
    ],
)
def test_a_cell_lets_through_what_it_says_and_nothing_else(
    cell: str, fits: list[object], misfits: list[object]
) -> None:
    assert [value for value in fits if not passes(cell, value)] == []
    assert [value for value in misfits if passes(cell, value)] == []


def test_a_cell_may_ask_for_other_inputs() -> None:
    assert passes("> limit", 5, limit=4)
    assert not passes("[1..limit]", 5, limit=4)
    assert passes("limit > 3", 1, limit=4)


def test_dates_are_compared_as_days_when_the_column_says_so() -> None:
    rows = [(['< date("2026-03-02")'], ['"早"']), (['[@"2026-03-02"..@"2026-12-31"]'], ['"晚"'])]
    drawn = one_table(rows, columns=[column("x", "date")])
    assert asked(drawn, x="2026-03-01").value == "早"
    assert asked(drawn, x="2026-03-02").value == "晚"


small = st.integers(-4, 4)


def interval(low: int, high: int, opens: str, closes: str) -> Test:
    def holds(value: int) -> bool:
        above = value >= low if opens == "[" else value > low
        return above and (value <= high if closes == "]" else value < high)

    return f"{opens}{low}..{high}{closes}", holds


COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def comparison(sign: str, bound: int) -> Test:
    return f"{sign} {bound}", lambda value: COMPARISONS[sign](value, bound)


def asking(test: Test) -> Test:
    """The same test as a condition about ``?``."""
    words, holds = test
    return f"? in ({words})", holds


simple = st.one_of(
    st.builds(comparison, st.sampled_from(sorted(COMPARISONS)), small),
    st.builds(interval, small, small, st.sampled_from("[]("), st.sampled_from("])[")),
    small.map(lambda number: (str(number), lambda value: value == number)),
)
tests = st.lists(st.one_of(simple, simple.map(asking)), min_size=1, max_size=4)


@settings(deadline=None, max_examples=150)
@given(tests=tests, refused=st.booleans())
def test_lists_of_tests_mean_what_a_plain_model_says(tests: list[Test], refused: bool) -> None:
    cell = ", ".join(words for words, _ in tests)
    cell = f"not({cell})" if refused else cell
    drawn = one_table([([cell], ["true"])])
    for value in range(-5, 6):
        wanted = any(holds(value) for _, holds in tests) != refused
        assert (asked(drawn, x=value).value is True) == wanted, (cell, value)
