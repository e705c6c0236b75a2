"""All functions that are built into FEEL, by name."""

from collections.abc import Callable, Mapping
from typing import Any

from workflows.decisions import contexts, dates, lists, numbers, ranges, texts
from workflows.decisions.running import Run
from workflows.decisions.values import Function, want


def _not(value: Any) -> bool:
    return not want(value, bool)


LOGIC: dict[str, tuple[str, Callable[..., Any]]] = {"not": ("negand", _not)}


def _built(name: str, spec: str, act: Callable[..., Any]) -> Function:
    """A function from how it may be called: ``a, b | a`` and ``list*`` for any number."""
    ways = tuple(tuple(word.strip() for word in way.split(",")) for way in spec.split("|"))
    endless = spec.endswith("*")
    plain = tuple(tuple(word.rstrip("*") for word in way) for way in ways)
    return Function(name, plain, act, endless)


def _alone(act: Callable[..., Any]) -> Callable[..., Any]:
    def alone(run: Run, *given: Any) -> Any:
        return act(*given)

    return alone


def _all() -> dict[str, Function]:
    plain = (LOGIC, *(one.TABLE for one in (numbers, texts, lists, contexts, dates, ranges)))
    made = {
        name: _built(name, spec, _alone(act))
        for table in plain
        for name, (spec, act) in table.items()
    }
    for table in (texts.RUNNING, lists.RUNNING):
        made |= {name: _built(name, spec, act) for name, (spec, act) in table.items()}
    return made


BUILT_IN: Mapping[str, Function] = _all()
