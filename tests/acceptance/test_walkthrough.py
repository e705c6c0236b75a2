"""Both joint approvals, from the counter to the licences, over HTTP, on both databases."""

import json

import pytest

from server.cli import main


@pytest.mark.parametrize(("process", "items"), [("restaurant", 15), ("construction", 26)])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
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
