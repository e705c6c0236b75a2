"""The numbers of people and organisations: a slip of the pen is noticed, and said where."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflows.errors import WorkflowError
from workflows.identifiers import (
    CREDIT_ALPHABET,
    PROVINCES,
    credit_check,
    credit_code,
    identity_check,
    identity_number,
    mobile_number,
    telephone_number,
)

TODAY = date(2026, 3, 2)
birthdays = st.dates(date(1900, 1, 1), TODAY)
digits = st.text("0123456789", min_size=4, max_size=4)


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    start = draw(st.sampled_from(sorted(PROVINCES))) + draw(digits)
    number = start + draw(birthdays).strftime("%Y%m%d") + draw(digits)[:3]
    return number + identity_check(number)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    register = draw(st.text(CREDIT_ALPHABET, min_size=2, max_size=2))
    region = draw(st.text("0123456789", min_size=6, max_size=6))
    code = register + region + draw(st.text(CREDIT_ALPHABET, min_size=9, max_size=9))
    return code + credit_check(code)


@given(identity_numbers())
def test_a_well_formed_identity_number_is_accepted_however_it_is_typed(number: str) -> None:
    full_width = "".join(chr(ord(one) + 0xFEE0) for one in number)
    spaced = f" {number[:6]} {number[6:14]} {number[14:]} "
    for typed in (number, number.lower(), full_width, spaced):
        assert identity_number(typed, TODAY) == number


@given(identity_numbers(), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    with pytest.raises(WorkflowError):
        identity_number(number[:place] + digit + number[place + 1 :], TODAY)


@given(identity_numbers(), st.integers(0, 15))
def test_two_digits_that_changed_places_are_always_noticed(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(WorkflowError):
        identity_number(swapped, TODAY)


@given(credit_codes())
def test_a_well_formed_credit_code_is_accepted_however_it_is_typed(code: str) -> None:
    for typed in (code, code.lower(), f"{code[:8]} {code[8:17]} {code[17]}"):
        assert credit_code(typed) == code


@given(credit_codes(), st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_always_noticed(
    code: str, place: int, character: str
) -> None:
    assume(code[place] != character)
    with pytest.raises(WorkflowError):
        credit_code(code[:place] + character + code[place + 1 :])


@given(st.text())
def test_whatever_is_written_is_accepted_or_refused_with_a_sentence(text: str) -> None:
    for read in (identity_number, credit_code, mobile_number, telephone_number):
        try:
            assert read(text, TODAY)
        except WorkflowError as refused:
            assert str(refused).endswith("。")


def test_numbers_from_the_standards_themselves_are_accepted() -> None:
    assert identity_number("11010519491231002X") == "11010519491231002X"
    assert credit_code("91350100M000100Y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("read", "written", "sentence"),
    [
        (
            identity_number,
            "330702850712002",
            "这是 15 位的旧居民身份证号，第一代居民身份证已停止使用，"
            "请填写现在的 18 位公民身份号码。",
        ),
        (identity_number, "33070219900101123", "居民身份证号应为 18 位，现有 17 位。"),
        (
            identity_number,
            "33O702199001011237",
            "居民身份证号第 3 位“O”不对，这一位应为数字。",
        ),
        (
            identity_number,
            "33070219900101123A",
            "居民身份证号第 18 位“A”不对，这一位应为数字或者 X。",
        ),
        (
            identity_number,
            "990702199001011237",
            "居民身份证号第 1、2 位“99”不是省级行政区划代码。",
        ),
        (
            identity_number,
            "330702199013011237",
            "居民身份证号第 7 至 14 位“19901301”不是正确的出生日期。",
        ),
        (
            identity_number,
            "330702209001011237",
            "居民身份证号第 7 至 14 位“20900101”不是正确的出生日期。",
        ),
        (
            identity_number,
            "330702199001011234",
            "居民身份证号的校验码不符：按前 17 位计算，第 18 位应为“7”，现为“4”，请逐位核对。",
        ),
        (
            credit_code,
            "91330700MA29IBCD1G",
            "统一社会信用代码第 13 位“I”不对，这一位应为数字，或者 I、O、S、V、Z 以外的大写字母。",
        ),
        (
            credit_code,
            "9133070AMA29ABCD1G",
            "统一社会信用代码第 8 位“A”不对，这一位应为数字。",
        ),
        (
            credit_code,
            "91330700MA29ABCD1X",
            "统一社会信用代码的校验码不符：按前 17 位计算，第 18 位应为“G”，现为“X”，请逐位核对。",
        ),
        (mobile_number, "12800000000", "手机号码应为 11 位数字，以 13 至 19 开头。"),
        (
            telephone_number,
            "82460000",
            "联系电话应为 11 位手机号码，或者带区号的固定电话，例如 0579-82460000。",
        ),
    ],
)
def test_the_sentence_says_where_the_number_is_wrong(
    read: Callable[[str, date], str], written: str, sentence: str
) -> None:
    with pytest.raises(WorkflowError) as refused:
        read(written, TODAY)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("written", ["13905790000", "139 0579 0000", "+86 139-0579-0000"])
def test_a_mobile_number_is_kept_as_eleven_digits(written: str) -> None:
    assert mobile_number(written) == telephone_number(written) == "13905790000"


def test_a_fixed_line_with_its_area_code_is_a_telephone() -> None:
    assert telephone_number("0579-82460000") == "0579-82460000"
