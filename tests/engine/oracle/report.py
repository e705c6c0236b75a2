"""Prints a model as arrows, and what the runs met."""

from tests.engine.oracle.blocks import Model
from tests.engine.oracle.diagram import Diagram, Node, read
from tests.engine.oracle.xml import draw


def arrows(model: Model) -> str:
    """A model to read: its elements, then its arrows."""
    lines = [f"given {model.variables}"]
    for process in read(draw(model)).values():
        lines += [f"process {process.id}", *diagram(process, "  ")]
    return "\n".join(lines)


def diagram(found: Diagram, indent: str) -> list[str]:
    lines = []
    for node in found.nodes.values():
        lines.append(f"{indent}{node.id}: {told(node)}")
        if node.inner:
            lines += diagram(node.inner, indent + "    ")
    for node in found.nodes.values():
        for flow in node.outgoing:
            sign = f" -[{flow.condition}]-> " if flow.condition else " -> "
            default = " (default)" if flow.id == node.default else ""
            lines.append(f"{indent}{flow.source}{sign}{flow.target}{default}")
    return lines


def told(node: Node) -> str:
    """What an element is, in a few words."""
    words = [node.kind, node.event, node.word, node.script.strip(), node.called]
    if node.attached:
        words.append(f"on {node.attached}" + ("" if node.interrupting else ", adds"))
    if node.item:
        words.append(f"item {node.item}")
    if node.many:
        words.append(str(node.many))
    return " ".join(word for word in words if word)
