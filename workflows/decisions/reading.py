"""Reads a DMN file as a whole: its types, its input data, its decisions and what they require."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.decisions.boxed import Forms
from workflows.decisions.deciding import Compiled, Decisions
from workflows.decisions.definitions import defined
from workflows.decisions.kinds import ANY, Kind
from workflows.decisions.model import Decision, DecisionInvalid
from workflows.decisions.overlaps import warnings
from workflows.decisions.reader import Faults, Names, Reader, child, children, kind_of, text_of
from workflows.decisions.rows import Read
from workflows.decisions.running import Run, Scope
from workflows.decisions.syntax import Node
from workflows.decisions.values import Function
from workflows.decisions.words import Words, plain
from workflows.errors import N_
from workflows.xml import Fault, XmlUnreadable, local, namespace
from workflows.xml import read as read_xml

NAMESPACES = frozenset({
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",  # 1.1
    "http://www.omg.org/spec/DMN/20180521/MODEL/",  # 1.2
    "https://www.omg.org/spec/DMN/20191111/MODEL/",  # 1.3
    "https://www.omg.org/spec/DMN/20211108/MODEL/",  # 1.4
    "https://www.omg.org/spec/DMN/20230324/MODEL/",  # 1.5
})  # fmt: skip
MAX_ELEMENTS = 1_000
#: A thousand rules of ten columns; all that is in a file, cell by cell.
MAX_PARTS = 30_000

UNREADABLE = N_("文件不是可读的 DMN 规则表：%(why)s")
NO_DECISION = N_("文件里没有决策。")
TOO_MANY = N_("文件太大：最多 %(most)s 个决策、输入和函数。")
TOO_BIG = N_("文件太大：超过 %(most)s 个元素。")
MISSING_ID = N_("缺少标识（id）。")
SAME_ID = N_("标识 %(key)s 重复。")
UNNAMED = N_("缺少名称（name）。")
SAME_NAME = N_("名称 %(name)s 用了两次。")
NO_SUCH = N_("要求的 %(key)s 不存在。")
CIRCLE = N_("决策“%(name)s”绕了一圈又要求自己。")
IMPORT = N_("不支持引用其他文件（import）。")
#: Members of several words that values have by themselves.
PARTS = ("time offset", "start included", "end included")
KEPT = ("decision", "businessKnowledgeModel", "inputData")
WANTED = ("requiredInput", "requiredDecision", "requiredKnowledge")


@dataclass(frozen=True, slots=True)
class Element:
    """A decision, a business knowledge model or input data: what it is called and requires."""

    key: str
    name: str
    kind: str
    xml: Any = field(repr=False)
    requires: tuple[str, ...] = ()


def read(file: str, text: str) -> Decisions:
    """Read a DMN file; raises DecisionInvalid with every fault found in it."""
    faults = Faults(file)
    try:
        root = read_xml(text)
    except XmlUnreadable as unreadable:
        raise DecisionInvalid(file, (_unreadable(file, str(unreadable)),)) from None
    if local(root) != "definitions" or namespace(root) not in NAMESPACES:
        raise DecisionInvalid(file, (_unreadable(file, f"<{root.tag}>"),))
    if sum(1 for _ in root.iter()) > MAX_PARTS:
        raise DecisionInvalid(file, (Fault(file, 1, "-", TOO_BIG, {"most": MAX_PARTS}),))
    made = File(file, root, faults).decisions()
    if faults.found:
        raise DecisionInvalid(file, tuple(sorted(faults.found, key=lambda fault: fault.line)))
    return made


def _unreadable(file: str, why: str) -> Fault:
    return Fault(file, 1, "-", UNREADABLE, {"why": why[:200]})


class File:
    """One file being read."""

    def __init__(self, file: str, root: Any, faults: Faults) -> None:
        self.file = file
        self.root = root
        self.faults = faults
        self.members = Words(PARTS)
        self.kinds = defined(root, faults, self.members)
        self.elements: dict[str, Element] = {}
        self.given: dict[str, Kind] = {}  # the types of input data, by id
        for one in self._elements():
            self.elements.setdefault(one.key, one)
        self.functions: dict[str, Function] = {}
        self.tables: list[Read] = []

    def decisions(self) -> Decisions:
        """All decisions, compiled."""
        for one in children(self.root, "import"):
            self.faults.add(one, IMPORT)
        if not children(self.root, "decision"):
            self.faults.add(self.root, NO_DECISION)
        compiled: dict[str, Compiled] = {}
        for one in self._ordered():
            if one.kind == "businessKnowledgeModel":
                self._function(one)
            elif one.kind == "decision":
                compiled[one.key] = self._decision(one)
        return Decisions(self.file, compiled, lambda: warnings(self.file, self.tables))

    def _elements(self) -> Iterator[Element]:
        found = [one for one in self.root if local(one) in KEPT]
        if len(found) > MAX_ELEMENTS:
            self.faults.add(self.root, TOO_MANY, most=MAX_ELEMENTS)
            return
        keys: set[str] = set()
        names: set[str] = set()
        for one in found:
            variable = child(one, "variable")
            called = (None if variable is None else variable.get("name")) or one.get("name")
            key, name = one.get("id") or "", plain(called or "")
            for wrong, sentence in ((not key, MISSING_ID), (not name, UNNAMED)):
                if wrong:
                    self.faults.add(one, sentence)
            if key in keys:
                self.faults.add(one, SAME_ID, key=key)
            if name in names:
                self.faults.add(one, SAME_NAME, name=name)
            keys.add(key)
            names.add(name)
            if variable is not None and local(one) == "inputData":
                self.given[key] = kind_of(variable, self.kinds, self.faults)
            yield Element(key, name, local(one), one, tuple(_required(one)))

    def _ordered(self) -> list[Element]:
        """Everything after what it requires; what is missing or runs in a circle is noted."""
        order: dict[str, Element] = {}
        open_: set[str] = set()
        waiting = [(key, False) for key in reversed(self.elements)]
        while waiting:
            key, ready = waiting.pop()
            if ready:
                order[key] = self.elements[key]
                open_.discard(key)
                continue
            if key in order:
                continue
            one = self.elements[key]
            if key in open_:
                self.faults.add(one.xml, CIRCLE, name=one.name)
                continue
            open_.add(key)
            waiting.append((key, True))
            for wanted in one.requires:
                if wanted in self.elements:
                    waiting.append((wanted, False))
                else:
                    self.faults.add(one.xml, NO_SUCH, key=wanted)
        return list(order.values())

    def _needed(self, one: Element, kind: str) -> dict[str, Element]:
        """What an element requires of a kind, by name."""
        found = [self.elements[key] for key in one.requires if key in self.elements]
        return {each.name: each for each in found if each.kind == kind}

    def _reader(self, one: Element) -> tuple[Reader, Names]:
        said = Decision(id=one.key, name=one.xml.get("name") or one.name)
        reader = Reader(said, self.faults, self.kinds, self.members)
        needed = [self.elements[key].name for key in one.requires if key in self.elements]
        return reader, Names(needed)

    def _function(self, one: Element) -> None:
        """A business knowledge model: a function that decisions call by its name."""
        logic = child(one.xml, "encapsulatedLogic")
        if logic is None:
            self.faults.add(one.xml, N_("缺少内容（encapsulatedLogic）。"))
            return
        reader, names = self._reader(one)
        node = Forms(reader).function(logic, names)
        self._keep(reader)
        known: dict[str, Any] = {
            name: self.functions[each.key]
            for name, each in self._needed(one, "businessKnowledgeModel").items()
            if each.key in self.functions
        }
        made = node.compile()(Scope(known, Run()))
        if isinstance(made, Function):
            self.functions[one.key] = replace(made, name=one.name)

    def _decision(self, one: Element) -> Compiled:
        reader, names = self._reader(one)
        node = Forms(reader).inside(one.xml, names)
        self._keep(reader)
        inputs = {
            name: self.given.get(each.key, ANY)
            for name, each in self._needed(one, "inputData").items()
            if name in reader.reads
        }
        return Compiled(
            said=self._said(one, reader, node),
            evaluate=node.compile(),
            inputs={**inputs, **reader.free},
            decisions={
                name: each.key
                for name, each in self._needed(one, "decision").items()
                if name in reader.reads
            },
            functions={
                name: self.functions[each.key]
                for name, each in self._needed(one, "businessKnowledgeModel").items()
                if each.key in self.functions
            },
        )

    def _keep(self, reader: Reader) -> None:
        self.tables += [table for table in reader.tables if isinstance(table, Read)]

    def _said(self, one: Element, reader: Reader, node: Node) -> Decision:
        """What a reader of the file sees of a decision."""
        required = [
            each.name if each.kind == "inputData" else each.key
            for each in (self.elements[key] for key in one.requires if key in self.elements)
            if each.kind != "businessKnowledgeModel"
        ]
        said = node.said if isinstance(node, Read) else reader.owner
        literal = child(one.xml, "literalExpression")
        return replace(
            said,
            requires=(*required, *reader.free),
            literal=None if literal is None else text_of(literal),
        )


def _required(element: Any) -> Iterator[str]:
    """The ids of what an element requires."""
    for requirement in element:
        if local(requirement) in ("informationRequirement", "knowledgeRequirement"):
            for one in requirement:
                if local(one) in WANTED:
                    yield one.get("href", "").rpartition("#")[2]
