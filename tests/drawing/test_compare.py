"""版本比较: what differs, in the things people speak of; and line by line."""

from dataclasses import replace
from typing import Any

from server.bundles import read_bundle
from server.settings import ROOT
from workflows.drawing.bundle import Bundle
from workflows.drawing.compare import FileDifference, differences
from workflows.drawing.lines import unified
from workflows.engine.contents import contents

SHIPPED = read_bundle(ROOT / "bpmn", "restaurant")
STEP = "item_three_step.bpmn"


def changed(file: str, *words: tuple[str, str]) -> Bundle:
    """The shipped restaurant with these words of one file replaced."""
    text = SHIPPED.files()[file]
    for old, new in words:
        assert old in text, old
        text = text.replace(old, new, 1)
    if file == "catalogue.yaml":
        return replace(SHIPPED, catalogue=text)
    return replace(SHIPPED, sources={**SHIPPED.sources, file: text})


def one(found: list[FileDifference]) -> FileDifference:
    [only] = found
    return only


def said(found: FileDifference) -> list[tuple[Any, ...]]:
    return [
        (change.how, change.key, {f.name: (f.old, f.new) for f in change.fields})
        for change in found.changes
    ]


def test_nothing_differs_from_itself() -> None:
    assert differences(SHIPPED, SHIPPED) == []


def test_our_attributes_names_and_conditions_are_told_by_element() -> None:
    found = one(differences(SHIPPED, changed(
        STEP, ('duty="checker" kind="review"', 'duty="approver" kind="review"'),
        ('name="审核人审核"', 'name="负责人审核"'),
    )))  # fmt: skip
    assert said(found) == [
        ("changed", "check", {
            "name": ("审核人审核", "负责人审核"), "approval.duty": ("checker", "approver"),
        }),
    ]  # fmt: skip
    assert (found.changes[0].kind, found.changes[0].name) == ("userTask", "负责人审核")


def test_what_is_renamed_goes_and_comes_and_what_called_it_says_so() -> None:
    found = one(differences(SHIPPED, changed(STEP, ('id="check"', 'id="second_look"'))))
    hows = {change.key: change.how for change in found.changes}
    assert (hows["check"], hows["second_look"]) == ("removed", "added")


def test_an_element_that_only_stands_elsewhere_is_counted_apart() -> None:
    text = SHIPPED.sources[STEP]
    at = text.index("<dc:Bounds", text.index('bpmnElement="check"'))
    place = text[at : text.index("/>", at)]
    moved = place.replace('x="', 'x="9')
    found = one(differences(SHIPPED, changed(STEP, (place, moved))))
    assert (found.changes, found.moved) == ((), ("check",))


def test_conditions_targets_documentation_timers_and_foreign_elements_are_facts() -> None:
    drawn = contents("""<?xml version="1.0"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:other:1">
      <process id="p"><documentation>说明</documentation>
        <sequenceFlow id="f" sourceRef="a" targetRef="b">
          <conditionExpression>x == 1</conditionExpression></sequenceFlow>
        <callActivity id="a" calledElement="item"><extensionElements><x:note to="me">n</x:note>
          <x:note to="you"/></extensionElements><outgoing>f</outgoing></callActivity>
        <subProcess id="b"><boundaryEvent id="t" attachedToRef="a"><timerEventDefinition id="q">
          <timeDuration>2wd</timeDuration></timerEventDefinition></boundaryEvent></subProcess>
      </process></definitions>""", "p.bpmn")  # fmt: skip
    assert drawn["p"].facts == {"documentation": "说明"}
    assert drawn["f"].facts["conditionExpression"] == "x == 1"
    assert drawn["a"].facts == {
        "calledElement": "item", "urn:other:1:note.to": "me", "urn:other:1:note": "n",
        "urn:other:1:note.to[2]": "you",
    }  # fmt: skip
    assert drawn["t"].facts == {
        "attachedToRef": "a", "timerEventDefinition.timeDuration": "2wd", "inside": "b",
    }  # fmt: skip


def test_records_of_the_catalogue_are_told_by_code_and_field() -> None:
    new = changed(
        "catalogue.yaml",
        ("promised: 13wd", "promised: 12wd"),
        ("notice: 5wd", "notice: 4wd"),
        ("name: 公安局", "name: 公安分局"),
        ("gate: decision}],\n     materials: [M01, M02, M06, M18]",
         "gate: start}],\n     materials: [M01, M02, M06]"),
    )  # fmt: skip
    found = one(differences(SHIPPED, new))
    assert said(found) == [
        ("changed", "theme", {"promised": ("13wd", "12wd")}),
        ("changed", "rules", {"notice": ("5wd", "4wd")}),
        ("changed", "GA", {"name": ("公安局", "公安分局")}),
        ("changed", "R07", {
            "after": (({"item": "R01", "gate": "start"}, {"item": "R02", "gate": "decision"}),
                      ({"item": "R01", "gate": "start"}, {"item": "R02", "gate": "start"})),
            "materials": (("M01", "M02", "M06", "M18"), ("M01", "M02", "M06")),
        }),
    ]  # fmt: skip


def test_forms_are_told_by_field_and_other_files_only_as_such() -> None:
    form = {"components": [
        {"key": "a", "type": "textfield", "label": "甲", "id": "1"},
        {"key": "g", "type": "group", "components": [{"key": "b", "type": "number"}]},
    ]}  # fmt: skip
    other = {"components": [
        {"key": "g", "type": "group", "components": [{"key": "b", "type": "textfield"}]},
        {"key": "a", "type": "textfield", "label": "乙", "id": "2", "validate": {"required": True}},
    ]}  # fmt: skip
    old = Bundle({}, "", {"x": form}, {"one.dmn": "<a/>", "two.test.yaml": "b"})
    new = Bundle({}, "", {"x": other}, {"one.dmn": "<b/>", "three.typ": "c"})
    found = {each.file: each for each in differences(old, new)}
    assert {name: each.how for name, each in found.items()} == {
        "x.form.json": "changed", "one.dmn": "changed",
        "three.typ": "added", "two.test.yaml": "removed",
    }  # fmt: skip
    assert said(found["x.form.json"]) == [
        ("changed", "a", {"label": ("甲", "乙"), "validate.required": (None, True)}),
        ("changed", "g.b", {"type": ("number", "textfield")}),
        ("moved", "fields", {}),
    ]


def test_a_file_that_cannot_be_read_is_still_compared_by_its_text() -> None:
    for file in (STEP, "catalogue.yaml"):
        found = one(differences(SHIPPED, changed(file, ("<?xml", "<xml") if file == STEP
                                                 else ("theme:", "theme: ["))))  # fmt: skip
        assert found.unread and unified(found.old, found.new)


def test_lines_keep_their_numbers_and_what_is_the_same_is_left_out() -> None:
    old = "\n".join(f"line {n}" for n in range(1, 41))
    new = old.replace("line 3\n", "").replace("line 30", "line thirty")
    lines = unified(old, new) or []
    assert [(x.how, x.old, x.new, x.text) for x in lines if x.how in ("added", "removed")] == [
        ("removed", 3, None, "line 3"),
        ("removed", 30, None, "line 30"),
        ("added", None, 29, "line thirty"),
    ]
    assert [line.how for line in lines].count("gap") == 1 and len(lines) < 20
    assert lines[-1].text == "line 33"
    assert unified("a\n" * 9000, "b\n" * 9000) is None and unified(old, old) == []
