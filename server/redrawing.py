"""Saving the catalogue of a draft; a diagram that is as its catalogue draws it is drawn again."""

from flask_login import current_user

from server.context import keeping, now
from workflows.catalogue import Catalogue, CatalogueInvalid, draw
from workflows.catalogue.checks import USELESS
from workflows.catalogue.faults import Fault
from workflows.catalogue.reading import read
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE
from workflows.drawing.drafts import Edit
from workflows.models import DraftFile


def text_of(files: dict[str, DraftFile], name: str) -> str:
    """The text of a file; empty when it is not there yet."""
    return files[name].text if name in files else ""


def as_drawn(files: dict[str, DraftFile], process: str, catalogue: Catalogue) -> bool:
    """Whether the diagram is what the catalogue draws, untouched."""
    return text_of(files, f"{process}.bpmn") == draw(catalogue, process)


def drawn_again(files: dict[str, DraftFile], process: str, catalogue: Catalogue) -> Edit:
    """The diagram as the catalogue draws it."""
    name = f"{process}.bpmn"
    return Edit(name, draw(catalogue, process), files[name].revision if name in files else 0)


def keep(process: str, edits: list[Edit], more: dict[str, str] | None = None) -> None:
    """Save these files together; of the others those that nobody has changed here yet."""
    with keeping() as session:
        for edit in edits:
            drafts.save(session, process, edit, current_user.name, now())
        there = drafts.files(session, process)
        for name, text in (more or {}).items():
            revision = there[name].revision if name in there else 0
            if revision <= 1:
                edit = Edit(name, text, revision)
                drafts.save(session, process, edit, current_user.name, now())


def keep_catalogue(
    process: str, files: dict[str, DraftFile], before: str, after: str, revision: int
) -> bool:
    """Save a catalogue that has no fault it did not have before; whether the diagram went along.

    A draft may be unfinished: what was wrong before, and a material that no item asks for yet,
    hinder its publication, not its being written.  Raises CatalogueInvalid with what is new.
    """
    edits, redrawn = edits_of(process, files, before, after, revision)
    keep(process, edits)
    return redrawn


def edits_of(
    process: str, files: dict[str, DraftFile], before: str, after: str, revision: int
) -> tuple[list[Edit], bool]:
    """What there is to save with a catalogue, and whether the diagram is in it."""
    was, faults_before = read(before)
    known = {_fault(each) for each in faults_before}
    catalogue, faults = read(after)
    new = [each for each in faults if each.sentence != USELESS and _fault(each) not in known]
    if new:
        raise CatalogueInvalid(process, new)
    edits = [Edit(CATALOGUE, after, revision)]
    drawn = f"{process}.bpmn" not in files or (was is not None and as_drawn(files, process, was))
    if catalogue is not None and drawn:
        edits.append(drawn_again(files, process, catalogue))
    return edits, catalogue is not None and drawn


def _fault(fault: Fault) -> tuple[str, str]:
    """What makes two faults the same: the place and what is said, not the line."""
    return fault.where, fault.text
