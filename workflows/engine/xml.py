"""Reads a diagram from outside: BPMN 2.0, and nothing else."""

from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.xml import XmlUnreadable, local
from workflows.xml import read as read_xml

__all__ = ["BPMN", "LIANBAN", "DiagramUnreadable", "local", "read", "tag"]

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LIANBAN = "urn:lianban:bpmn:1"


class DiagramUnreadable(WorkflowError):
    """A file that is not a BPMN 2.0 diagram at all."""

    sentence = N_("文件 %(file)s 不是可读的 BPMN 2.0 流程图：%(why)s")


def tag(name: str) -> str:
    """The full name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def read(text: str, file: str) -> Any:
    """The root element of a diagram; raises DiagramUnreadable naming the file and the reason."""
    try:
        root = read_xml(text)
    except XmlUnreadable as unreadable:
        raise DiagramUnreadable(file=file, why=str(unreadable)) from None
    if root.tag != tag("definitions"):
        raise DiagramUnreadable(file=file, why=f"<{local(root)}>")
    return root
