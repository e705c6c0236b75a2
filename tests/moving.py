"""A process with what moves by itself: a timer, a message and an escalation to another desk.

The three-step item of the restaurant gets a limit on the review (the check takes over), and a
message that the check need not be waited for.
"""

from server.bundles import read_bundle
from server.settings import ROOT
from tests.hall import Hall
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.models import Deadline, ProcessVersion, Task
from workflows.models.deadline import Clock

FLOW = '<bpmn:sequenceFlow id="{0}_flow" sourceRef="{0}" targetRef="{1}"/>'
EVENT = (
    '<bpmn:boundaryEvent id="{0}" name="{1}" attachedToRef="{2}">'
    "<bpmn:outgoing>{0}_flow</bpmn:outgoing>{3}</bpmn:boundaryEvent>"
)
TIMER = (
    "<bpmn:timerEventDefinition><bpmn:timeDuration>{0}</bpmn:timeDuration>"
    "</bpmn:timerEventDefinition>"
)
MESSAGE = '<bpmn:messageEventDefinition messageRef="known"/>'
DECLARED = '<bpmn:message id="known" name="专家意见"/>'


def timed(limit: str = "2wd") -> str:
    """What is drawn into the three-step item."""
    late = EVENT.format("late", "承办超时", "review", TIMER.format(limit))
    known = EVENT.format("known_now", "专家意见到达", "check", MESSAGE)
    flows = FLOW.format("late", "check") + FLOW.format("known_now", "to_decide")
    return late + known + flows


def publish(hall: Hall, limit: str = "2wd", process: str = "restaurant") -> ProcessVersion:
    """Publish a version of a shipped process with that drawn into it."""
    bundle = read_bundle(ROOT / "bpmn", process)
    sources = dict(bundle.sources)
    begin, end = "<bpmn:process ", "</bpmn:process>"
    drawn = sources["item_three_step.bpmn"].replace(end, timed(limit) + end)
    sources["item_three_step.bpmn"] = drawn.replace(begin, DECLARED + begin, 1)
    upload = UploadProcess(process, sources, bundle.catalogue, bundle.forms)
    version = hall.act("designer1", process, upload)
    published: ProcessVersion = hall.act("designer2", version.key, PublishProcess())
    return published


def timers(hall: Hall, number: str) -> list[Deadline]:
    """The clocks of the timers of a case, the oldest first."""
    return [row for row in hall.case(number).deadlines if row.clock is Clock.STEP]


def rows(hall: Hall, number: str, item: str) -> list[Task]:
    """Every task there ever was for an item."""
    case = hall.case(number)
    (item_id,) = (one.id for one in case.items if one.code == item)
    return [task for task in case.tasks if task.item_id == item_id]


def past(hall: Hall, number: str, item: str, element: str) -> Task:
    """The task of an item that was done last at an element."""
    done = [row for row in rows(hall, number, item) if row.element == element and row.conclusion]
    return done[-1]
