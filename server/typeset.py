"""Figures on paper: a title, parts with paragraphs and a table, who signed; set as PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from workflows.documents.setting import Copy

FILE = "figures.typ"


@dataclass(frozen=True)
class Part:
    """A heading, what is said under it, and a table; its cells are words, or figures."""

    heading: str = ""
    paragraphs: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    words: bool = False


@dataclass(frozen=True)
class Leaf:
    """What is printed; ``mark`` lies over it while it is not signed."""

    title: str
    lines: Sequence[str]
    parts: Sequence[Part]
    signed: Sequence[str] = ()
    wide: bool = False
    mark: str = ""


@cache
def _template() -> str:
    return (Path(__file__).parent / "templates/papers" / FILE).read_text("utf-8")


def copy_of(leaf: Leaf, at: datetime) -> Copy:
    """As the press is asked for it; the same leaf of the same moment is the same file."""
    data = asdict(leaf) | {"document": {"mark": leaf.mark or None}}
    return Copy(FILE, {FILE: _template()}, data, at)
