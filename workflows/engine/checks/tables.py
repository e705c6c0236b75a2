"""The decision tables that diagrams are published with."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from workflows.decisions import DecisionInvalid, Decisions, read
from workflows.engine.checks.faults import Fault


@dataclass(frozen=True)
class Tables:
    """The decision tables that are published with the diagrams, as far as they can be read."""

    by_file: Mapping[str, Decisions] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    #: What tables may read besides the variables of the process.
    answers: Set[str] = frozenset()

    def files_with(self, ref: str) -> list[str]:
        """The files that have a decision of this id."""
        return [file for file, found in self.by_file.items() if ref in found.by_id]

    def of(self, ref: str) -> Decisions | None:
        """Where the decision stands, when that is one place."""
        files = self.files_with(ref)
        return self.by_file[files[0]] if len(files) == 1 else None


NO_TABLES = Tables()


def tables_of(texts: Mapping[str, str], answers: Set[str] = frozenset()) -> Tables:
    """Read decision tables (file name → XML); what cannot be read is among the faults."""
    found: dict[str, Decisions] = {}
    faults: list[Fault] = []
    for file, text in texts.items():
        try:
            found[file] = read(file, text)
        except DecisionInvalid as invalid:
            faults.extend(invalid.faults)
    return Tables(found, tuple(faults), answers)
