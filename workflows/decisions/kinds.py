"""The types of DMN: what kind of value a name holds, and which values are allowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.decisions.lexing import FeelInvalid
from workflows.decisions.values import KINDS
from workflows.decisions.words import Cursor, Words
from workflows.errors import N_

#: Names of types as files of different ages and makers write them.
NAMES = {
    "any": "Any",
    "integer": "number",
    "long": "number",
    "double": "number",
    "text": "string",
    "datetime": "date and time",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
BASIC = frozenset(KINDS.values()) | {"Any"}
TYPE_WORDS = Words([*BASIC, *NAMES])
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A type: the name of a basic one, the members of a list, the parts of a context."""

    name: str
    member: "Kind | None" = None
    parts: tuple[tuple[str, "Kind"], ...] = ()
    allows: Callable[[Any], bool] | None = None

    def admits(self, value: Any) -> bool:
        """Whether a value is of this type; null is of every type."""
        if value is None or self.name == "Any":
            return True
        if self.name == "duration":
            return KINDS[type(value)].endswith("duration")
        if KINDS[type(value)] != self.name:
            return False
        if self.member is not None:
            return all(map(self.member.admits, value))
        if self.parts:
            return all(name in value and kind.admits(value[name]) for name, kind in self.parts)
        return self.allows is None or self.allows(value)


ANY = Kind("Any")


def basic(name: str) -> Kind | None:
    """A type that is built in, by a name that may carry a prefix (``feel:number``)."""
    name = " ".join(name.split())
    local = name.rpartition(":")[2]
    local = NAMES.get(local, local)
    if local == "duration":
        return Kind("duration")
    return Kind(local) if local in BASIC else None


def called(name: str, defined: Mapping[str, Kind]) -> Kind | None:
    """A type by its name: one of the file, or a basic one; None when there is no such type."""
    bare = name.strip()
    found = defined.get(bare) or defined.get(bare.rpartition(":")[2])
    return found or basic(bare)


def read_type(cursor: Cursor, defined: Mapping[str, Kind], depth: int = 0) -> Kind:
    """A type written in an expression: ``number``, ``list<string>``; raises FeelInvalid."""
    words = Words(defined)
    found = words.longest(cursor.tokens, cursor.at) or TYPE_WORDS.longest(cursor.tokens, cursor.at)
    if found is None or depth > MAX_DEPTH:
        raise FeelInvalid(N_("不认识的类型"), cursor.now.text)
    name, length = found
    cursor.at += length
    kind = called(name, defined) or ANY
    if not cursor.take("<"):
        return kind
    if name == "context":
        return Kind(name, parts=_parts(cursor, defined, depth + 1))
    if name == "function":
        return _function(cursor, defined, depth + 1)
    member = read_type(cursor, defined, depth + 1)
    cursor.need(">")
    return Kind(name, member) if name == "list" else kind


def _parts(cursor: Cursor, defined: Mapping[str, Kind], depth: int) -> tuple[tuple[str, Kind], ...]:
    parts: list[tuple[str, Kind]] = []
    while not cursor.take(">"):
        if parts:
            cursor.need(",")
        name = cursor.label(":")
        if not name:
            raise cursor.unexpected()
        parts.append((name, read_type(cursor, defined, depth)))
    return tuple(parts)


def _function(cursor: Cursor, defined: Mapping[str, Kind], depth: int) -> Kind:
    first = True
    while not cursor.take(">"):
        if not first:
            cursor.need(",")
        read_type(cursor, defined, depth)
        first = False
    cursor.need("->")
    read_type(cursor, defined, depth)
    return Kind("function")
