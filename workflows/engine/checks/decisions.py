"""Nothing decides an item but a person (行政许可法 §38): no timer and no message does.

The state table refuses such a decision whenever the instant comes, so the case would hang there:
an end that decides is reached from a timer or a message only through somebody's task.
"""

from collections.abc import Iterator, Mapping

from workflows.engine.checks.calls import called
from workflows.engine.checks.events import code_of
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, extensions
from workflows.engine.checks.restless import Moves, spread
from workflows.errors import N_

#: The outcomes that decide an item.
DECISIONS = ("granted", "refused")
NOBODY = N_("从定时或消息 %(event)s 不经任何人就到这里：准予和不予要由人决定，请在中间加办理环节。")


def faults(processes: Mapping[str, Level]) -> Iterator[Fault]:
    """Every end that decides an item and may be reached without a person."""
    calls = [pair for one in processes.values() for pair in called(processes, one).items()]
    moves = Moves(processes)
    for key in dict.fromkeys(key for key, (_, node) in calls if extensions(node, "item")):
        level = processes[key]
        ends = [end for end in level.of("endEvent") if end in DECISIONS]
        for event in level.of("boundaryEvent", "intermediateCatchEvent", "receiveTask"):
            if code_of(level, level.nodes[event])[0] not in ("timer", "message"):
                continue
            each = dict.fromkeys(level.nodes, 1)  # the others of a join may have come before
            reached = spread(level.after[event], moves.exits(level), each)
            for end in filter(reached.__contains__, ends):
                yield level.fault(level.nodes[end], NOBODY, event=event)
