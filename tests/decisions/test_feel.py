"""What expressions come to: FEEL as the standard has it, null where nothing can be computed."""

import pytest

from tests.decisions.drawn import feel

NUMBERS = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("2 ** 3 ** 2", 64),
    ("-2 ** 2", 4),
    ("7 - -2", 9),
    ("--7", 7),
    ("1 / 3 * 3 = 1", False),
    ("decimal(1 / 3, 4)", 0.3333),
    ("0.1 + 0.2 = 0.3", True),
    ("1 / 0", None),
    ("1 + null", None),
    ('1 + "1"', None),
    ("-true", None),
    ("1e3 + .5", 1000.5),
    ("floor(-1.5)", -2),
    ("ceiling(1.01)", 2),
    ("round half up(2.5, 0)", 3),
    ("decimal(2.5, 0)", 2),
    ("round down(-1.55, 1)", -1.5),
    ("round up(1.51, 1)", 1.6),
    ("modulo(-7, 3)", 2),
    ("modulo(7, -3)", -2),
    ("modulo(7, 0)", None),
    ("abs(-3.5)", 3.5),
    ("sqrt(16)", 4),
    ("sqrt(-1)", None),
    ("odd(3) and even(-4)", True),
    ('number("1 234,5", " ", ",")', 1234.5),
    ("number(from: x)", None),
]
LOGIC = [
    ("true and null", None),
    ("false and null", False),
    ("true or null", True),
    ("false or null", None),
    ("not(null)", None),
    ("null = null", True),
    ("1 = null", False),
    ('1 = "1"', None),
    ('1 < "1"', None),
    ("1 != 2", True),
    ("[1, 2] = [1, 2]", True),
    ("{a: 1} = {a: 2}", False),
    ("3 between 1 and 3", True),
    ("3 in [1..3)", False),
    ("3 in (< 2, 3)", True),
    ("3 in (1, 2)", False),
    ("5 in ]3..5]", True),
    ("2 in [[1..3], [7..9]]", True),
    ("if null then 1 else 2", 2),
    ("some x in [1, 2] satisfies x > 1", True),
    ("every x in [1, 2], y in [2, 3] satisfies x <= y", True),
    ("every x in [] satisfies false", True),
    ("some x in [null, 2] satisfies x > 3", None),
    ("1 instance of number and not(1 instance of string)", True),
    ("[1] instance of list<number>", True),
    ("{a: 1} instance of context<a: number>", True),
    ('duration("P1D") instance of days and time duration', True),
]
TEXTS = [
    ('"a" + "b"', "ab"),
    ('"\\u65bd\\n"', "施\n"),
    ('string length("😀好")', 2),
    ('substring("并联审批", 3)', "审批"),
    ('substring("并联审批", -2, 1)', "审"),
    ('substring("并联", 3)', None),
    ('upper case("ab") + lower case("CD")', "ABcd"),
    ('substring before("a-b", "-") + substring after("a-b", "-")', "ab"),
    (
        'contains("许可证", "可") and starts with("许可证", "许") and ends with("许可证", "证")',
        True,
    ),
    ('matches("330102", "^33[0-9]{4}$")', True),
    ('matches("AB", "b", "i")', True),
    ('replace("2026-03-02", "(\\\\d+)-(\\\\d+)-(\\\\d+)", "$3.$2.$1")', "02.03.2026"),
    ('replace("aaa", "a*?", "b")', None),
    ('split("甲；乙；丙", "；")', ["甲", "乙", "丙"]),
    ('string join(["甲", null, "乙"], "、")', "甲、乙"),
    ("string(1.50) + string(true)", "1.5true"),
    ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
]
LISTS = [
    ("[1, 2, 3][2]", 2),
    ("[1, 2, 3][-1]", 3),
    ("[1, 2, 3][4]", None),
    ("[1, 2, 3][item > 1]", [2, 3]),
    ("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b", [4]),
    ("[{a: 1}, {a: 2}].a", [1, 2]),
    ("for x in 1..3, y in [10, 20] return x * y", [10, 20, 20, 40, 30, 60]),
    ("for x in 3..1 return x", [3, 2, 1]),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
    ("count([]) + sum([1, 2]) + min(3, 2) + max([4, 5])", 10),
    ("sum([])", None),
    ("mean([1, 2, 6])", 3),
    ("median([3, 1, 2, 4])", 2.5),
    ("mode([1, 2, 2, 3, 3])", [2, 3]),
    ('list contains(["a", null], null)', True),
    ("sublist([1, 2, 3], 2, 2)", [2, 3]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("concatenate([1], [2, 3])", [1, 2, 3]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2], 1)", [2]),
    ("reverse([1, 2])", [2, 1]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("flatten([1, [2, [3]]])", [1, 2, 3]),
    ("sort([2, 3, 1], function(a, b) a > b)", [3, 2, 1]),
    ("all([true, null]) = null and any([true, null])", True),
]
CONTEXTS = [
    ("{长: 2, 面积: 长 * 3}.面积", 6),
    ('{"full name": "张"}.full name', "张"),
    ("{a: 1}.b", None),
    ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ('get value({a: 1}, "a")', 1),
    ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ("(function(a, b) a - b)(b: 1, a: 5)", 4),
    ("{f: function(x) x + 1}.f(2)", 3),
    ("[1..5].end", 5),
]
MOMENTS = [
    ('date("2024-02-29") + duration("P1Y")', "2025-02-28"),
    ('@"2026-03-31" + @"P1M"', "2026-04-30"),
    ('date(2026, 3, 2) - date("2026-02-28")', "P2D"),
    ('@"2026-03-02" < @"2026-03-03"', True),
    ('@"2026-03-02".weekday', 1),
    ('day of week(@"2026-03-02")', "Monday"),
    ('date and time("2026-03-02T09:00:00") + duration("PT90M")', "2026-03-02T10:30:00"),
    ('time("23:30:00") + duration("PT1H")', "00:30:00"),
    ('date and time("2026-03-02T09:00:00+08:00") = date and time("2026-03-02T01:00:00Z")', True),
    ('date and time("2026-03-02T09:00:00+08:00").time offset', "PT8H"),
    ('date(date and time("2026-03-02T09:00:00"))', "2026-03-02"),
    ('duration("P1DT2H").hours + duration("P14M").years', 3),
    ('duration("P10D") / 4', "P2DT12H"),
    ('duration("P1Y") * 1.5', "P1Y6M"),
    ('years and months duration(@"2024-01-31", @"2026-03-02")', "P2Y1M"),
    ('for d in @"2026-03-01"..@"2026-03-03" return d.day', [1, 2, 3]),
    ('@"2026-03-02" in [@"2026-03-01"..@"2026-03-31"]', True),
    ('@"P1M" = @"P30D"', None),
    ('@"9999-12-31" + @"P1D"', None),
]
RANGES = [
    ("before([1..5), [5..9])", True),
    ("before([1..5], [5..9])", False),
    ("meets([1..5], [5..9]) and met by([5..9], [1..5])", True),
    ("overlaps([1..5], [3..8]) and overlaps before([1..5], [3..8])", True),
    ("overlaps after([3..8], [1..5])", True),
    ("includes([1..5], 5) and not(includes([1..5), 5))", True),
    ("during([2..3], [1..5])", True),
    ("starts(1, [1..5]) and finishes([3..5], [1..5])", True),
    ("coincides([1..5], [1..5])", True),
]


@pytest.mark.parametrize(
    ("words", "value"),
    [*NUMBERS, *LOGIC, *TEXTS, *LISTS, *CONTEXTS, *MOMENTS, *RANGES],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_an_expression_comes_to_what_the_standard_says(words: str, value: object) -> None:
    assert feel(words, x=None) == value


def test_a_name_may_have_several_words_and_signs_in_it() -> None:
    variables = {
        "身份证 号码": "1",
        "批准/退回": 5,
        "批准": 7,
        "non-resident": 1,
        "applicant's age": 30,
    }
    assert feel("批准/退回 + 1", **variables) == 6
    assert feel("批准 / 2", **variables) == 3.5
    assert feel("applicant's age - non-resident", **variables) == 29
    assert feel("身份证   号码", **variables) == "1"


def test_json_goes_in_and_json_comes_out() -> None:
    given = {"n": 1.5, "t": "x", "b": True, "l": [1, {"k": None}], "z": None}
    assert feel("{n: n, t: t, b: b, l: l, z: z}", **given) == given
    assert isinstance(feel("n * 2", **given), int)
