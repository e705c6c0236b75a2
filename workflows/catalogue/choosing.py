"""Some items of a catalogue, as a catalogue of their own: for another theme, or a smaller one.

What only the others needed goes with them: their materials, their departments, their joint
visits, and that somebody waits for them.
"""

from collections.abc import Collection, Iterator
from typing import Any

import yaml

from workflows.catalogue.editing import drop, put
from workflows.catalogue.faults import Path
from workflows.errors import N_, WorkflowError


class NothingChosen(WorkflowError):
    """A process of no items."""

    sentence = N_("请至少选择一个事项。")


class HostMissing(WorkflowError):
    """An item is handled together with one that was not chosen."""

    sentence = N_("“%(item)s”并入“%(host)s”办理，请同时选择“%(host)s”。")


def choose(text: str, codes: Collection[str], theme: dict[str, str]) -> str:
    """The text of a catalogue with these items only, and these words about its theme.

    Raises NothingChosen, or HostMissing for an item that is merged into one not chosen.
    """
    known = yaml.safe_load(text)
    chosen = [item for item in known["items"] if item["code"] in codes]
    if not chosen:
        raise NothingChosen
    for item in chosen:
        if item.get("merged_into", item["code"]) not in codes:
            raise HostMissing(item=item["name"], host=item["merged_into"])
    for path in (*_other_items(known, codes), *_useless(known, chosen)):
        text = drop(text, path)
    for item in chosen:
        text = _without_waits(text, item, codes)
    for key, value in theme.items():
        text = put(text, ("theme", key), value)
    return text


def _other_items(known: dict[str, Any], codes: Collection[str]) -> Iterator[Path]:
    for item in known["items"]:
        if item["code"] not in codes:
            yield ("items", item["code"])


def _useless(known: dict[str, Any], chosen: list[dict[str, Any]]) -> Iterator[Path]:
    """Materials, groups of a joint visit and departments that no item left has to do with."""
    needed = {code for item in chosen for code in item["materials"]}
    visits = {item.get("onsite") for item in chosen}
    offices = {item["department"] for item in chosen} | {known["theme"]["lead"]}
    offices |= {code for item in chosen for code in item.get("consult", ())}
    for group in known.get("onsite_groups", ()):
        if group["code"] in visits:
            offices.add(group["leader"])
        else:
            yield ("onsite_groups", group["code"])
    codes = {item["code"] for item in chosen}
    for material in known["materials"]:
        if material["code"] not in needed:
            yield ("materials", material["code"])
        elif material.get("produced_by", next(iter(codes))) not in codes:
            yield ("materials", material["code"], "produced_by")
    for department in known["departments"]:
        if department["code"] not in offices:
            yield ("departments", department["code"])


def _without_waits(text: str, item: dict[str, Any], codes: Collection[str]) -> str:
    """The item waits for nobody who is not there."""
    waits = item.get("after", ())
    left = [before for before in waits if before["item"] in codes]
    if len(left) == len(waits):
        return text
    path = ("items", item["code"], "after")
    return put(text, path, left) if left else drop(text, path)
