"""What a form consists of, once it has been read: questions, texts, tables, computed values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from workflows.engine.expressions import Expression

Row: TypeAlias = dict[str, Any]
Value: TypeAlias = str | int | float | bool | list[str] | list[Row] | Row | None

CHOOSING = ("select", "radio", "checklist")
GROUP = "dynamiclist"
COMPUTED = "expression"
FILE = "filepicker"
MOST_ROWS = 50

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Choice:
    """One of the answers offered by a select, radio or checklist."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One part of a form: a question (with a key), or a text to read (without).

    A table (`dynamiclist`) has questions of its own, answered once a row; a computed value
    (`expression`) is not answered at all.  `hidden_when` and `required_when` are conditions on what
    stands above in the form.
    """

    type: str
    key: str = ""
    label: str = ""
    prose: str = ""
    description: str = ""
    choices: tuple[Choice, ...] = ()
    columns: int = 16
    prefix: str = ""
    suffix: str = ""
    default: Value = None
    required: bool = False
    min: float | None = None
    max: float | None = None
    shortest: int = 0
    longest: int = 0
    decimals: int | None = None
    kind_of_text: str = ""
    kind_by: Expression | None = None
    pattern: re.Pattern[str] | None = None
    pattern_message: str = ""
    hidden_when: Expression | None = None
    required_when: Expression | None = None
    compute: Expression | None = None
    cells: tuple["Field", ...] = ()
    rows: int = 1
    #: The endings that a file may have; none: all that are taken at all.
    accept: tuple[str, ...] = ()
    #: Of a file: whether it is signed by hand, on the page or as a picture.
    signature: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The choices as (value, label), as page fields take them."""
        return [(choice.value, choice.label) for choice in self.choices]

    @property
    def blank(self) -> Value:
        """What stands for this question while nothing is answered."""
        if self.type == "checkbox":
            return False
        return [] if self.type in ("checklist", GROUP) else None

    @property
    def names(self) -> list[str]:
        """What expressions below may call its answer; a column of a table is a list."""
        return [self.key, *(f"{self.key}_{cell.key}" for cell in self.cells)]

    @property
    def conditional(self) -> bool:
        """Whether it depends on other answers if this is asked at all."""
        return self.hidden_when is not None or self.required_when is not None

    def named(self, name: str) -> "Field":
        """The same question under another name, for a page with two forms."""
        return replace(self, key=name)


@dataclass(frozen=True)
class Form:
    """A form as its designer drew it, in the order of the page."""

    name: str
    parts: tuple[Field, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """The questions, without the texts between them."""
        return (part for part in self.parts if part.key)

    @property
    def has_files(self) -> bool:
        """Whether its page has to be able to send files."""
        return any(field.type == FILE for field in self.fields)

    def blank(self) -> dict[str, Value]:
        """What an unanswered form shows: the designer's defaults."""
        return {field.key: field.default for field in self.fields}


def prose(text: str) -> Markup:
    """The little of Markdown that forms use: paragraphs, headings, **bold**; the rest is text."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n|(?<=\n)(?=#)", text))
    return Markup("\n").join(_block(block) for block in blocks if block)


def _block(block: str) -> Markup:
    first, _newline, rest = block.partition("\n")
    if first.startswith("#"):
        heading = Markup("<h2>{}</h2>").format(first.lstrip("# "))
        return heading + (_block(rest.strip()) if rest.strip() else "")
    bold = _BOLD.sub(r"<strong>\1</strong>", str(escape(block)))
    return Markup("<p>{}</p>").format(Markup(bold.replace("\n", "<br>")))  # escaped above
