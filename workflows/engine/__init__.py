"""The engine: state in, `Step` out.  The only place that speaks to SpiffWorkflow and lxml.

In the order things happen:

    xml          reads a diagram safely: no entities, no network, a limit on size
    checks       what is refused when a process is published, by element, with a sentence
    expressions  the language of conditions
    definition   diagrams parsed once into a shared, immutable `Definition`
    gateways     our joins: exact where SpiffWorkflow's fire early, one data scope per process
    instance     start a process, complete a task
    codec        the stored form of a running process: small, versioned, one opaque value

Nothing here knows the database, the calendar or people.  A process instance holds only the
variables its branches are chosen by; everything else lives in the tables of the case.
"""

from workflows.engine.checks import Fault, ProcessInvalid, check
from workflows.engine.definition import Approval, Definition, Outline, load, outline
from workflows.engine.instance import OpenTask, Step, TaskNotOpen, complete, start

__all__ = [
    "Approval",
    "Definition",
    "Fault",
    "OpenTask",
    "Outline",
    "ProcessInvalid",
    "Step",
    "TaskNotOpen",
    "check",
    "complete",
    "load",
    "outline",
    "start",
]
