"""Giving a running process variables that only its new version asks for."""

from collections.abc import Mapping
from typing import Any

from workflows.engine.codec import decode, encode
from workflows.engine.definition import Definition
from workflows.engine.scope import GIVEN


def give(definition: Definition, state: bytes, variables: Mapping[str, Any]) -> bytes:
    """The state of a process that also has these variables, where it had none of that name."""
    top = decode(state, definition)
    missing = {name: value for name, value in variables.items() if name not in top.scope.own()}
    if not missing:
        return state
    top.scope.write(GIVEN, missing)
    return encode(top)
