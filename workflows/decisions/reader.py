"""Reads the texts in a decision file; what is wrong is noted by element, and reading goes on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workflows.decisions.kinds import ANY, Kind, called
from workflows.decisions.lexing import FeelInvalid
from workflows.decisions.model import Decision
from workflows.decisions.parsing import Parser
from workflows.decisions.running import TooMuch
from workflows.decisions.syntax import Literal, Name, Node
from workflows.decisions.unary import VALUE
from workflows.decisions.words import Words, plain
from workflows.errors import N_
from workflows.xml import Fault, local

BAD_TEXT = N_("“%(text)s”写得不对：%(why)s。")
BAD_TEXT_NEAR = N_("“%(text)s”写得不对：%(why)s（“%(near)s”）。")
BAD_CELL = N_("第 %(rule)s 条规则，“%(column)s”：“%(text)s”写得不对：%(why)s。")
BAD_CELL_NEAR = N_("第 %(rule)s 条规则，“%(column)s”：“%(text)s”写得不对：%(why)s（“%(near)s”）。")
UNKNOWN_TYPE = N_("没有类型 %(kind)s。")
OTHER_LANGUAGE = N_("表达式要用 FEEL 写，不能用 %(language)s。")
TOO_DEEP = N_("嵌套过深")
TOO_MUCH = N_("计算或数据太大")
MAX_SHOWN = 80
#: More than anyone mends in one go.
MAX_FAULTS = 200
NOTHING = Literal(None)


@dataclass
class Faults:
    """What is wrong in one file, as it is found."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, element: Any, sentence: str, **params: object) -> None:
        """Note a fault of an element, or of the nearest one around it that has an id."""
        if len(self.found) >= MAX_FAULTS:
            return
        line = element.sourceline or 1
        while element is not None and not element.get("id"):
            element = element.getparent()
        key = "-" if element is None else element.get("id")
        self.found.append(Fault(self.file, line, key, sentence, params))


class Names:
    """The names that can be seen where an expression stands."""

    def __init__(self, names: Iterable[str]) -> None:
        self.all = tuple(dict.fromkeys(map(plain, names)))
        self.words = Words(self.all)

    @cached_property
    def tested(self) -> "Names":
        """These names and that of the value that is tested."""
        return self.more((VALUE,))

    def more(self, names: Iterable[str]) -> "Names":
        """These names and others."""
        return Names([*self.all, *names])


def child(element: Any, *names: str) -> Any:
    """The first child of one of these names; None when there is none."""
    return next((one for one in element if local(one) in names), None)


def children(element: Any, name: str) -> list[Any]:
    """All children of a name."""
    return [one for one in element if local(one) == name]


def text_of(element: Any) -> str:
    """What is written in an element, or in the text inside it; nothing when there is none."""
    if element is None:
        return ""
    found = child(element, "text")
    return ((element if found is None else found).text or "").strip()


def kind_of(element: Any, kinds: Mapping[str, Kind], faults: Faults) -> Kind:
    """The type that an element names; a fault when there is no such type."""
    name = element.get("typeRef")
    if not name:
        return ANY
    found = called(name, kinds)
    if found is None:
        faults.add(element, UNKNOWN_TYPE, kind=name)
    return found or ANY


class Reader:
    """Reads the expressions of one decision, or of one business knowledge model, its `owner`.

    ``reads`` collects the names they ask for, ``free`` those that nobody declared, by type,
    ``tables`` the decision tables among them.
    """

    def __init__(
        self, owner: Decision, faults: Faults, kinds: Mapping[str, Kind], members: Words
    ) -> None:
        self.owner = owner
        self.faults = faults
        self.kinds = kinds
        self.members = members
        self.reads: set[str] = set()
        self.free: dict[str, Kind] = {}
        self.tables: list[Node] = []
        self.known: dict[tuple[str, str, Words], Node] = {}

    def kind(self, element: Any) -> Kind:
        """The type that an element names."""
        return kind_of(element, self.kinds, self.faults)

    def expression(self, element: Any, names: Names, **place: object) -> Node:
        """The text of an element as an expression; a cell that is left empty is null."""
        if place and not text_of(element):
            return NOTHING
        return self._read(element, Parser.whole, names, place)

    def question(self, element: Any, names: Names, kind: Kind) -> Node:
        """The text of an input column; a name that nobody declared is a variable of the process."""
        before = set(self.reads)
        node = self._read(element, Parser.question, names, {})
        for name in self.reads - before - set(names.all):
            self.free[name] = kind if node == Name(name) else ANY
        return node

    def cell(self, element: Any, names: Names, **place: object) -> Node:
        """The text of an element as the tests of a cell."""
        return self._read(element, Parser.cell, names.tested, place)

    def _read(
        self, element: Any, how: Callable[[Parser], Node], names: Names, place: dict[str, object]
    ) -> Node:
        """A text as it was meant; null when it is faulty, which is noted with its place."""
        text = text_of(element)
        language = element.get("expressionLanguage", "feel")
        if "feel" not in language.lower():
            self.faults.add(element, OTHER_LANGUAGE, language=language)
        key = (how.__name__, text, names.words)
        if key in self.known:
            return self.known[key]
        try:
            parser = Parser(text, names.words, self.members, self.kinds)
            node = how(parser)
            node.compile()  # which goes as deep as evaluating it
        except FeelInvalid as wrong:
            self._wrong(element, text, wrong, place)
            return NOTHING
        except RecursionError:
            self._wrong(element, text, FeelInvalid(TOO_DEEP), place)
            return NOTHING
        except TooMuch:
            self._wrong(element, text, FeelInvalid(TOO_MUCH), place)
            return NOTHING
        self.reads |= parser.reads - {VALUE}
        self.known[key] = node
        return node

    def _wrong(self, element: Any, text: str, wrong: FeelInvalid, place: dict[str, object]) -> None:
        shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
        params = {"text": shown, "why": wrong.why, **place}
        if wrong.near:
            sentence = BAD_CELL_NEAR if place else BAD_TEXT_NEAR
            self.faults.add(element, sentence, near=wrong.near, **params)
        else:
            self.faults.add(element, BAD_CELL if place else BAD_TEXT, **params)
