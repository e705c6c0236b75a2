"""Forms that depend on their own answers: tables, computed values, conditions, known numbers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict

from server.form_logic import settled
from server.form_refusals import InvalidForm, UnsupportedFormComponent
from server.form_schema import parse
from server.forms import validate, written

KIND = {
    "type": "radio",
    "key": "kind",
    "label": "类型",
    "values": [{"value": "person", "label": "个人"}, {"value": "company", "label": "企业"}],
}
NUMBER = {
    "type": "textfield",
    "key": "number",
    "label": "证件号",
    "validate": {"validationType": '="id_card" if kind == "person" else "credit_code"'},
}
PERMIT = {
    "type": "textfield",
    "key": "permit",
    "label": "批准文号",
    "conditional": {"hide": '=kind == "person"'},
    "validate": {"requiredWhen": '=kind == "company"'},
}
ROOMS = {
    "type": "dynamiclist",
    "path": "rooms",
    "label": "房间",
    "components": [
        {"type": "textfield", "key": "name", "label": "名称", "validate": {"required": True}},
        {"type": "number", "key": "area", "label": "面积", "validate": {"min": 1}},
    ],
}
TOTAL = {"type": "expression", "key": "total", "label": "合计", "expression": "=sum(rooms_area)"}
FORM = {"id": "f", "components": [KIND, NUMBER, PERMIT, ROOMS, TOTAL]}
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


def answered(**posted: str) -> tuple[dict[str, Any], dict[str, str]]:
    return validate(parse(FORM), MultiDict({k.replace("__", "."): v for k, v in posted.items()}))


def test_another_answer_decides_which_kind_of_number_is_checked() -> None:
    person, company = "11010519491231002x", "91350100m000100y43"
    assert answered(kind="person", number=person)[0]["number"] == person.upper()
    assert answered(kind="company", number=company, permit="甲")[1] == {}
    assert answered(kind="company", number=person, permit="甲")[1] == {
        "number": "“证件号”：统一社会信用代码的校验码不符：按前 17 位计算，"
        "第 18 位应为“B”，现为“X”，请逐位核对。"
    }


def test_a_birthday_that_has_not_been_yet_is_refused() -> None:
    posted = MultiDict({"kind": "person", "number": "330702209001011237"})
    assert "出生日期" in validate(parse(FORM), posted, TODAY)[1]["number"]


def test_what_is_not_asked_is_neither_required_nor_kept() -> None:
    data, errors = answered(kind="person", permit="丙" * 501)
    assert (data["permit"], errors) == (None, {})
    assert answered(kind="company")[1] == {"permit": "请填写“批准文号”"}
    assert answered()[1] == {}


def test_the_rows_of_a_table_are_kept_without_the_empty_ones() -> None:
    posted = {
        "rooms.0.name": "厨房", "rooms.0.area": "12.5", "rooms.1.name": " ", "rooms.1.area": "",
        "rooms.3.name": "库房",
    }  # fmt: skip
    data, errors = validate(parse(FORM), MultiDict(posted))
    assert errors == {}
    assert data["rooms"] == [{"name": "厨房", "area": 12.5}, {"name": "库房", "area": None}]


def test_a_fault_in_a_table_says_in_which_row_and_moves_no_row() -> None:
    posted = {"rooms.0.name": "", "rooms.2.area": "0"}
    data, errors = validate(parse(FORM), MultiDict(posted))
    assert errors == {
        "rooms.2.name": "第 3 行：请填写“名称”",
        "rooms.2.area": "第 3 行：“面积”不能小于 1",
    }
    assert len(data["rooms"]) == 3  # type: ignore[arg-type]


def test_a_table_has_at_most_fifty_rows() -> None:
    posted = {f"rooms.{row}.name": "甲" for row in range(51)}
    assert validate(parse(FORM), MultiDict(posted))[1] == {"rooms": "“房间”最多 50 行"}


def test_a_required_table_needs_a_row() -> None:
    form = parse({"id": "f", "components": [{**ROOMS, "validate": {"required": True}}]})
    assert validate(form, MultiDict())[1] == {"rooms": "请填写“房间”"}


def test_what_is_computed_follows_from_the_answers_and_cannot_be_written() -> None:
    data, _errors = answered(rooms__0__name="甲", rooms__0__area="1.1", rooms__1__name="乙",
                             rooms__1__area="2.2", total="99")  # fmt: skip
    assert "total" not in data
    assert settled(parse(FORM), data)[0] == {"total": 3.3}


def test_what_cannot_be_computed_yet_is_not_known() -> None:
    area = {"type": "number", "key": "area", "label": "面积"}
    half = {"type": "expression", "key": "half", "label": "一半", "expression": "=area / 2"}
    form = parse({"id": "f", "components": [area, half]})
    assert settled(form, {"area": None})[0] == {"half": None}
    assert settled(form, {"area": 6})[0] == {"half": 3}


def test_a_page_shown_again_has_its_rows_and_one_more_when_that_was_asked() -> None:
    posted = MultiDict({"rooms.0.name": "甲", "more": "rooms"})
    shown = written(parse(FORM), posted)
    assert shown["rooms"] == [{"name": "甲", "area": None}, {"name": None, "area": None}]


def test_a_step_that_may_write_one_field_leaves_the_others_as_they_are() -> None:
    posted = MultiDict({"permit": "丁", "number": "无"})
    known = {"kind": "company", "number": "91350100M000100Y43"}
    data, errors = validate(parse(FORM), posted, known=known, only={"permit"})
    assert (data, errors) == ({"permit": "丁"}, {})


@pytest.mark.parametrize(
    ("component", "fault"),
    [
        ({**TOTAL, "expression": "=sum(nothing)"}, "表达式只能用前面的字段，没有 nothing"),
        ({**TOTAL, "expression": "1 + 1"}, "表达式应以 = 开头"),
        ({**TOTAL, "expression": "=kind.upper()"}, "表达式："),
        ({**ROOMS, "components": []}, "缺少 components"),
        ({**ROOMS, "path": "kind"}, "重复出现"),
        ({**ROOMS, "defaultRepetitions": 51}, "defaultRepetitions 应为 1 到 50"),
        ({**PERMIT, "conditional": {"hide": "=permit == 1"}}, "没有 permit"),
    ],
)
def test_an_expression_reads_what_stands_above_it_and_nothing_else(
    component: dict[str, Any], fault: str
) -> None:
    with pytest.raises(InvalidForm, match=fault):
        parse({"id": "f", "components": [KIND, component]})


def test_a_table_in_a_table_is_refused() -> None:
    with pytest.raises(UnsupportedFormComponent, match="dynamiclist"):
        parse({"id": "f", "components": [{**ROOMS, "components": [ROOMS]}]})
