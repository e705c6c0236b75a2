"""The engine: state in, `Step` out.  The only place that speaks to SpiffWorkflow and lxml.

In the order things happen:

    xml          reads a diagram safely: no entities, no network, a limit on size
    checks       what is refused when a process is published, by element, with a sentence
    sandbox      publication in a process of its own (`examination`), with limits
    expressions  the language of conditions and scripts, over safe `values`
    limits       how a timer says when
    definition   diagrams parsed once into a shared, immutable `Definition`
    tree, scope  where the tokens of a process are, and its variables
    flow         how tokens move: on, up, out
    elements, gateways, events, activities: what each element does with a token
    ruling       business rule tasks: a decision table is asked, and its answer remembered
    approvals    who does a user task, who signs it together, and what comes of that
    instance     start a process, complete a task, let a timer or a message happen
    undo, moves  rolling back, jumping, an end that was decided
    signers      more people for a task, or fewer
    ways, returns, holding, inside: sending back across parallel branches
    migrate      a running process on another version of its drawing, and what to `give` it
    reading      what was done, what waits, where it may go
    contents     what stands in a diagram, element by element, to compare two of them
    steps        what is drawn for each item, before any case has taken a step
    walk         a process that is gone through in thought, and never written down
    codec        the stored form of a running process, and of `former` releases

Nothing here knows the database, the calendar or people.  A process instance holds only the
variables its branches are chosen by; everything else lives in the tables of the case.
"""

from workflows.engine.approvals import Approval
from workflows.engine.checks import Fault, ProcessInvalid, check
from workflows.engine.definition import Definition, Outline, load, outline, signed_together
from workflows.engine.instance import (
    OpenTask,
    Step,
    TaskNotOpen,
    Timer,
    Waiting,
    complete,
    deliver,
    fire,
    look,
    start,
)
from workflows.engine.migrate import MigrationNotPossible, Obstacle, can_migrate, migrate
from workflows.engine.moves import (
    MoveNotPossible,
    conclude,
    jump,
    roll_back,
)
from workflows.engine.returns import MINE, Terms, send_back
from workflows.engine.ruling import Evaluation
from workflows.engine.signers import add_signer, remove_signer
from workflows.engine.steps import DrawnStep, steps
from workflows.engine.walk import Walk

__all__ = [
    "MINE",
    "Approval",
    "Definition",
    "DrawnStep",
    "Evaluation",
    "Fault",
    "MigrationNotPossible",
    "MoveNotPossible",
    "Obstacle",
    "OpenTask",
    "Outline",
    "ProcessInvalid",
    "Step",
    "TaskNotOpen",
    "Terms",
    "Timer",
    "Waiting",
    "Walk",
    "add_signer",
    "can_migrate",
    "check",
    "complete",
    "conclude",
    "deliver",
    "fire",
    "jump",
    "load",
    "look",
    "migrate",
    "outline",
    "remove_signer",
    "roll_back",
    "send_back",
    "signed_together",
    "start",
    "steps",
]
