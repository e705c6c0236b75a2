"""What differs between two records, field by field, whatever kind of record they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

How = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Field:
    """One field, before and after; None where there was nothing."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """An element, a record, a form field: what became of it.

    ``section`` is the part of the file it stands in, ``kind`` the sort of thing it is.
    """

    how: How
    section: str
    key: str
    name: str
    kind: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Record:
    """One thing as a table of its facts."""

    name: str
    kind: str
    facts: Mapping[str, Any]


def compared(
    section: str, old: Mapping[str, Record], new: Mapping[str, Record]
) -> Iterator[Change]:
    """What became of each thing of a section, known by its key; what was added stands last."""
    for key, one in old.items():
        other = new.get(key)
        if other is None:
            yield Change("removed", section, key, one.name, one.kind, _gone(one))
            continue
        fields = tuple(_fields(_all(one), _all(other)))
        if fields:
            yield Change("changed", section, key, other.name, other.kind, fields)
    for key, other in new.items():
        if key not in old:
            yield Change("added", section, key, other.name, other.kind, _come(other))
    common = [key for key in old if key in new]
    if common != [key for key in new if key in old]:
        yield Change("moved", section, section, "")


def _all(one: Record) -> dict[str, Any]:
    return {**({"type": one.kind} if one.kind else {}), **one.facts}


def _gone(one: Record) -> tuple[Field, ...]:
    return tuple(Field(name, value, None) for name, value in one.facts.items())


def _come(one: Record) -> tuple[Field, ...]:
    return tuple(Field(name, None, value) for name, value in one.facts.items())


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Field]:
    for name in dict.fromkeys([*old, *new]):
        if repr(old.get(name)) != repr(new.get(name)):  # 1 is not true, and 1.0 is written anew
            yield Field(name, old.get(name), new.get(name))


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """A tree as a table: mappings by path, lists and words as they are, nothing left out."""
    if not isinstance(value, Mapping):
        return {path: value}
    found: dict[str, Any] = {}
    for key, inner in value.items():
        found |= flat(inner, f"{path}.{key}" if path else str(key))
    return found
