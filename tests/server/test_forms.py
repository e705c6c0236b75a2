"""Forms: what a designer may draw, and what a person may answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict

from server.form_fields import Form, prose
from server.form_refusals import InvalidForm, UnsupportedFormComponent
from server.form_schema import parse
from server.forms import validate

OPINION = {
    "id": "opinion",
    "components": [
        {"type": "text", "text": "### 审查意见\n**不同意**须写明理由 <b>"},
        {
            "type": "radio",
            "key": "conclusion",
            "label": "审查结论",
            "validate": {"required": True},
            "values": [{"value": "agree", "label": "同意"}, {"value": "reject", "label": "不同意"}],
        },
        {
            "type": "textarea",
            "key": "opinion",
            "label": "审查意见",
            "validate": {"required": True, "minLength": 5, "maxLength": 20},
        },
        {
            "type": "number",
            "key": "area",
            "label": "用地面积",
            "decimalDigits": 2,
            "validate": {"min": 0, "max": 1000},
        },
        {"type": "datetime", "key": "visit", "subtype": "date", "dateLabel": "踏勘日期"},
        {
            "type": "checklist",
            "key": "materials",
            "label": "已核验材料",
            "values": [{"value": v, "label": f"材料{v}"} for v in "abc"],
        },
        {
            "type": "textfield",
            "key": "licence",
            "label": "许可证号",
            "validate": {"pattern": "^[A-Z]\\d{3}$", "patternErrorMessage": "许可证号形如 A001"},
        },
        {
            "type": "textfield",
            "key": "phone",
            "label": "联系电话",
            "validate": {"validationType": "phone"},
        },
        {"type": "checkbox", "key": "sworn", "label": "无利害关系", "validate": {"required": True}},
    ],
}
RADIO = {"type": "radio", "key": "a", "label": "甲"}
GOOD = {"conclusion": "agree", "opinion": "符合规划，同意。", "sworn": "true"}


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


@pytest.fixture
def form() -> Form:
    return parse(json.loads(json.dumps(OPINION)))


def one(component: dict[str, Any]) -> dict[str, Any]:
    return {"id": "f", "components": [component]}


def errors_of(form: Form, **answers: str) -> dict[str, str]:
    return validate(form, MultiDict({**GOOD, **answers}))[1]


def test_good_answers_are_kept_with_their_types(form: Form) -> None:
    posted = MultiDict(
        [
            *GOOD.items(),
            ("area", " 12.50 "),
            ("visit", "2026-03-02"),
            ("materials", "c"),
            ("materials", "a"),
            ("licence", "A001"),
            ("phone", "0371-6666 8888"),
        ]
    )
    assert validate(form, posted) == (
        {
            "conclusion": "agree",
            "opinion": "符合规划，同意。",
            "area": 12.5,
            "visit": "2026-03-02",
            "materials": ["a", "c"],
            "licence": "A001",
            "phone": "0371-6666 8888",
            "sworn": True,
        },
        {},
    )


def test_unanswered_optional_questions_are_none_or_empty(form: Form) -> None:
    data, errors = validate(form, MultiDict(GOOD))
    assert errors == {}
    assert (data["area"], data["visit"], data["materials"]) == (None, None, [])


def test_every_missing_answer_is_named_in_the_order_of_the_form(form: Form) -> None:
    _data, errors = validate(form, MultiDict({"opinion": "   "}))
    assert list(errors.items()) == [
        ("conclusion", "请选择“审查结论”"),
        ("opinion", "请填写“审查意见”"),
        ("sworn", "请勾选“无利害关系”"),
    ]


def test_keys_that_the_form_does_not_have_are_ignored(form: Form) -> None:
    data, errors = validate(form, MultiDict({**GOOD, "is_admin": "1", "csrf_token": "x"}))
    assert not errors
    assert "is_admin" not in data


@pytest.mark.parametrize(
    ("key", "answer", "sentence"),
    [
        ("conclusion", "maybe", "“审查结论”的选项无效"),
        ("materials", "z", "“已核验材料”的选项无效"),
        ("sworn", "on", "“无利害关系”的选项无效"),
        ("opinion", "太短", "“审查意见”至少 5 个字"),
        ("opinion", "长" * 21, "“审查意见”最多 20 个字，现有 21 个"),
        ("opinion", "含有控制字符\x00的", "“审查意见”含有不能识别的字符"),
        ("licence", "A001\nB002", "“许可证号”含有不能识别的字符"),
        ("licence", "a1", "许可证号形如 A001"),
        ("licence", "A" * 501, "“许可证号”最多 500 个字，现有 501 个"),
        ("phone", "不告诉你", "“联系电话”的格式不正确"),
        ("area", "很大", "“用地面积”应为数字，例如 12 或 12.5"),
        ("area", "nan", "“用地面积”应为数字，例如 12 或 12.5"),
        ("area", "1e3", "“用地面积”应为数字，例如 12 或 12.5"),
        ("area", "1.234", "“用地面积”最多 2 位小数"),
        ("area", "1" * 16, "“用地面积”的数字太长"),
        ("area", "-1", "“用地面积”不能小于 0"),
        ("area", "1000.01", "“用地面积”不能大于 1000"),
        ("visit", "2026-02-30", "“踏勘日期”应为日期，例如 2026-03-02"),
        ("visit", "20260302", "“踏勘日期”应为日期，例如 2026-03-02"),
        ("visit", "0001-01-01", "“踏勘日期”应为日期，例如 2026-03-02"),
    ],
)
def test_a_bad_answer_is_refused_with_a_sentence(
    form: Form, key: str, answer: str, sentence: str
) -> None:
    assert errors_of(form, **{key: answer}) == {key: sentence}


def test_the_same_question_cannot_be_answered_twice(form: Form) -> None:
    posted = MultiDict([*GOOD.items(), ("conclusion", "reject")])
    assert validate(form, posted)[1] == {"conclusion": "“审查结论”只能填写一次"}


def test_a_refused_answer_is_shown_again_as_it_was_typed(form: Form) -> None:
    data, errors = validate(form, MultiDict({**GOOD, "area": "很大", "opinion": "短"}))
    assert set(errors) == {"area", "opinion"}
    assert (data["area"], data["opinion"]) == ("很大", "短")


def test_digits_of_a_chinese_input_method_are_digits(form: Form) -> None:
    data, errors = validate(form, MultiDict({**GOOD, "area": "１２．５"}))
    assert (data["area"], errors) == (12.5, {})


def test_lines_of_every_browser_end_the_same_and_count_once(form: Form) -> None:
    data, errors = validate(form, MultiDict({**GOOD, "opinion": "第一行\r\n第二行"}))
    assert (data["opinion"], errors) == ("第一行\n第二行", {})


def test_text_shows_headings_paragraphs_and_bold_and_nothing_else() -> None:
    assert prose("### 标题\n第一行\n第二行\n\n**要点** <script>") == (
        "<h2>标题</h2><p>第一行<br>第二行</p>\n<p><strong>要点</strong> &lt;script&gt;</p>"
    )


@pytest.mark.parametrize(
    ("component", "feature"),
    [
        ({"type": "iframe", "key": "f", "label": "附件"}, "type: iframe"),
        ({"type": "script"}, "type: script"),
        ({}, "type: None"),
        ({"type": "text", "text": "=a + b"}, "text 中的表达式"),
        ({"type": "textfield", "key": "a", "label": "{{x}}"}, "label 中的表达式"),
        ({"type": "text", "text": "x", "conditional": {"hide": "=a"}}, "conditional"),
        ({"type": "select", "key": "a", "label": "甲", "valuesKey": "v"}, "valuesKey"),
        ({"type": "datetime", "key": "a", "label": "甲", "subtype": "time"}, "subtype: time"),
        ({"type": "textfield", "key": "a", "label": "甲", "validate": {"x": 1}}, "validate.x"),
    ],
)
def test_what_could_not_be_shown_or_checked_is_refused_by_name(
    component: dict[str, Any], feature: str
) -> None:
    with pytest.raises(UnsupportedFormComponent) as refusal:
        parse(one(component))
    assert str(refusal.value) == f"表单“f”的第 1 个组件不能使用：不支持“{feature}”。"


@pytest.mark.parametrize(
    "schema",
    [
        [],
        {"id": "f"},
        one({"type": "textfield", "label": "甲"}),
        one({"type": "textfield", "key": "csrf_token", "label": "甲"}),
        one({"type": "textfield", "key": "a b", "label": "甲"}),
        one({"type": "textfield", "key": "a"}),
        one(RADIO),
        one({**RADIO, "values": [{"value": 1, "label": "x"}]}),
        one({**RADIO, "values": [{"value": "1", "label": "x"}] * 2}),
        one({**RADIO, "values": [{"value": "1", "label": "x"}], "defaultValue": {"x": 1}}),
        one({"type": "textfield", "key": "a", "label": "甲", "validate": {"maxLength": "9"}}),
        one({"type": "textfield", "key": "a", "label": "甲", "validate": {"pattern": "("}}),
        one({"type": "textfield", "key": "a", "label": "甲", "layout": {"columns": 3}}),
        one({"type": "textfield", "key": "a", "label": "甲", "validate": []}),
        {"id": "f", "components": ["x"]},
        {"id": "f", "components": [{"type": "textarea", "key": "a", "label": "甲"}] * 2},
    ],
)
def test_a_schema_that_is_no_form_is_refused(schema: object) -> None:
    with pytest.raises(InvalidForm):
        parse(schema)


def test_a_blank_form_shows_the_defaults_of_its_designer() -> None:
    form = parse(one({"type": "textfield", "key": "a", "label": "甲", "defaultValue": "乙"}))
    assert form.blank() == {"a": "乙"}
