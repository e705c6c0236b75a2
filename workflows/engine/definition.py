"""A published process, parsed once and shared: the diagrams without any running state."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import SpiffWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.defaults import UserTask

from workflows.engine.gateways import CallActivity, EndEvent, InclusiveGateway, ParallelGateway
from workflows.engine.xml import LIANBAN, local, read, tag

#: Our overrides lean on the inside of this version; a newer one is adopted by reading it.
assert SpiffWorkflow.__version__ == "3.2.0"


@dataclass(frozen=True)
class Approval:
    """What ``lb:approval`` says of a user task: whose it is, what it decides, who may not do it."""

    duty: str
    kind: str
    conclusions: tuple[str, ...] = ()
    different_from: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class Definition:
    """Everything the engine needs to run one version of a process."""

    process: str
    spec: Any
    called: dict[str, Any]


def approval_of(attributes: dict[str, str]) -> Approval:
    """Read the attributes of one ``lb:approval``."""
    return Approval(
        duty=attributes["duty"],
        kind=attributes["kind"],
        conclusions=tuple(attributes.get("conclusions", "").split()),
        different_from=attributes.get("differentFrom"),
        form=attributes.get("form"),
    )


class _Extensions:
    """Reads our extension elements: ``{"item": {...}}`` or ``{"approval": {...}}``."""

    def parse_extensions(self, node: Any = None) -> dict[str, dict[str, str]]:
        found = self.xpath(f"./bpmn:extensionElements/*[namespace-uri()='{LIANBAN}']")
        return {local(element): dict(element.attrib) for element in found}

    def xpath(self, xpath: str) -> Any:
        return super().xpath(xpath)  # type: ignore[misc]


class _UserTaskParser(_Extensions, TaskParser):
    pass


class _CallActivityParser(_Extensions, CallActivityParser):
    pass


class _Parser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012
        tag("userTask"): (_UserTaskParser, UserTask),
        tag("callActivity"): (_CallActivityParser, CallActivity),
        tag("endEvent"): (EndEventParser, EndEvent),
        tag("parallelGateway"): (GatewayParser, ParallelGateway),
        tag("inclusiveGateway"): (ConditionalGatewayParser, InclusiveGateway),
    }


@lru_cache(maxsize=64)
def load(process: str, sources: tuple[str, ...]) -> Definition:
    """Parse the diagrams (checked at publication) into the definition of one process."""
    parser = _Parser()
    for number, source in enumerate(sources):
        parser.add_bpmn_xml(read(source, f"{process}#{number}"))
    spec = parser.get_spec(process)
    return Definition(process, spec, parser.get_subprocess_specs(process))


@dataclass(frozen=True)
class Outline:
    """What a process consists of, seen from its catalogue.

    ``loose`` are the elements that wait for a person or call a process, but for no item.
    """

    items: frozenset[str]
    loose: tuple[str, ...]


def outline(process: str, sources: tuple[str, ...]) -> Outline:
    """The outline of a process; KeyError when there is no such process."""
    for number, source in enumerate(sources):
        for found in read(source, f"{process}#{number}").iter(tag("process")):
            if found.get("id") == process:
                calls = list(found.iter(tag("callActivity")))
                bare = [call for call in calls if call.find(f".//{{{LIANBAN}}}item") is None]
                loose = [*found.iter(tag("userTask")), *bare]
                codes = {item.get("code") for item in found.iter(f"{{{LIANBAN}}}item")}
                return Outline(frozenset(codes), tuple(element.get("id") for element in loose))
    raise KeyError(process)
