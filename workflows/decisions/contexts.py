"""The functions of contexts."""

from collections.abc import Callable
from typing import Any

from workflows.decisions.values import NoValue, members, want


def value_of(of: Any, name: Any) -> Any:
    """A member of a context."""
    return want(of, dict).get(want(name, str))


def entries(of: Any) -> list[Any]:
    """The members of a context as a list of key and value."""
    return [{"key": key, "value": value} for key, value in want(of, dict).items()]


def made(of: Any) -> dict[str, Any]:
    """A context of a list of key and value."""
    made = {want(one["key"], str): one["value"] for one in map(_entry, members(of))}
    if len(made) < len(members(of)):
        raise NoValue
    return made


def _entry(one: Any) -> dict[str, Any]:
    found: dict[str, Any] = want(one, dict)
    if not {"key", "value"} <= found.keys():
        raise NoValue
    return found


def put(of: Any, name: Any, value: Any) -> dict[str, Any]:
    """A context with one member more, or another value of it."""
    return {**want(of, dict), want(name, str): value}


def merged(of: Any) -> dict[str, Any]:
    """Contexts in one; the later ones count."""
    return {name: value for one in members(of) for name, value in want(one, dict).items()}


TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "get value": ("m, key", value_of),
    "get entries": ("m", entries),
    "context": ("entries", made),
    "context put": ("context, key, value", put),
    "context merge": ("contexts", merged),
}
