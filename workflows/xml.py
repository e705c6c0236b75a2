"""Reads XML from outside, and says where in it something is wrong.

No entities, no document type, no network, no surprises.
"""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

MAX_BYTES = 2_000_000


class XmlUnreadable(Exception):
    """A text that is no XML, or more of it than anyone draws."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a diagram or a decision table, and where."""

    file: str
    line: int
    element: str
    sentence: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} [{self.element}] {self.sentence % self.params}"


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: Any) -> str:
    """The namespace of an element; empty when it has none."""
    return etree.QName(element).namespace or ""


def read(text: str) -> Any:
    """The root element; raises XmlUnreadable with the reason.

    Comments and instructions are left out, so that an expression with one inside stays whole.
    """
    try:
        source = text.encode()
    except UnicodeEncodeError:
        raise XmlUnreadable("UTF-8") from None
    if len(source) > MAX_BYTES:
        raise XmlUnreadable(f"> {MAX_BYTES // 1_000_000} MB")
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
        raise XmlUnreadable(str(fault)) from None
    if root.getroottree().docinfo.doctype:
        raise XmlUnreadable("DOCTYPE")
    return root
