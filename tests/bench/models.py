"""The joint approval that is measured: how many departments, and what everyone does in it.

start → 受理 → fork → for every department: review with a warning and a time limit → agree,
refuse, or send back for papers and review again → join → 办结 → end.  Every fifth department
sends back once.  The multi-instance version runs one department's branch for a list of them.

The same diagram in two dialects: SpiffWorkflow evaluates the text of a timer as Python, so its
durations are quoted; ours are literal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:lb="urn:lianban:bpmn:1"'
)
WARNS_AFTER = "P3D"
ENDS_AFTER = "P5D"
OPINION = "经审查，该项目符合本部门相关技术规范与法律法规要求，同意办理。" * 3


@dataclass(frozen=True)
class Act:
    """What one person does: a step of the case, and what is written down about it.

    ``variables`` are those that choose a branch; ``papers`` are all else that was filled in.
    """

    element: str
    department: int | None
    variables: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A joint approval of so many departments, drawn out or as one multi-instance activity."""

    departments: int
    multiple: bool = False

    @property
    def process(self) -> str:
        """The id of its process."""
        return f"joint_{self.name}"

    @property
    def name(self) -> str:
        """How a row of measurements calls it."""
        return f"{self.departments}{'mi' if self.multiple else ''}"

    @property
    def variables(self) -> dict[str, Any]:
        """What it is started with."""
        return {"departments": list(range(self.departments))} if self.multiple else {}

    def diagram(self, quoted: bool = False) -> str:
        """Its BPMN; ``quoted`` writes durations as stock SpiffWorkflow wants them."""
        middle = self._multiple(quoted) if self.multiple else self._drawn_out(quoted)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<bpmn:definitions {NAMESPACES} id="file" targetNamespace="urn:lianban:process">'
            f'<bpmn:process id="{self.process}" name="并联审批" isExecutable="true">'
            f'<bpmn:startEvent id="begin"/>{task("accept", "受理")}'
            f'{middle}{task("decide", "办结")}<bpmn:endEvent id="over"/>'
            f"{flow('begin', 'accept')}{flow('decide', 'over')}"
            f"</bpmn:process></bpmn:definitions>"
        )

    def _drawn_out(self, quoted: bool) -> str:
        gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
        branches = (
            branch(f"_{place}", quoted)
            + flow("fork", f"review_{place}")
            + flow(f"done_{place}", "join")
            for place in range(self.departments)
        )
        return gateways + "".join(branches) + flow("accept", "fork") + flow("join", "decide")

    def _multiple(self, quoted: bool) -> str:
        inside = '<bpmn:startEvent id="inside"/>' + branch("", quoted)
        inside += '<bpmn:endEvent id="outside"/>'
        inside += flow("inside", "review") + flow("done", "outside")
        return (
            f'<bpmn:subProcess id="departments_review" name="部门审查">{EACH}{inside}'
            f"</bpmn:subProcess>"
            f"{flow('accept', 'departments_review')}{flow('departments_review', 'decide')}"
        )

    def acts(self) -> Iterator[Act]:
        """Everything that people do, in order."""
        yield Act("accept", None, {}, {"form": application(self.departments)})
        for place in range(self.departments):
            if place % 5 == 0:
                yield self._review(place, "supplement")
                yield self._act("supplement", place, {}, {f"supplied{place}": "已补正材料"})
            yield self._review(place, "reject" if place % 7 == 3 else "agree")
        yield Act("decide", None, {}, {"final": "准予"})

    def _review(self, place: int, conclusion: str) -> Act:
        suffix = "" if self.multiple else f"_{place}"
        papers = {f"opinion{suffix}": OPINION, f"by{suffix}": f"u{place}"}
        return self._act("review", place, {f"conclusion{suffix}": conclusion}, papers)

    def _act(
        self, element: str, place: int, variables: dict[str, Any], papers: dict[str, Any]
    ) -> Act:
        suffix = "" if self.multiple else f"_{place}"
        return Act(element + suffix, place, variables, papers)


#: One instance for each member of the list.
EACH = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="false">'
    "<bpmn:loopDataInputRef>departments</bpmn:loopDataInputRef>"
    "<bpmn:loopDataOutputRef>conclusions</bpmn:loopDataOutputRef>"
    '<bpmn:inputDataItem id="department" name="department"/>'
    '<bpmn:outputDataItem id="conclusion" name="conclusion"/>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)


def branch(suffix: str, quoted: bool) -> str:
    """Everything one department has to do with a case."""
    review, super_, papers = f"review{suffix}", f"urge{suffix}", f"supplement{suffix}"
    choice, done, refusal = f"choice{suffix}", f"done{suffix}", f"refusal{suffix}"
    conclusion = f"conclusion{suffix}"
    return "".join((
        task(review, "审查"), timer(f"warn{suffix}", review, WARNS_AFTER, False, quoted),
        timer(f"expire{suffix}", review, ENDS_AFTER, True, quoted),
        script(f"told{suffix}", f"warned{suffix} = True"),
        f'<bpmn:endEvent id="warned{suffix}"/>', task(super_, "督办"), task(papers, "补正材料"),
        f'<bpmn:exclusiveGateway id="{choice}" default="{choice}_{done}"/>',
        script(refusal, f"refused{suffix} = True"), f'<bpmn:exclusiveGateway id="{done}"/>',
        flow(review, choice), flow(choice, done),
        flow(choice, refusal, f'{conclusion} == "reject"'), flow(refusal, done),
        flow(choice, papers, f'{conclusion} == "supplement"'), flow(papers, review),
        flow(f"warn{suffix}", f"told{suffix}"), flow(f"told{suffix}", f"warned{suffix}"),
        flow(f"expire{suffix}", super_), flow(super_, done),
    ))  # fmt: skip


def task(key: str, name: str) -> str:
    """A user task of some post."""
    return (
        f'<bpmn:userTask id="{key}" name="{name}"><bpmn:extensionElements>'
        f'<lb:approval duty="handler" kind="review" conclusions="agree disagree return"/>'
        f"</bpmn:extensionElements></bpmn:userTask>"
    )


def script(key: str, text: str) -> str:
    """An assignment that both engines understand."""
    return f'<bpmn:scriptTask id="{key}"><bpmn:script>{text}</bpmn:script></bpmn:scriptTask>'


def timer(key: str, task: str, after: str, interrupts: bool, quoted: bool) -> str:
    """A limit on a task."""
    text = f'"{after}"' if quoted else after
    return (
        f'<bpmn:boundaryEvent id="{key}" attachedToRef="{task}" '
        f'cancelActivity="{str(interrupts).lower()}"><bpmn:timerEventDefinition>'
        f'<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{text}</bpmn:timeDuration>'
        f"</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )


def flow(source: str, target: str, condition: str = "") -> str:
    """A way from one element to another."""
    inside = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}'
        f"</bpmn:conditionExpression>"
        if condition
        else ""
    )
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</bpmn:sequenceFlow>"
    )


def application(departments: int) -> dict[str, Any]:
    """What an applicant fills in: about 3 KB."""
    return {
        "fields": {f"字段{n}": f"某某市某某有限公司建设项目第{n}项申报内容" for n in range(25)},
        "materials": [
            {"id": n, "name": f"材料{n}.pdf", "sha256": "ab" * 32, "ok": True} for n in range(12)
        ],
        "departments": [{"id": n, "name": f"部门{n}"} for n in range(departments)],
    }
