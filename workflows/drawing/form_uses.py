"""Which steps of the diagrams are done with which form, and what each may do with the application.

A step without a form is done with the plain one; the application is filled in at the window.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item
from workflows.engine import steps
from workflows.engine.xml import LIANBAN, DiagramUnreadable, read, tag


@dataclass(frozen=True)
class Use:
    """A step that is done with a form, and the diagram it is drawn in."""

    form: str
    file: str
    element: str
    name: str


@dataclass(frozen=True)
class StepRights:
    """What a step of an item may do with fields of the application; with the others, read them."""

    item: Item
    use: Use
    rights: Mapping[str, str]


def uses(sources: Mapping[str, str]) -> list[Use]:
    """Every step that names a form; a diagram that cannot be read has none."""
    return [one for one in _steps(sources) if one.form]


def _steps(sources: Mapping[str, str]) -> Iterator[Use]:
    for file, text in sources.items():
        try:
            root = read(text, file)
        except DiagramUnreadable:
            continue
        for task in root.iter(tag("userTask")):
            approval = task.find(f".//{{{LIANBAN}}}approval")
            if approval is not None:
                key, form = task.get("id", ""), approval.get("form", "")
                yield Use(form, file, key, task.get("name") or key)


def rights(process: str, sources: Mapping[str, str], catalogue: Catalogue) -> list[StepRights]:
    """The steps of every item that gives them rights of their own, in the order of the catalogue.

    Empty when the diagrams cannot be read yet.
    """
    drawn = {(one.element, one.name): one for one in _steps(sources)}
    try:
        by_item = steps(process, tuple(sources.values()))
    except (DiagramUnreadable, KeyError, ValueError):
        return []
    return [
        StepRights(item, drawn[step.element, step.name], item.rights(step.element))
        for item in catalogue.items
        if item.fields
        for step in by_item.get(item.code, ())
        if (step.element, step.name) in drawn
    ]
