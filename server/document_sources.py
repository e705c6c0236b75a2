"""The templates that can be used: those of a process, and the built-in ones for all others."""

from collections.abc import Mapping
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from server.context import calendars, services, today
from server.document_data import Place
from server.document_example import example
from server.form_schema import parse
from server.forms import PLAIN
from workflows.catalogue import Catalogue
from workflows.clock import office_moment
from workflows.documents.setting import Copy
from workflows.documents.template import END, Template, sources
from workflows.drawing.bundle import Bundle

FOLDER = "documents"
NOON = time(12)
#: What documents have in common; a process may have a head of its own.
HEAD = "_head.typ"


def built_in() -> dict[str, str]:
    """The templates that come with the product, by file."""
    return _read(services().settings.bpmn_folder / FOLDER)


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob(f"*{END}"))}


def own(others: Mapping[str, str]) -> dict[str, str]:
    """The templates among the files of a process."""
    return {file: text for file, text in others.items() if file.endswith(END)}


def place() -> Place:
    """This hall, today."""
    settings = services().settings
    return Place(settings.hall, settings.hall_name, settings.public_address, today())


def copy_of(template: Template, texts: Mapping[str, str], data: Mapping[str, object]) -> Copy:
    """A template of a process, whose own templates these are, with data to be set."""
    at = office_moment(today(), NOON)
    return Copy(template.file, sources(texts, built_in()), data, at)


def example_copy(template: Template, bundle: Bundle, catalogue: Catalogue) -> Copy:
    """A template of a draft with the data of an example case."""
    return copy_of(template, own(bundle.others), example_data(template, bundle, catalogue))


def example_data(template: Template, bundle: Bundle, catalogue: Catalogue) -> dict[str, Any]:
    """What a template of a draft may say of an example case."""
    form = parse(bundle.forms.get("application", PLAIN))
    return example(catalogue, form, template, calendars(catalogue.theme.region), place())
