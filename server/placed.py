"""What is wrong in a file, in the reader's language, and where."""

from dataclasses import dataclass

from server.labels import refusal_sentence, said
from workflows.catalogue import CatalogueInvalid
from workflows.documents.setting import DocumentInvalid
from workflows.drawing.bundle import CATALOGUE
from workflows.engine import ProcessInvalid
from workflows.errors import WorkflowError

#: Refusals that say where each fault is.
PLACED = (ProcessInvalid, CatalogueInvalid, DocumentInvalid)


@dataclass(frozen=True)
class Placed:
    """A fault in the reader's language, and where it is."""

    file: str
    line: int
    element: str
    sentence: str


def faults_of(refusal: WorkflowError | None) -> list[Placed]:
    """Each fault with its place; a refusal that has no faults is one of its own."""
    if isinstance(refusal, ProcessInvalid):
        return [
            Placed(f.file, f.line, f.element, said(f.sentence, f.params)) for f in refusal.faults
        ]
    if isinstance(refusal, CatalogueInvalid):
        return [
            Placed(CATALOGUE, f.line, f.where, said(f.sentence, f.params)) for f in refusal.faults
        ]
    if isinstance(refusal, DocumentInvalid):
        return [
            Placed(f.file, f.line, "", f"{said(f.sentence, f.params)} {f.said and f'({f.said})'}")
            for f in refusal.faults
        ]
    return [Placed("", 0, "", refusal_sentence(refusal))] if refusal else []
