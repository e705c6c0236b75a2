"""Two versions side by side: what corresponds, what has to be told where to go, what is new."""

from dataclasses import replace

from server.bundles import read_bundle
from server.settings import ROOT
from workflows.drawing.counterparts import counterparts

SHIPPED = read_bundle(ROOT / "bpmn", "restaurant").sources
STEP = "item_three_step.bpmn"


def test_what_has_the_same_id_and_kind_corresponds_whatever_its_name_and_its_file() -> None:
    new = {**SHIPPED, "other.bpmn": SHIPPED[STEP].replace('name="审核人审核"', 'name="复核"')}
    del new[STEP]
    sides = counterparts(SHIPPED, new)
    assert (sides.lost, sides.new) == ((), ())
    assert {"check", "review", "decide", "R08"} <= {one.key for one in sides.same}


def test_what_is_called_otherwise_may_become_an_element_of_its_kind_the_new_ones_first() -> None:
    new = {**SHIPPED, STEP: SHIPPED[STEP].replace('"check"', '"second_look"')}
    sides = counterparts(SHIPPED, new)
    [(lost, candidates)] = sides.lost
    assert (lost.key, lost.kind, lost.process) == ("check", "userTask", "item_three_step")
    assert candidates[0].key == "second_look"
    assert {one.kind for one in candidates} == {"userTask"}
    assert [one.key for one in sides.new] == ["second_look"]
    assert replace(lost, key="second_look") in sides.new
