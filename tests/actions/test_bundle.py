"""What is published together holds together: diagrams, item processes and the catalogue."""

from collections.abc import Callable

import pytest

from server.bundles import read_bundle
from server.settings import ROOT
from workflows.actions.bundle import check_bundle
from workflows.engine import ProcessInvalid

SHIPPED = read_bundle(ROOT / "bpmn", "restaurant")
MAIN = "restaurant.bpmn"


def told(change: Callable[[dict[str, str]], object]) -> str:
    """What publication says of the shipped files after a change."""
    sources = dict(SHIPPED.sources)
    change(sources)
    with pytest.raises(ProcessInvalid) as refused:
        check_bundle("restaurant", sources, SHIPPED.catalogue)
    return "\n".join(str(fault) for fault in refused.value.faults)


def replaced(old: str, new: str, file: str = MAIN) -> Callable[[dict[str, str]], None]:
    def change(sources: dict[str, str]) -> None:
        assert old in sources[file]
        sources[file] = sources[file].replace(old, new)

    return change


def test_what_is_shipped_holds_together() -> None:
    for process in ("restaurant", "construction"):
        bundle = read_bundle(ROOT / "bpmn", process)
        assert check_bundle(process, bundle.sources, bundle.catalogue).items


def test_a_condition_asks_only_for_variables_that_exist() -> None:
    assert "不存在的变量 itmes" in told(replaced('"R13" in items', '"R13" in itmes'))


def test_a_condition_that_cannot_be_computed_is_found_by_a_trial() -> None:
    assert "试运行失败" in told(replaced('"R13" in items', "items > 3"))


def test_every_item_of_the_catalogue_is_drawn() -> None:
    assert "[R13] 目录里的事项没有画进流程图" in told(replaced('code="R13"', 'code="R08"'))


def test_every_item_drawn_is_in_the_catalogue() -> None:
    assert "[R99] 事项不在目录里" in told(replaced('code="R13"', 'code="R99"'))


def test_a_call_names_its_item() -> None:
    assert "[R13] 这一步不属于任何事项" in told(replaced('<lb:item code="R13" />', ""))


def test_the_process_and_the_later_check_are_there() -> None:
    assert "没有标识为 restaurant 的流程" in told(replaced('id="restaurant"', 'id="other"'))
    assert "commitment_check" in told(lambda sources: sources.pop("commitment_check.bpmn"))
