"""What is drawn for each item: the steps that people take, before any case has taken one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workflows.engine.approvals import Approval, approval_of
from workflows.engine.xml import LIANBAN, read, tag


@dataclass(frozen=True)
class DrawnStep:
    """A user task of the process that an item is handled by."""

    element: str
    name: str
    approval: Approval

    @property
    def duties(self) -> tuple[str, ...]:
        """The posts that do it: one, or all that sign it together."""
        signing = self.approval.signing
        return tuple(one.duty for one in signing.signers) if signing else (self.approval.duty,)


@lru_cache(maxsize=64)
def steps(process: str, sources: tuple[str, ...]) -> Mapping[str, tuple[DrawnStep, ...]]:
    """The steps of every item that a process calls, in the order they are drawn.

    An item that is called in two ways (告知承诺) has the steps of both; a step that is another
    post's in each stands there twice.
    """
    drawn = {found.get("id"): found for found in _processes(process, sources)}
    found: dict[str, dict[object, DrawnStep]] = {}
    for call in drawn[process].iter(tag("callActivity")) if process in drawn else ():
        item = call.find(f".//{{{LIANBAN}}}item")
        if item is not None:
            own = found.setdefault(item.get("code"), {})
            for step in _within(call.get("calledElement"), drawn, frozenset()):
                own.setdefault((step.element, step.duties), step)
    return {code: tuple(own.values()) for code, own in found.items()}


def _processes(process: str, sources: tuple[str, ...]) -> Iterator[Any]:
    for number, source in enumerate(sources):
        yield from read(source, f"{process}#{number}").iter(tag("process"))


def _within(process: str, drawn: Mapping[str, Any], above: frozenset[str]) -> Iterator[DrawnStep]:
    """The steps of a process and of those it calls; one that calls itself is not read again."""
    if process not in drawn or process in above:
        return
    for element in drawn[process].iter(tag("userTask"), tag("callActivity")):
        approval = element.find(f".//{{{LIANBAN}}}approval")
        if element.tag == tag("callActivity"):
            yield from _within(element.get("calledElement"), drawn, above | {process})
        elif approval is not None:
            name = element.get("name") or element.get("id")
            yield DrawnStep(element.get("id"), name, approval_of(approval.attrib))
