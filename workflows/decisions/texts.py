"""The functions of texts, and how values are written as text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from workflows.decisions import moments
from workflows.decisions.patterns import Pattern
from workflows.decisions.running import Run, TooMuch
from workflows.decisions.values import MAX_SIZE, Function, NoValue, Range, members, want, whole

MAX_TEXT = MAX_SIZE * 16


def written(value: Any) -> str | None:
    """A value as text; null for null."""
    if value is None or isinstance(value, str):
        return value
    return _inside(value)


def _inside(value: Any) -> str:
    """A value as text where it stands in a list or context."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_inside, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inside(one)}" for key, one in value.items()) + "}"
    return _plainly(value)


def _plainly(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Range):
        ends = f"{_inside(value.low)}..{_inside(value.high)}"
        return ("[" if value.low_included else "(") + ends + ("]" if value.high_included else ")")
    if isinstance(value, Function):
        return f"function({', '.join(value.signatures[0])})"
    return moments.written(value)


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def part(text: Any, start: Any, length: Any = None) -> str:
    """Characters from a place on, from 1, or from -1 backwards."""
    whole_text, place = want(text, str), whole(start)
    if not 0 < abs(place) <= len(whole_text):
        raise NoValue
    first = place - 1 if place > 0 else len(whole_text) + place
    if length is None:
        return whole_text[first:]
    if whole(length) < 1:
        raise NoValue
    return whole_text[first : first + whole(length)]


def ahead(text: Any, match: Any) -> str:
    """What stands before a text in another."""
    found, sign, _ = want(text, str).partition(want(match, str)) if match else ("", "", "")
    return found if sign else ""


def behind(text: Any, match: Any) -> str:
    """What stands after a text in another."""
    if match == "":
        return want(text, str)
    return want(text, str).partition(want(match, str))[2]


def matches(run: Run, text: Any, pattern: Any, flags: Any = None) -> bool:
    """Whether a pattern is found in a text."""
    found = Pattern(want(pattern, str), want(flags or "", str)).search(want(text, str), 0, run)
    return found is not None


def replaced(run: Run, text: Any, pattern: Any, by: Any, flags: Any = None) -> str:
    """A text with everything that a pattern finds written anew; ``$1`` is the first group."""
    source, written_by = want(text, str), want(by, str)
    made, last = [], 0
    for found in Pattern(want(pattern, str), want(flags or "", str)).all(source, run):
        made += [source[last : found[0]], _filled(written_by, source, found)]
        last = found[1]
        run.spend(1 + len(made[-1]) // 16)
    return "".join(made) + source[last:]


def _filled(by: str, source: str, found: list[int]) -> str:
    made, rest = "", by
    while "$" in rest:
        head, _, rest = rest.partition("$")
        made += head
        if rest[:1].isdecimal() and rest[:1].isascii():
            group = int(rest[0])
            if 2 * group + 1 < len(found) and found[2 * group] >= 0:
                made += source[found[2 * group] : found[2 * group + 1]]
            rest = rest[1:]
        if len(made) > MAX_TEXT:
            raise TooMuch
    return made + rest


def cut(run: Run, text: Any, delimiter: Any) -> list[str]:
    """The parts of a text between what a pattern finds."""
    source = want(text, str)
    made, last = [], 0
    for found in Pattern(want(delimiter, str), "").all(source, run):
        made.append(source[last : found[0]])
        last = found[1]
    return [*made, source[last:]]


def joined(of: Any, delimiter: Any = None) -> str:
    """Texts one after another, with a text between them; nulls are left out."""
    parts = [want(one, str) for one in members(of) if one is not None]
    between = want(delimiter, str) if delimiter is not None else ""
    if sum(map(len, parts)) + len(between) * len(parts) > MAX_TEXT:
        raise TooMuch
    return between.join(parts)


def _two(act: Callable[[str, str], Any]) -> Callable[[Any, Any], Any]:
    return lambda text, other: act(want(text, str), want(other, str))


TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "string": ("from", written),
    "substring": ("string, start position | string, start position, length", part),
    "string length": ("string", lambda text: Decimal(len(want(text, str)))),
    "upper case": ("string", lambda text: want(text, str).upper()),
    "lower case": ("string", lambda text: want(text, str).lower()),
    "substring before": ("string, match", ahead),
    "substring after": ("string, match", behind),
    "contains": ("string, match", _two(lambda text, match: match in text)),
    "starts with": ("string, match", _two(str.startswith)),
    "ends with": ("string, match", _two(str.endswith)),
    "trim": ("string", lambda text: want(text, str).strip()),
    "string join": ("list | list, delimiter", joined),
}
#: Those that need time in proportion to what they are given, and take it from the run.
RUNNING: dict[str, tuple[str, Callable[..., Any]]] = {
    "matches": ("input, pattern | input, pattern, flags", matches),
    "replace": (
        "input, pattern, replacement | input, pattern, replacement, flags",
        replaced,
    ),
    "split": ("string, delimiter", cut),
}
