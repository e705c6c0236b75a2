"""Changing one place of a catalogue and leaving every other character as it is.

A catalogue is written by people: comments, order and line breaks are theirs.  What a page changes
is put in where it stood; what it adds comes after the last of its kind.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from workflows.catalogue.faults import Path
from workflows.catalogue.source import Parser

#: Where a long record goes on in the next line.
WIDTH = 120


class PlaceUnknown(KeyError):
    """There is nothing at this place of the text."""


def put(text: str, path: Path, value: Any) -> str:
    """The text with another value at a place; a key that a record does not have yet is added."""
    node = _find(text, path)
    if node is not None:
        return _replace(text, node, value)
    parent = _find(text, path[:-1])
    if not isinstance(parent, yaml.MappingNode) or not isinstance(path[-1], str):
        raise PlaceUnknown(path)
    if not parent.flow_style:
        end, indent = _end(text, parent), " " * parent.start_mark.column
        return f"{text[:end]}\n{indent}{path[-1]}: {written(value, len(indent) + 3)}{text[end:]}"
    known = yaml.safe_load(_span(text, parent))
    return _replace(text, parent, {**known, path[-1]: value})


def drop(text: str, path: Path) -> str:
    """The text without a key of a record, or without a record of a list."""
    parent = _find(text, path[:-1])
    node = parent and _inside(parent, path[-1])
    if parent is None or node is None:
        raise PlaceUnknown(path)
    if isinstance(parent, yaml.MappingNode) and parent.flow_style:
        known = yaml.safe_load(_span(text, parent))
        return _replace(text, parent, {key: each for key, each in known.items() if key != path[-1]})
    if isinstance(parent, yaml.SequenceNode) and (parent.flow_style or len(parent.value) == 1):
        left = [one for one in parent.value if one is not node]
        return _replace(text, parent, [yaml.safe_load(_span(text, one)) for one in left])
    begins = _key(parent, path[-1]) or node
    begin = text.rfind("\n", 0, begins.start_mark.index) + 1
    return text[:begin] + text[_line_end(text, node) :]


def lay(text: str, section: str, records: Mapping[str, Mapping[str, Any]], gone: bool) -> str:
    """The text with all these records of a list, by code: changed where they stood, or added.

    What is already as it should be keeps every character; others stay, unless they are ``gone``.
    """
    node = _find(text, (section,))
    there = node.value if isinstance(node, yaml.SequenceNode) else []
    if not isinstance(node, yaml.SequenceNode) or not there or node.flow_style:
        known = {str(_code(each)): yaml.safe_load(_span(text, each)) for each in there}
        kept = {code: each for code, each in known.items() if not gone or code in records}
        lines = [f"  - {written(record, 5)}" for record in {**kept, **records}.values()]
        if not lines and not there:
            return text
        given = "\n".join([f"{section}:" if lines else f"{section}: []", *lines]) + "\n"
        return _replace_line(text, section, given) if node is not None else f"{text}\n{given}"
    found = {_code(each) for each in there}
    end = _line_end(text, there[-1])
    indent = there[-1].start_mark.column - 2
    more = [
        f"{' ' * indent}- {written(record, indent + 3)}\n"
        for code, record in records.items()
        if code not in found
    ]
    head = text[:end] + ("" if text[:end].endswith("\n") or not more else "\n")
    text = head + "".join(more) + text[end:]
    for each in reversed(there):
        record = records.get(str(_code(each)))
        if record is not None and yaml.load(_span(text, each), Parser) != record:
            text = _replace(text, each, record)
        elif record is None and gone:
            begin = text.rfind("\n", 0, each.start_mark.index) + 1
            text = text[:begin] + text[_line_end(text, each) :]
    return text


def add(text: str, section: str, record: Mapping[str, Any]) -> str:
    """The text with one more record at the end of a list."""
    node = _find(text, (section,))
    if node is None or not isinstance(node, yaml.SequenceNode) or not node.value:
        given = f"{section}:\n  - {written(record, 5)}\n"
        return _replace_line(text, section, given) if node is not None else f"{text}\n{given}"
    if node.flow_style:
        known = yaml.safe_load(_span(text, node))
        return _replace(text, node, [*known, dict(record)])
    last = node.value[-1]
    end = text.rstrip("\n").find("\n", _end(text, last))
    end = len(text.rstrip("\n")) if end < 0 else end
    indent = last.start_mark.column - 2
    return f"{text[:end]}\n{' ' * indent}- {written(record, indent + 3)}{text[end:]}"


def written(value: Any, indent: int) -> str:
    """A value on one line; a record that is longer goes on in the next, under its first key."""
    if not isinstance(value, Mapping):
        return _flow(value)
    parts = [f"{key}: {_flow(each)}" for key, each in value.items()]
    lines, line = [], "{"
    for at, part in enumerate(parts):
        piece = part + ("}" if at + 1 == len(parts) else ", ")
        if len(line) > 1 and indent + len(line) + len(piece) > WIDTH:
            lines.append(line.rstrip())
            line = " "
        line += piece
    return f"\n{' ' * (indent - 1)}".join([*lines, line if parts else "{}"])


def _flow(value: Any) -> str:
    """A value as YAML writes it inside a record."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    dumped: str = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=10**9)
    return dumped.strip()[1:-1]


def _find(text: str, path: Path) -> yaml.Node | None:
    """The node at a place; a record of a list is named by its position or its code."""
    node = yaml.compose(text, Parser)
    for step in path:
        node = node and _inside(node, step)
    return node


def _inside(node: yaml.Node, step: str | int) -> yaml.Node | None:
    inner: Sequence[yaml.Node] = ()
    if isinstance(node, yaml.MappingNode):
        inner = [each for key, each in node.value if key.value == step]
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        inner = node.value[step : step + 1]
    elif isinstance(node, yaml.SequenceNode):
        inner = [each for each in node.value if _code(each) == step]
    return inner[0] if inner else None


def _key(parent: yaml.Node, step: str | int) -> yaml.Node | None:
    """Where the key of a value stands, which may be on the line before."""
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else []
    return next((key for key, _value in pairs if key.value == step), None)


def _line_end(text: str, node: yaml.Node) -> int:
    """Behind the line on which a node ends."""
    return text.find("\n", _end(text, node) - 1) + 1 or len(text)


def _code(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    named = {key.value: each.value for key, each in node.value}
    return next((named[key] for key in ("code", "key", "item") if key in named), None)


def _end(text: str, node: yaml.Node) -> int:
    """Where a node ends: one in lines of its own does so after its last character."""
    end: int = node.end_mark.index
    return len(text[:end].rstrip())


def _span(text: str, node: yaml.Node) -> str:
    indent = " " * node.start_mark.column
    return indent + text[node.start_mark.index : _end(text, node)]


def _replace(text: str, node: yaml.Node, value: Any) -> str:
    begin = node.start_mark.index
    return text[:begin] + written(value, node.start_mark.column + 1) + text[_end(text, node) :]


def _replace_line(text: str, section: str, given: str) -> str:
    """An empty list, whatever it was written as, becomes one with a record."""
    node = _find(text, (section,))
    assert node is not None
    begin = text.rfind("\n", 0, node.start_mark.index) + 1
    end = text.find("\n", node.end_mark.index)
    return text[:begin] + given + (text[end + 1 :] if end >= 0 else "")
