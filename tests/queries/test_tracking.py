"""What an applicant sees with number and code, and nobody without both."""

import pytest

from tests.hall import Hall
from workflows.queries.tracking import TrackingRefused, track


def test_number_and_code_of_the_receipt_open_the_case(hall: Hall) -> None:
    number = hall.receive()
    code = hall.case(number).query_code
    with hall.read() as session:
        assert track(session, f" {number} ", f" {code.lower()} ").number == number


def test_what_is_wrong_is_refused_alike_whether_number_or_code(hall: Hall) -> None:
    number, other = hall.receive(), hall.receive()
    code, others = hall.case(number).query_code, hall.case(other).query_code
    wrong = [(number, others), (other, code), (number, ""), ("1", code), (number, code[:-1]),
             (number, f"{code}2"), (number, "八位查询码")]  # fmt: skip
    said = set()
    with hall.read() as session:
        for pair in wrong:
            with pytest.raises(TrackingRefused) as caught:
                track(session, *pair)
            said.add(str(caught.value))
    assert len(said) == 1


def test_codes_are_not_alike_and_have_no_letters_that_look_alike(hall: Hall) -> None:
    codes = {hall.case(hall.receive()).query_code for _ in range(5)}
    assert len(codes) == 5
    assert all(len(code) == 6 and not set(code) & set("01IO") for code in codes)
