"""Finding one's way in a catalogue that may be unfinished: its records, and where a fault is."""

from collections.abc import Mapping
from typing import Any

from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.fields import SINGLE, Plain, code_key
from workflows.catalogue.source import Source


def tree(text: str) -> dict[str, Any]:
    """The plain values of a catalogue, as far as it can be read."""
    value = Source(text).value
    return _listed(value) if isinstance(value, dict) else {}


def _listed(value: Any) -> Any:
    """Lists in place of tuples."""
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


def records_in(known: Mapping[str, Any], section: str) -> list[Plain]:
    """The records of a section, as far as they are any."""
    there = known.get(section)
    found = there if isinstance(there, list) else [there]
    return [record for record in found if isinstance(record, dict)]


def by_code(known: Mapping[str, Any], section: str) -> dict[str, Plain]:
    """The records of a section that have a code, by it."""
    key = code_key(section)
    return {str(record[key]): record for record in records_in(known, section) if key in record}


def place_of(fault: Fault, known: Mapping[str, Any]) -> Path:
    """Where a fault is, with the code of the record where only its position was known."""
    path = fault.path
    if len(path) < 2 or path[0] in SINGLE or not isinstance(path[1], int):
        return path
    there = known.get(str(path[0]))
    record = there[path[1]] if isinstance(there, list) and path[1] < len(there) else None
    code = record.get(code_key(str(path[0]))) if isinstance(record, dict) else None
    return (path[0], str(code), *path[2:]) if code else path
