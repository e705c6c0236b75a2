"""A published version, parsed once per process: its definitions, its catalogue, its forms
and its other files.

A version never changes once published, so its hash is enough to find it again; a running case
costs no parsing and no reading of diagrams.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from workflows import engine
from workflows.catalogue.contents import Catalogue
from workflows.catalogue.reading import load
from workflows.models import ProcessVersion
from workflows.models.process import TABLE

KEPT = 64


@dataclass(frozen=True)
class Published:
    """What a version holds, ready to run."""

    catalogue: Catalogue
    sources: tuple[str, ...]
    forms: Mapping[str, Any]
    others: Mapping[str, str]

    def definition(self, process: str) -> engine.Definition:
        """The definition of one of the processes published together."""
        return engine.load(process, self.sources, self.tables)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The texts of its decision tables."""
        return tuple(text for name, text in self.others.items() if name.endswith(TABLE))

    @cached_property
    def signed_together(self) -> frozenset[str]:
        """The steps that several posts sign together, in whichever of its processes."""
        return engine.signed_together(self.sources)


_lock = Lock()
_kept: OrderedDict[str, Published] = OrderedDict()


def published(version: ProcessVersion) -> Published:
    """The parsed content of a version."""
    with _lock:
        if version.sha256 in _kept:
            _kept.move_to_end(version.sha256)
            return _kept[version.sha256]
    catalogue = load(version.catalogue, version.key)
    found = Published(catalogue, tuple(version.sources.values()), version.forms, version.others)
    with _lock:
        _kept[version.sha256] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found
