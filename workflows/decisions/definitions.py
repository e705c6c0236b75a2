"""Reads the types a decision file defines: what they are made of and which values are allowed."""

from collections.abc import Callable
from typing import Any

from workflows.decisions.kinds import ANY, Kind, basic
from workflows.decisions.lexing import FeelInvalid
from workflows.decisions.parsing import Parser
from workflows.decisions.reader import BAD_TEXT, UNKNOWN_TYPE, Faults, child, children, text_of
from workflows.decisions.running import Run, Scope, TooMuch
from workflows.decisions.unary import VALUE
from workflows.decisions.words import Words, plain
from workflows.errors import N_

MAX_DEPTH = 20
MAX_TYPES = 1_000
ONLY_VALUE = Words((VALUE,))
TOO_MANY = N_("类型太多，最多 %(most)s 个。")
ENDLESS = N_("类型 %(kind)s 绕了一圈又用到自己。")


def defined(root: Any, faults: Faults, members: Words) -> dict[str, Kind]:
    """The types of a file by name; the names of their parts become members."""
    found = children(root, "itemDefinition")
    if len(found) > MAX_TYPES:
        faults.add(root, TOO_MANY, most=MAX_TYPES)
        return {}
    types = Types({plain(one.get("name", "")): one for one in found}, faults, members)
    return {name: types.named(name, one, ()) for name, one in types.xml.items()}


class Types:
    """The types of a file, each read when it is first asked for."""

    def __init__(self, xml: dict[str, Any], faults: Faults, members: Words) -> None:
        self.xml = xml
        self.faults = faults
        self.members = members
        self.made: dict[str, Kind] = {}

    def named(self, name: str, element: Any, within: tuple[str, ...]) -> Kind:
        """A type of the file by its name."""
        if name in within or len(within) > MAX_DEPTH:
            self.faults.add(element, ENDLESS, kind=name)
            return ANY
        if name not in self.made:
            self.made[name] = self._kind(element, (*within, name))
        return self.made[name]

    def _kind(self, element: Any, within: tuple[str, ...]) -> Kind:
        components = children(element, "itemComponent")
        if len(within) > MAX_DEPTH:
            self.faults.add(element, ENDLESS, kind=within[0])
            return ANY
        if components:
            parts = []
            for one in components[:MAX_TYPES]:
                name = plain(one.get("name", ""))
                self.members.add(name)
                parts.append((name, self._kind(one, (*within, ""))))
            kind = Kind("context", parts=tuple(parts))
        else:
            kind = self._referred(element, text_of(child(element, "typeRef")), within)
        allows = self._allowed(element)
        if allows is not None:
            kind = Kind(kind.name, kind.member, kind.parts, allows)
        return Kind("list", kind) if element.get("isCollection") == "true" else kind

    def _referred(self, element: Any, name: str, within: tuple[str, ...]) -> Kind:
        bare = plain(name)
        for one in (bare, bare.rpartition(":")[2]):
            if one in self.xml:
                return self.named(one, self.xml[one], within)
        if not bare:
            return Kind("function") if child(element, "functionItem") is not None else ANY
        found = basic(bare)
        if found is None:
            self.faults.add(element, UNKNOWN_TYPE, kind=bare)
        return found or ANY

    def _allowed(self, element: Any) -> Callable[[Any], bool] | None:
        """The test of the values that are allowed; None when all are."""
        text = text_of(child(element, "allowedValues"))
        if not text:
            return None
        try:
            test = Parser(text, ONLY_VALUE, self.members, {}).cell().compile()
        except (FeelInvalid, RecursionError, TooMuch) as wrong:
            why = getattr(wrong, "why", "")
            self.faults.add(element, BAD_TEXT, text=text[:80], why=why)
            return None
        return lambda value: test(Scope({VALUE: value}, Run())) is True
