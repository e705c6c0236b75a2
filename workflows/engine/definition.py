"""A published process, parsed once and shared: the diagrams without any running state."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import SpiffWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser, event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from workflows.engine import activities, elements, events, gateways, ruling
from workflows.engine.expressions import Expression, compile_expression
from workflows.engine.xml import LIANBAN, local, read, tag

DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"

#: Our overrides lean on the inside of this version; a newer one is adopted by reading it.
assert SpiffWorkflow.__version__ == "3.2.0"


@dataclass(frozen=True, eq=False)
class Definition:
    """Everything the engine needs to run one version of a process; equal only to itself."""

    process: str
    spec: Any
    called: dict[str, Any]
    #: The variables that its decision tables read.
    asked: frozenset[str] = frozenset()


class _Ours:
    """Keeps SpiffWorkflow's parser from splitting one drawn element into several."""

    task: Any
    process_parser: Any

    def parse_extensions(self, node: Any = None) -> dict[str, dict[str, str]]:
        found = self.xpath(f"./bpmn:extensionElements/*[namespace-uri()='{LIANBAN}']")
        return {local(element): dict(element.attrib) for element in found}

    def xpath(self, xpath: str) -> Any:
        return super().xpath(xpath)  # type: ignore[misc]

    def _add_boundary_event(self, children: list[Any]) -> Any:
        self.task.boundary = tuple(self.process_parser.parse_node(node) for node in children)
        for event in self.task.boundary:
            event._inputs.append(self.task.name)
        return self.task

    def _add_multiinstance_task(self, loop: Any) -> None:
        self.task.multiple = _multiple(loop)


def _multiple(loop: Any) -> activities.Multiple:
    """Read one ``multiInstanceLoopCharacteristics``."""

    def text(name: str) -> str | None:
        found = loop.findtext(tag(name))
        return found.strip() if found and found.strip() else None

    def expression(name: str) -> Expression | None:
        found = text(name)
        return compile_expression(found) if found else None

    def variable(name: str) -> str | None:
        found = loop.find(tag(name))
        return None if found is None else found.get("name") or found.get("id")

    return activities.Multiple(
        sequential=loop.get("isSequential") in ("true", "1"),
        cardinality=expression("loopCardinality"),
        collection=text("loopDataInputRef"),
        item=variable("inputDataItem"),
        outputs=text("loopDataOutputRef"),
        output=variable("outputDataItem"),
        until=expression("completionCondition"),
    )


def _parser_of(name: str, parser: type, spec: type) -> tuple[str, tuple[type, type]]:
    return tag(name), (type(f"_{name}Parser", (_Ours, parser), {}), spec)


class _Parser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = dict(  # noqa: RUF012
        (
            _parser_of("startEvent", event_parsers.StartEventParser, elements.StartEvent),
            _parser_of("endEvent", event_parsers.EndEventParser, elements.EndEvent),
            _parser_of(
                "intermediateCatchEvent",
                event_parsers.IntermediateCatchEventParser,
                events.CatchEvent,
            ),
            _parser_of(
                "intermediateThrowEvent",
                event_parsers.IntermediateThrowEventParser,
                elements.ThrowEvent,
            ),
            _parser_of("boundaryEvent", event_parsers.BoundaryEventParser, events.BoundaryEvent),
            _parser_of("userTask", TaskParser, activities.UserTask),
            _parser_of("scriptTask", task_parsers.ScriptTaskParser, elements.ScriptTask),
            _parser_of("businessRuleTask", TaskParser, ruling.RuleTask),
            _parser_of("receiveTask", event_parsers.ReceiveTaskParser, activities.ReceiveTask),
            _parser_of("subProcess", task_parsers.SubWorkflowParser, activities.SubProcess),
            _parser_of("callActivity", task_parsers.CallActivityParser, activities.CallActivity),
            _parser_of(
                "exclusiveGateway",
                task_parsers.ConditionalGatewayParser,
                gateways.ExclusiveGateway,
            ),
            _parser_of("parallelGateway", task_parsers.GatewayParser, gateways.ParallelGateway),
            _parser_of(
                "inclusiveGateway",
                task_parsers.ConditionalGatewayParser,
                gateways.InclusiveGateway,
            ),
            _parser_of(
                "eventBasedGateway",
                event_parsers.EventBasedGatewayParser,
                gateways.EventBasedGateway,
            ),
        )
    )


@lru_cache(maxsize=64)
def load(process: str, sources: tuple[str, ...], tables: tuple[str, ...] = ()) -> Definition:
    """Parse diagrams and decision tables (checked at publication) into one process."""
    parser = _Parser()
    for number, source in enumerate(sources):
        root = read(source, f"{process}#{number}")
        for drawing in root.findall(DRAWING):
            root.remove(drawing)  # where an element is drawn must not decide what happens
        parser.add_bpmn_xml(root)
    spec = parser.get_spec(process)
    called = parser.get_subprocess_specs(process)
    asked: set[str] = set()
    decisions = ruling.read_tables(tables)
    for one in (spec, *called.values()):
        one.decisions = decisions
        for element in one.task_specs.values():
            if isinstance(element, elements.Element):
                element.bind()
            if isinstance(element, ruling.RuleTask):
                asked |= element.needs
    return Definition(process, spec, called, frozenset(asked))


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


def signed_together(sources: tuple[str, ...]) -> frozenset[str]:
    """The user tasks of these diagrams that several posts sign together."""
    found = (
        approval.getparent().getparent().get("id")
        for number, source in enumerate(sources)
        for approval in read(source, f"#{number}").iter(f"{{{LIANBAN}}}approval")
        if "signers" in approval.attrib
    )
    return frozenset(found)
