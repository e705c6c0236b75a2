"""What is wrong with a form while it is drawn: all of it, each with its place."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from server.form_check import MOST_COMPONENTS, faults_of_form, faults_of_forms
from server.form_patterns import is_endless
from workflows.drawing import blank

NAME = {"type": "textfield", "key": "name", "label": "名称"}


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


def form(*components: Any) -> dict[str, Any]:
    """A form of these components."""
    return {"id": "f", "components": list(components)}


def test_every_fault_is_told_with_the_place_of_its_component() -> None:
    table = {
        "type": "dynamiclist", "path": "staff", "label": "人员",
        "components": [NAME, {"type": "filepicker", "key": "photo", "label": "照片"}],
    }  # fmt: skip
    wrong = form(
        {"type": "button"}, NAME, "x", {**NAME, "label": ""}, table,
        {**NAME, "key": "b", "conditional": {"hide": "=later == 1"}},
        {**NAME, "key": "c", "conditional": {"hide": "=staff and broken"}},
        {"type": "number", "key": "broken", "label": ""},
    )  # fmt: skip
    found = faults_of_form("f", wrong)
    assert [fault.place for fault in found] == [(0,), (2,), (3,), (4, 1), (5,), (6,), (7,)]
    assert "button" in found[0].sentence and "later" in found[4].sentence
    assert not faults_of_form("f", form(NAME, {**table, "components": [NAME]}))


def test_what_reads_a_field_with_a_fault_has_no_fault_of_its_own() -> None:
    reads = {**NAME, "conditional": {"hide": "=area > 3"}}
    found = faults_of_form("f", form({"type": "number", "key": "area"}, reads))
    assert [fault.place for fault in found] == [(0,)]


def test_a_fault_stands_in_a_line_of_the_file() -> None:
    text = '{"id": "f",\n "components": [\n  {"type": "textfield",\n   "key": "area"}]}'
    (fault,) = faults_of_forms(
        {"f": form({"type": "textfield", "key": "area"})}, {"f.form.json": text}
    )
    assert (fault.file, fault.line, fault.element) == ("f.form.json", 4, "area")


@pytest.mark.parametrize("schema", [None, [], 3, {"components": {}}, {"components": None}])
def test_what_is_no_form_has_one_fault(schema: object) -> None:
    (fault,) = faults_of_form("f", schema)
    assert fault.place == () and "components" in fault.sentence


def test_more_components_than_anybody_fills_in_are_refused() -> None:
    many = form(*({**NAME, "key": f"k{at}"} for at in range(MOST_COMPONENTS + 1)))
    (fault,) = faults_of_form("f", many)
    assert str(MOST_COMPONENTS) in fault.sentence
    many["components"].pop()
    assert not faults_of_form("f", many)


def test_an_application_asks_what_a_case_is_received_with() -> None:
    begun = blank.form("application", "申请表")
    assert not faults_of_form("application", begun)
    assert not faults_of_form("opinion", blank.form("opinion", "意见"))
    del begun["components"][1]
    (fault,) = faults_of_form("application", begun)
    assert "applicant_name" in fault.sentence
    assert not faults_of_form("another", begun)


@pytest.mark.parametrize(
    ("pattern", "endless"),
    [
        (r"^[A-Z]\d{3}$", False),
        (r"^[^@\s]+@[^@\s]+\.[^@\s]+$", False),
        (r"(\d{1,3}\.){3}\d{1,3}", False),
        (r"^(?:\+?86)?1[3-9]\d{9}$", False),
        (r"[^a-z]+", False),
        ("(", False),
        ("(a+)+$", True),
        ("(?:a|ab)*c", True),
        (".*.*.*.*x", True),
        ("(x+x+)+y", True),
        ("(?:(?:a?){9}){30}", True),
        ("((a{1,5}){1,5}){1,5}", True),
        ("a" * 201, True),
    ],
)
def test_a_pattern_that_could_take_for_ever_is_known(pattern: str, endless: bool) -> None:
    assert is_endless(pattern, 500) is endless
    found = faults_of_form("f", form({**NAME, "validate": {"pattern": pattern}}))
    assert bool(found) is (endless or pattern == "(")
