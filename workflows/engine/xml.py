"""Reads a diagram from outside: no entities, no document type, no network, no surprises."""

from typing import Any

from lxml import etree

from workflows.errors import N_, WorkflowError

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LIANBAN = "urn:lianban:bpmn:1"
MAX_BYTES = 2_000_000


class DiagramUnreadable(WorkflowError):
    """A file that is not a BPMN 2.0 diagram at all."""

    sentence = N_("文件 %(file)s 不是可读的 BPMN 2.0 流程图：%(why)s")


def tag(name: str) -> str:
    """The full name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def read(text: str, file: str) -> Any:
    """The root element of a diagram; raises DiagramUnreadable naming the file and the reason.

    Comments and instructions are left out, so that an expression with one inside stays whole.
    """
    try:
        source = text.encode()
    except UnicodeEncodeError:
        raise DiagramUnreadable(file=file, why="UTF-8") from None
    if len(source) > MAX_BYTES:
        raise DiagramUnreadable(file=file, why=f"> {MAX_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file says of itself: it has been decoded already
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: Any
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as fault:
        raise DiagramUnreadable(file=file, why=str(fault)) from None
    if root.getroottree().docinfo.doctype:
        raise DiagramUnreadable(file=file, why="DOCTYPE")
    if root.tag != tag("definitions"):
        raise DiagramUnreadable(file=file, why=f"<{local(root)}>")
    return root
