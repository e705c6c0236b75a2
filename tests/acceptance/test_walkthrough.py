"""Both joint approvals, from the counter to the licences, over HTTP, one on each database.

`test_generated` has construction on both, `test_one_case` restaurant in a browser.
"""

import json

import pytest

from server.cli import main


@pytest.mark.parametrize(
    ("kind", "process", "items"), [("postgresql", "restaurant", 15), ("sqlite", "construction", 26)]
)
def test_a_case_goes_from_the_counter_to_the_licence(
    kind: str,
    process: str,
    items: int,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = ["--database-url", request.getfixturevalue("postgres")] if kind != "sqlite" else []
    assert main(["walkthrough", process, "--json", *server]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    assert len(told["items"]) == items
    assert sum(item["state"] == "rejected" for item in told["items"]) == 1
