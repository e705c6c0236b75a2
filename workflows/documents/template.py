"""What a template says of itself in its first lines: its title, and when a case needs it.

    // 受理通知书 / Notice of acceptance
    // when: accepted

A file whose name begins with an underscore is no document: others import it (`_head.typ`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from workflows.errors import N_, WorkflowError

END = ".typ"
_WHEN = re.compile(r"when:\s*(.*)")


class DocumentUnfit(WorkflowError):
    """A document of something that has not happened in this case."""

    sentence = N_("本办件现在还不能出这份文书。")


class When(StrEnum):
    """What must have happened before a document can be made; the last two are of one item."""

    RECEIVED = "received"
    WAITING = "waiting"  # received, and not accepted yet
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def of_item(self) -> bool:
        """Whether each item of a case has a document of its own."""
        return self in (When.GRANTED, When.REFUSED)


@dataclass(frozen=True)
class Template:
    """A template: of the process itself (`own`), or one that comes with the product."""

    file: str
    own: bool
    title: str
    title_en: str
    #: None: the word in the file is none of them; `line` says where it stands.
    when: When | None = When.RECEIVED
    line: int = 1
    word: str = ""

    @property
    def name(self) -> str:
        """As addresses have it."""
        return self.file.removesuffix(END)


def read(file: str, text: str, own: bool) -> Template:
    """What a template says of itself; one that says nothing is called like its file."""
    comments = [line[2:].strip() for line in takewhile(_is_comment, text.splitlines())]
    told = next((each for each in comments if each and not _WHEN.fullmatch(each)), "")
    title, _slash, title_en = (part.strip() for part in told.partition(" / "))
    title = title or file.removesuffix(END)
    whole = Template(file, own, title, title_en or title)
    for number, comment in enumerate(comments, 1):
        if found := _WHEN.fullmatch(comment):
            word = found[1].strip()
            when = When(word) if word in set(When) else None
            return Template(file, own, whole.title, whole.title_en, when, number, word)
    return whole


def _is_comment(line: str) -> bool:
    return line.startswith("//")


def templates(own: Mapping[str, str], built_in: Mapping[str, str]) -> dict[str, Template]:
    """Every document that can be made, by name, in the order in which a case comes to need them.

    Those of the process come before the built-in ones of the same name.
    """
    files = {**built_in, **own}
    found = (
        read(file, text, file in own)
        for file, text in sorted(files.items())
        if file.endswith(END) and not file.startswith("_")
    )
    return {each.name: each for each in sorted(found, key=_place)}


def _place(template: Template) -> int:
    return list(When).index(template.when) if template.when else len(When)


def sources(own: Mapping[str, str], built_in: Mapping[str, str]) -> dict[str, str]:
    """The files that a template may import, its own before those of the same name."""
    return {file: text for file, text in {**built_in, **own}.items() if file.endswith(END)}
