"""Catalogue text as a tree in which everything knows its line.

Only the plain part of YAML is read: mappings, lists, text, numbers, true and false. Anchors,
aliases and tags, with which a small file can unfold into a huge or a strange one, are refused.
"""

from typing import Any

import yaml
from yaml.composer import Composer

from workflows.catalogue.faults import Fault, Path
from workflows.errors import N_

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_NODES = 60_000
PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}

TOO_LARGE = N_("目录文件过大，请您核对是否选错了文件，或者拆成几个目录。")
NOT_YAML = N_("这一行或上一行不合 YAML 写法，请您检查缩进、引号、冒号和括号。")
EMPTY = N_("目录是空的，或者最外层不是“键: 值”，请您按样例填写。")
TOO_DEEP = N_("嵌套超过 %(depth)s 层，请您按样例的层次填写。")
ANCHOR = N_("目录中不能用锚点（&）和引用（*），请您把内容完整写出。")
TAG = N_("目录中不能用标签（!）和合并键（<<），请您直接写出内容。")
KEY_NOT_TEXT = N_("这里的键不是文字，请您加上引号或改用规定的键。")
KEY_TWICE = N_("“%(key)s”写了两次，请您只保留一个。")
VALUE_UNREADABLE = N_("“%(value)s”无法识别，如果是文字请您加上引号。")


class Source:
    """The tree of one text: its plain value, the line of every place, and faults of writing."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.value: Any = None
        self._root: yaml.Node | None = None
        self._inner: dict[int, dict[str | int | None, yaml.Node]] = {}
        self._scalars = yaml.SafeLoader("")
        if len(text.encode(errors="replace")) > MAX_BYTES:
            self.faults.append(Fault(1, "", TOO_LARGE))
            return
        self._root = self._compose(text)
        if not self.faults and not isinstance(self._root, yaml.MappingNode):
            self.faults.append(Fault(1, "", EMPTY))
        if self._root is not None and not self.faults:
            self.value = self._plain(self._root, ())

    def line(self, path: Path) -> int:
        """The line of a place, or of the nearest thing around it."""
        node = self._root
        for step in path:
            inner = self._step(node, step)
            if inner is None:
                break
            node = inner
        return node.start_mark.line + 1 if node is not None else 1

    def fault(self, path: Path, sentence: str, **params: object) -> Fault:
        """A fault at a place; records are named by their code rather than by their position."""
        node, names = self._root, []
        for step in path:
            inner = self._step(node, step)
            code = _code(inner) if isinstance(node, yaml.SequenceNode) else None
            names.append(code or str(step))
            node = inner
        return Fault(self.line(path), ".".join(names), sentence, params, path)

    def _step(self, node: yaml.Node | None, step: str | int) -> yaml.Node | None:
        """One step into the tree: by key, by position, or by the code of a record in a list."""
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            return node.value[step] if step < len(node.value) else None
        if not isinstance(node, yaml.CollectionNode):
            return None
        if id(node) not in self._inner:
            self._inner[id(node)] = _named(node)
        return self._inner[id(node)].get(step)

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            loader = _Composer(text)
            root = loader.get_single_node()
        except _TooMuch as much:
            sentence, line = much.args
            self.faults.append(Fault(line, "", sentence, {"depth": MAX_DEPTH}))
        except yaml.MarkedYAMLError as error:
            self.faults.append(Fault(_line(error.problem_mark), "", NOT_YAML))
        except yaml.YAMLError:
            self.faults.append(Fault(1, "", NOT_YAML))
        else:
            self.faults += loader.faults
            return root
        return None

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._plain(inner, (*path, at)) for at, inner in enumerate(node.value))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, inner in node.value:
            if not isinstance(key, yaml.ScalarNode) or not key.tag.endswith(":str"):
                self.faults.append(self.fault(path, KEY_NOT_TEXT))
            elif key.value in found:
                where = ".".join(str(step) for step in (*path, key.value))
                line = key.start_mark.line + 1
                self.faults.append(Fault(line, where, KEY_TWICE, {"key": key.value}))
            else:
                found[key.value] = self._plain(inner, (*path, key.value))
        return found

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            short = str(node.value)[:40]
            self.faults.append(self.fault(path, VALUE_UNREADABLE, value=short))
            return None


class _TooMuch(Exception):
    """Deeper or larger than any catalogue is: the sentence to say, and the line."""


#: The parser in C where PyYAML has it: a catalogue of 244 items is read in a second, not in six.
Parser: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Composer(Composer, Parser):  # type: ignore[misc]
    """Composes the tree, noting what may not be used and never following it."""

    def __init__(self, text: str) -> None:
        Parser.__init__(self, text)
        Composer.__init__(self)
        self.faults: list[Fault] = []
        self.depth = 0
        self.count = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self.faults.append(Fault(line, "", ANCHOR))
            self.get_event()
            return yaml.ScalarNode("tag:yaml.org,2002:str", "")
        if event.anchor is not None:
            self.faults.append(Fault(line, "", ANCHOR))
            event.anchor = None
        self.count += 1
        if self.depth > MAX_DEPTH or self.count > MAX_NODES:
            raise _TooMuch(TOO_DEEP if self.depth > MAX_DEPTH else TOO_LARGE, line)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if _tagged(event, node):
            self.faults.append(Fault(line, "", TAG))
        return node


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else 1


def _tagged(event: Any, node: yaml.Node | None) -> bool:
    """Whether the writer gave a tag, or wrote something that YAML takes for a special one."""
    given = getattr(event, "tag", None) is not None
    special = isinstance(node, yaml.ScalarNode) and node.tag not in {
        *PLAIN,
        "tag:yaml.org,2002:timestamp",
    }
    return given or special


def _named(node: yaml.CollectionNode) -> dict[str | int | None, yaml.Node]:
    """What stands inside by its name; of two with one name, the first."""
    found: dict[str | int | None, yaml.Node] = {}
    if isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            if isinstance(key, yaml.ScalarNode):
                found.setdefault(str(key.value), inner)
    else:
        for inner in node.value:
            found.setdefault(_code(inner), inner)
    return found


def _code(node: yaml.Node | None) -> str | None:
    """The code (or key) by which a record in a list is known."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.MappingNode):
        known = {key.value: inner for key, inner in node.value if isinstance(key, yaml.ScalarNode)}
        for name in ("code", "key", "item", "name"):
            if isinstance(inner := known.get(name), yaml.ScalarNode):
                return str(inner.value)
    return None
