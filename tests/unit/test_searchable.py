"""The questions of a form that cases are found by, and the answers that are kept of them."""

from datetime import date
from typing import Any

import pytest

from workflows.catalogue.searchable import answers_of, search_fields
from workflows.models.lookup import folded, gram, grams


def question(type: str, **more: Any) -> dict[str, Any]:
    """A form with one question that was declared searchable."""
    properties = {"properties": {"searchable": "yes"}}
    return {"components": [{"type": type, "key": "it", "label": "问题", **properties, **more}]}


@pytest.mark.parametrize(
    ("type", "given", "kept"),
    [
        ("textfield", " 老李  面馆\n", "老李 面馆"), ("textfield", "", None),
        ("textarea", "长" * 300, "长" * 200), ("select", "hot", "hot"), ("textfield", 7, None),
        ("number", 40, 40.0), ("number", 2.5, 2.5), ("number", "40", None), ("number", None, None),
        ("datetime", "2026-05-01", date(2026, 5, 1)), ("datetime", "someday", None),
        ("checkbox", True, None), ("checklist", ["a"], None),
    ],
)  # fmt: skip
def test_an_answer_is_kept_by_its_type(type: str, given: object, kept: object) -> None:
    found = answers_of(question(type), {"it": given})
    assert [answer for _, answer in found] == ([] if kept is None else [kept])


def test_only_what_was_declared_is_searchable() -> None:
    assert [field.key for field in search_fields(question("select"))] == ["it"]
    assert search_fields(question("textfield", properties={})) == []
    assert search_fields({}) == []


def test_a_text_is_known_by_its_characters_and_pairs() -> None:
    assert folded("ＡＢ　老李\n面") == "ab 老李 面"
    assert grams("老李") == {gram("老"), gram("李"), gram("老李")}
    assert gram("𠮷") != gram("野") and len(grams("")) == 0
