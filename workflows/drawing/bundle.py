"""The files of a process (流程包): what is drawn, reviewed, published and carried away together.

<process>.bpmn      the diagram of the joint approval
item_*.bpmn, …      the processes it calls
catalogue.yaml      items, departments, materials, limits, questions
<name>.form.json    a form
<name>.typ          a template of a document
<name>.dmn, …       whatever else `OTHERS` knows: kept, compared and published with the rest
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.models.process import TABLE

CATALOGUE = "catalogue.yaml"
TEST = ".test.yaml"
FORM = ".form.json"
DIAGRAM = ".bpmn"
#: The ends of the names of other files: test cases, decision tables, templates of documents.
OTHERS = (TEST, TABLE, ".typ")
#: A name is one word: it becomes an address, and a file on somebody's disk.
NAME = re.compile(r"[A-Za-z0-9_\-]{1,60}")
#: Of one file, in characters, and of a process, in files.
LENGTH, FILES = 2_000_000, 300


class FileUnreadable(WorkflowError):
    """A file that is none of those a process consists of."""

    sentence = N_(
        "文件 %(file)s 无法读取：请用 .bpmn、catalogue.yaml 或 .form.json 文件（UTF-8）。"
    )


@dataclass(frozen=True)
class Bundle:
    """The files of one version of a process, each kind in its place."""

    sources: dict[str, str]
    catalogue: str
    forms: dict[str, Any]
    others: dict[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """Every file by its name, as text."""
        forms = {
            f"{name}{FORM}": json.dumps(form, ensure_ascii=False, indent=2) + "\n"
            for name, form in self.forms.items()
        }
        return {**self.sources, CATALOGUE: self.catalogue, **forms, **self.others}

    def fingerprint(self) -> str:
        """SHA-256 over everything: two bundles that have the same are the same."""
        parts = [self.sources, self.catalogue, self.forms, *filter(None, [self.others])]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @property
    def tests(self) -> dict[str, str]:
        """The test cases (试办用例), by the name of their file."""
        return {name: text for name, text in self.others.items() if name.endswith(TEST)}

    @property
    def tables(self) -> dict[str, str]:
        """The decision tables (规则表), by the name of their file."""
        return {name: text for name, text in self.others.items() if name.endswith(TABLE)}

    @property
    def substance(self) -> str:
        """SHA-256 of everything a case depends on: what was tried with it holds for it.

        Test cases do not belong to it: one that is written anew leaves the others as good as
        they were.
        """
        others = {name: text for name, text in self.others.items() if name not in self.tests}
        parts = [self.sources, self.catalogue, self.forms, others]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def bundle_of(version: ProcessVersion) -> Bundle:
    """What a version was made of."""
    return Bundle(
        dict(version.sources), version.catalogue, dict(version.forms), dict(version.others)
    )


def from_files(files: Mapping[str, str]) -> Bundle:
    """Each file in its place; raises FileUnreadable naming the first that has none."""
    found = Bundle({}, files.get(CATALOGUE, ""), {}, {})
    for name, text in files.items():
        check_name(name)
        if name.endswith(DIAGRAM):
            found.sources[name] = text
        elif name.endswith(FORM):
            found.forms[name.removesuffix(FORM)] = _form(name, text)
        elif name != CATALOGUE:
            found.others[name] = text
    return found


def check_name(name: str) -> None:
    """Refuse a name that no file of a process has."""
    end = next((end for end in (DIAGRAM, FORM, *OTHERS) if name.endswith(end)), None)
    plain = end is not None and NAME.fullmatch(name.removesuffix(end))
    if name != CATALOGUE and not plain:
        raise FileUnreadable(file=name[:80])


def _form(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FileUnreadable(file=name) from None
