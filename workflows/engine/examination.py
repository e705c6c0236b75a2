"""An upload examined in a process of its own: run by `sandbox`, with limits on time and memory.

It reads what to examine from its input and writes what it found to its output, both as JSON.
"""

import json
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from workflows.engine.checks import Fault, check
from workflows.engine.definition import load
from workflows.engine.instance import start
from workflows.errors import N_, WorkflowError

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
#: More than anyone reads; the next upload shows the rest.
MOST_FAULTS = 500
#: Less than a server has: what can be read here can be read there, deep inside a request.
STACK = 700

FAILED = N_("流程图试运行失败：%(why)s")
STUCK = N_("流程图试运行后既没有结束，也没有任何环节在等待。")
UNREAD = N_("引擎读不进这个流程。")
TOO_LONG = N_("流程图一条路上的元素太多，引擎读不进去：请分成子流程。")

#: For each process that will be started: sets of variables to try it with.
Trials = Mapping[str, Sequence[Mapping[str, Any]]]


def examine(
    sources: Mapping[str, str],
    names: Sequence[str] | None,
    trials: Trials,
    tables: Mapping[str, str],
    answers: Sequence[str],
) -> dict[str, list[Fault]]:
    """What the checks find in the diagrams (``faults``), and what a trial does (``failures``)."""
    known = None if names is None else frozenset(names)
    faults = check(sources, known, tables, frozenset(answers))
    texts = tuple(sources.values()), tuple(tables.values())
    failures = [] if faults else list(_try(*texts, trials))
    return {"faults": list(faults[:MOST_FAULTS]), "failures": failures}


def _try(sources: tuple[str, ...], tables: tuple[str, ...], trials: Trials) -> Iterator[Fault]:
    """Read every process as it will be read, and start it with each set of variables."""
    for process, tries in trials.items():
        try:
            definition = load(process, sources, tables)
            for variables in tries:
                step = start(definition, variables)
                if not (step.finished or step.open_tasks or step.timers or step.messages):
                    yield Fault(process, 1, process, STUCK)
        except WorkflowError as refusal:
            yield Fault(process, 1, process, FAILED, {"why": str(refusal)})
        except (RecursionError, ValidationException) as unread:  # the parser wraps the former
            deep = "recursion" in str(unread)
            yield Fault(process, 1, process, TOO_LONG if deep else UNREAD)


def main() -> None:
    """Examine what stands in the input; give up, loudly, when it takes too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(STACK)
    found = examine(**json.load(sys.stdin))
    json.dump({kind: list(map(asdict, faults)) for kind, faults in found.items()}, sys.stdout)


if __name__ == "__main__":
    main()
