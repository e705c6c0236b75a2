"""What differs between two versions of a process (版本比较), in the things people speak of.

Elements of diagrams by their id, records of the catalogue by their code, fields of forms by their
key, rules of decision tables by their id; of any other file only that it differs.  Where things
stand in a drawing is counted apart: an element that was only moved is no change of the process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workflows.catalogue.source import Source
from workflows.decisions import DecisionInvalid
from workflows.drawing.bundle import CATALOGUE, DIAGRAM, FORM, Bundle
from workflows.drawing.differences import Change, Record, compared, flat
from workflows.drawing.ruled import ruled
from workflows.engine.contents import Drawn, contents
from workflows.engine.xml import DiagramUnreadable
from workflows.models.process import TABLE

#: The parts of a catalogue that are lists, with the field by which a record is known.
LISTS = {
    "questionnaire": "key", "departments": "code", "items": "code", "onsite_groups": "code",
    "materials": "code",
}  # fmt: skip
NAMES = ("name", "label", "text")

FileHow = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class FileDifference:
    """A file that differs: what became of it, of each thing in it, and how many only moved.

    ``unread`` is true where one of the two cannot be read, so that only its text is compared.
    """

    file: str
    how: FileHow
    old: str
    new: str
    changes: tuple[Change, ...] = ()
    moved: tuple[str, ...] = ()
    unread: bool = False


def differences(old: Bundle, new: Bundle) -> list[FileDifference]:
    """Every file that differs: diagrams first, then the catalogue, forms and the others."""
    before, after = old.files(), new.files()
    found = []
    for name in dict.fromkeys([*after, *before]):
        if before.get(name) == after.get(name):
            continue
        one, other = before.get(name, ""), after.get(name, "")
        how: FileHow = "changed"
        if name not in after or name not in before:
            how = "added" if name in after else "removed"
        if name == CATALOGUE and how == "added" and not other:
            continue
        found.append(_difference(name, how, one, other, (old, new)))
    return found


def _difference(
    name: str, how: FileHow, one: str, other: str, bundles: tuple[Bundle, Bundle]
) -> FileDifference:
    moved: tuple[str, ...] = ()
    try:
        if name.endswith(DIAGRAM):
            before, after = _drawn(one, name), _drawn(other, name)
            changes = _diagrams(before, after)
            moved = tuple(sorted(_moved(before, after)))
        elif name == CATALOGUE:
            changes = _catalogues(one, other)
        elif name.endswith(FORM):
            key = name.removesuffix(FORM)
            changes = _forms(*(bundle.forms.get(key) for bundle in bundles))
        elif name.endswith(TABLE):
            changes = ruled(one, other, name)
        else:
            changes = iter(())
        return FileDifference(name, how, one, other, tuple(changes), moved)
    except (DiagramUnreadable, DecisionInvalid, ValueError, RecursionError):
        return FileDifference(name, how, one, other, unread=True)


def _drawn(text: str, name: str) -> dict[str, Drawn]:
    return contents(text, name) if text.strip() else {}


def _diagrams(old: Mapping[str, Drawn], new: Mapping[str, Drawn]) -> Iterator[Change]:
    """Elements by id; the order in which a file lists them says nothing."""
    records = [
        {key: Record(_called(key, drawn, all_of), drawn.kind, drawn.facts)
         for key, drawn in sorted(all_of.items())}
        for all_of in (old, new)
    ]  # fmt: skip
    return compared("elements", *records)


def _called(key: str, drawn: Drawn, others: Mapping[str, Drawn]) -> str:
    """The name of an element; an arrow without one is called by its two ends."""
    if drawn.name or "sourceRef" not in drawn.facts:
        return drawn.name
    ends = (drawn.facts["sourceRef"], drawn.facts.get("targetRef", ""))
    return " → ".join(others[end].name or end if end in others else end for end in ends)


def _moved(old: Mapping[str, Drawn], new: Mapping[str, Drawn]) -> Iterator[str]:
    """Elements that only stand elsewhere."""
    for key in old.keys() & new.keys():
        one, other = old[key], new[key]
        if one.place != other.place and (one.kind, one.facts) == (other.kind, other.facts):
            yield key


def _catalogues(old: str, new: str) -> Iterator[Change]:
    """Theme and rules field by field, everything else record by record."""
    before, after = _tree(old), _tree(new)
    for section in dict.fromkeys([*before, *after]):
        one, other = before.get(section), after.get(section)
        if section in LISTS:
            by = LISTS[section]
            yield from compared(section, _records(one, by), _records(other, by))
        else:
            whole = [{section: Record("", "", flat(each))} if each is not None else {}
                     for each in (one, other)]  # fmt: skip
            yield from compared(section, *whole)


def _tree(text: str) -> dict[str, Any]:
    """The plain content of a catalogue; ValueError when it is no YAML of ours."""
    if not text.strip():
        return {}
    source = Source(text)
    if not isinstance(source.value, dict):
        raise ValueError
    return source.value


def _records(listed: Any, by: str) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for place, each in enumerate(listed if isinstance(listed, tuple) else (), start=1):
        if isinstance(each, Mapping):
            key = str(each.get(by, f"#{place}"))
            facts = {name: value for name, value in flat(each).items() if name != by}
            found[key] = Record(_name_of(each), "", facts)
    return found


def _name_of(each: Mapping[str, Any]) -> str:
    return next((str(each[name]) for name in NAMES if each.get(name)), "")


def _forms(old: Any, new: Any) -> Iterator[Change]:
    """The fields of a form, wherever they are nested, by key."""
    return compared("fields", dict(_components(old)), dict(_components(new)))


def _components(form: Any, path: str = "") -> Iterator[tuple[str, Record]]:
    listed = form.get("components") if isinstance(form, Mapping) else None
    for place, each in enumerate(listed if isinstance(listed, list) else (), start=1):
        if isinstance(each, Mapping):
            key = path + str(each.get("key") or each.get("id") or f"#{place}")
            own = {name: value for name, value in each.items()
                   if name not in ("id", "key", "type", "components", "layout")}  # fmt: skip
            yield key, Record(_name_of(each), str(each.get("type", "")), flat(own))
            yield from _components(each, f"{key}.")
