"""The rules as a whole: found by themselves, with figures that a place may set."""

from pathlib import Path

import pytest

from workflows.watch import rules
from workflows.watch.parameters import FiguresFaulty, read
from workflows.watch.rule import ParameterWrong
from workflows.watch.rules import RULES


def test_every_file_of_the_package_is_a_rule_with_a_test_that_fires() -> None:
    files = {path.stem for path in Path(rules.__path__[0]).glob("*.py")} - {"__init__"}
    assert {rule.lower() for rule in RULES} == files
    tests = {path.stem for path in (Path(__file__).parent / "rules").glob("test_*.py")}
    assert {f"test_{name}" for name in files} == tests
    assert list(RULES)[:2] == ["W01", "W02"]


def test_every_figure_of_a_rule_is_within_its_own_bounds_and_says_where_it_comes_from() -> None:
    for rule in RULES.values():
        for one in rule.parameters:
            assert one.checked(rule.id, one.default) == one.default
            assert one.source and one.unit and one.title


def test_a_place_sets_figures_in_a_file_with_a_version_and_a_source(tmp_path: Path) -> None:
    path = tmp_path / "figures.toml"
    head = 'version = "2026-1"\nsource = "本市电子监察办法第十条"\n'
    path.write_text(f"{head}[R16]\ncharacters = 10\n", "utf-8")
    figures = read(path)
    assert (figures.version, figures.source) == ("2026-1", "本市电子监察办法第十条")
    assert (figures.of("R16"), figures.of("R01")) == ({"characters": 10}, {})
    wrong = {
        "R99": "[R99]\nmost = 1", "R16.words": "[R16]\nwords = 3", "R01": "R01 = 3",
        "Expected": "[R16",
    }  # fmt: skip
    for said, text in wrong.items():
        path.write_text(f"{head}{text}\n", "utf-8")
        with pytest.raises(FiguresFaulty, match=said):
            read(path)
    path.write_text("[R16]\ncharacters = 10\n", "utf-8")
    with pytest.raises(FiguresFaulty, match="version"):
        read(path)
    for value in ("0", '"ten"', "true", "201", "5.5"):
        path.write_text(f"{head}[R16]\ncharacters = {value}\n", "utf-8")
        with pytest.raises(ParameterWrong, match="R16"):
            read(path)
