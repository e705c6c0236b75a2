"""What was tried with the files of a process, for pages that hand them in or publish them."""

from typing import Any

from server.context import reader
from server.simulating import latest
from server.trial_runs import standings
from workflows.drawing.bundle import Bundle


def tried(process: str, bundle: Bundle) -> dict[str, Any]:
    """What `_tested.html` shows: how the test cases went, and the latest simulation."""
    return {
        "tested": standings(reader(), process, bundle),
        "simulated": latest(reader(), process, bundle.substance),
    }
