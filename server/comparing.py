"""版本比较: what differs between two versions, or the draft and a version, in three ways.

In words, element by element; in the two diagrams, marked and moving together; in the text.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from server.context import reader
from server.difference_words import HOW, SIGNS
from server.labels import any_state, word
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE, DIAGRAM, FORM, Bundle, bundle_of
from workflows.drawing.compare import FileDifference, differences
from workflows.drawing.differences import Change
from workflows.drawing.lines import Line, unified
from workflows.models import ProcessVersion
from workflows.models.process import TABLE
from workflows.permissions import Role
from workflows.queries.processes import Overview, overview

comparing = Blueprint("comparing", __name__)

DRAFT = "draft"
#: The draft with its diagram drawn anew from its catalogue.
DRAWN = "drawn"


@dataclass(frozen=True)
class Side:
    """One of the two: a version by its number, or the draft."""

    ref: str
    label: str
    bundle: Bundle

    def diagram(self, process: str, file: str) -> str | None:
        """Where the picture of a file is; None when this side has no such file."""
        if file not in self.bundle.sources:
            return None
        if self.ref == DRAWN and file == f"{process}{DIAGRAM}":
            return url_for("listed.drawn", process=process)
        if self.ref in (DRAFT, DRAWN):
            return url_for("drafts.text", process=process, file=file)
        stem = file.removesuffix(DIAGRAM)
        return url_for("designer.source", process=process, number=int(self.ref), name=stem)


@dataclass(frozen=True)
class Compared:
    """A file that differs, ready to be shown."""

    difference: FileDifference
    states: dict[str, str]
    lines: list[Line] | None

    @property
    def file(self) -> str:
        """Its name."""
        return self.difference.file

    @property
    def is_diagram(self) -> bool:
        """Whether there is a picture of it."""
        return self.file.endswith(DIAGRAM) and not self.difference.unread

    def counts(self) -> list[tuple[str, int]]:
        """How many were added, removed, changed, moved."""
        return counted([self.difference])


@comparing.get("/processes/<process>/compare")
def compare(process: str) -> str:
    """Two versions side by side; by default the newest against the one in force."""
    whole = overview(reader(), process)
    if whole is None:
        abort(404)
    refs = _refs(whole)
    new = request.args.get("to") or refs[0][0]
    old = request.args.get("from") or _base(whole, new)
    one, other = _side(whole, old), _side(whole, new)
    found = differences(one.bundle, other.bundle)
    found.sort(key=lambda each: each.file != f"{process}{DIAGRAM}")  # the process itself first
    return render_template(
        "compare.html",
        process=process,
        whole=whole,
        refs=refs,
        old=one,
        new=other,
        files=[_compared(each) for each in found],
        counts=counted(found),
        labels={how: f"{SIGNS[how]} {word(HOW, how)}" for how in HOW},
        signs=SIGNS,
    )


def _refs(whole: Overview) -> list[tuple[str, str]]:
    """Everything that can be compared, the newest first."""
    drafted = []
    if whole.drafted and _designs():
        drafted = [(DRAFT, _("草稿")), (DRAWN, _("按目录重新画的草稿"))]
    return drafted + [
        (str(row.version), f"v{row.version} {any_state(row.state)}") for row in whole.versions
    ]


def _designs() -> bool:
    """Drafts are for designers; auditors compare versions."""
    return Role.DESIGNER in current_user.roles


def _base(whole: Overview, new: str) -> str:
    """What a version is compared with unless asked otherwise: the one in force, or before it."""
    if whole.in_force is not None and str(whole.in_force.version) != new:
        return str(whole.in_force.version)
    older = [row.version for row in whole.versions if not new.isdecimal() or row.version < int(new)]
    return str(older[0]) if older else new


def _side(whole: Overview, ref: str) -> Side:
    if ref == DRAFT and whole.drafted and _designs():
        return Side(ref, _("草稿"), drafts.bundle(reader(), whole.process))
    if ref == DRAWN and whole.drafted and _designs():
        return Side(ref, _("按目录重新画的草稿"), drafts.redrawn(reader(), whole.process))
    row = next((row for row in whole.versions if str(row.version) == ref), None)
    if row is None:
        abort(404)
    return Side(ref, f"v{row.version} {any_state(row.state)}", bundle_of(row))


def _compared(found: FileDifference) -> Compared:
    states: dict[str, str] = {
        change.key: change.how for change in found.changes if found.file.endswith(DIAGRAM)
    }
    states |= dict.fromkeys(found.moved, "moved")
    return Compared(found, states, unified(found.old, found.new))


def counted(found: list[FileDifference]) -> list[tuple[str, int]]:
    """How many things were added, removed, changed, moved, in this order."""
    counts = Counter(change.how for each in found for change in _shown(each))
    counts["moved"] += sum(len(each.moved) for each in found)
    return [(how, counts[how]) for how in HOW if counts[how]]  # type: ignore[index]


def _shown(each: FileDifference) -> Iterator[Change]:
    """What is counted: the things in a file, or the file itself where nobody knows them."""
    known = each.file.endswith((DIAGRAM, FORM, TABLE)) or each.file == CATALOGUE
    if known and not each.unread:
        yield from each.changes
    else:
        yield Change(each.how, "", each.file, each.file)


@dataclass(frozen=True)
class Summary:
    """What a version changes, in short."""

    counts: list[tuple[str, int]]
    changes: list[tuple[str, Change]]


def summary(base: ProcessVersion, version: ProcessVersion) -> Summary:
    """What a version changes against another, for whoever reviews it."""
    found = differences(bundle_of(base), bundle_of(version))
    changes = [(each.file, change) for each in found for change in _shown(each)]
    return Summary(counted(found), changes)
