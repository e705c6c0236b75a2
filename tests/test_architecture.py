"""The house stands: every rule of `rules.py` holds for this tree."""

from pathlib import Path

from tests import rules
from workflows import permissions, states
from workflows.actions import ACTIONS

ROOT = Path(__file__).resolve().parent.parent


def none(faults: list[str]) -> None:
    """Fail with a line for every fault."""
    assert not faults, "\n" + "\n".join(faults)


def test_only_perform_and_the_sweep_begin_and_end_transactions() -> None:
    none(rules.transactions(ROOT))


def test_whatever_changes_something_comes_in_through_few_modules() -> None:
    none(rules.posts(ROOT))


def test_every_action_has_a_file_a_permission_a_row_among_the_states_and_a_test() -> None:
    tables = (states.CASES, states.PROCESSES, states.ORGANISATION, states.CALENDARS,
              states.BULLETINS)  # fmt: skip
    in_states = {action for table in tables for _, action in table}
    rows = {"workflows.permissions": permissions.ACTIONS, "workflows.states": in_states}
    none(rules.actions(ROOT, ACTIONS, rows))


def test_no_permission_is_given_for_an_action_that_does_not_exist() -> None:
    assert set(permissions.ACTIONS) == set(ACTIONS)


def test_the_import_contracts_name_every_module_and_every_action() -> None:
    none(rules.contracts(ROOT, ACTIONS))


def test_no_module_and_no_function_is_too_long_to_read_at_once() -> None:
    none(rules.sizes(ROOT))


def test_every_module_says_what_it_is_for() -> None:
    none(rules.docstrings(ROOT))


def test_every_folder_of_modules_is_a_package() -> None:
    none(rules.packages(ROOT))


def test_pages_load_nothing_from_other_hosts() -> None:
    none(rules.hosts(ROOT))


def test_nothing_here_is_bound_to_one_machine() -> None:
    none(rules.of_one_machine(ROOT))


def test_every_sentence_has_its_english_one() -> None:
    none(rules.untranslated(ROOT))


def test_every_package_is_locked_by_hash_and_from_anywhere() -> None:
    none(rules.locks(ROOT))


def test_the_locks_hold_the_versions_of_pyproject() -> None:
    none(rules.pins(ROOT))
