"""Where the tokens are: SpiffWorkflow's tasks and workflows, indexed and without predictions.

A task exists only once a token has reached its element, so the tree is the history of the tokens.
Whatever the next step asks for (what is open, what is armed, who waits at a join, whether a
process is over) is kept in an index when a task changes its state; nothing walks the tree.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.scope import Scope

#: SpiffWorkflow's states, and what they mean here.
READY = TaskState.READY  # a person may act, or the element runs next
WAITING = TaskState.WAITING  # at a join, or for a message or an instant
STARTED = TaskState.STARTED  # an activity or event gateway at work inside
HELD = TaskState.LIKELY  # stopped until something sent back has returned
ARMED = TaskState.FUTURE  # an event that may happen while its activity lasts; not a token
COMPLETED = TaskState.COMPLETED
CANCELLED = TaskState.CANCELLED
NEW = 0
LIVE = READY | WAITING | STARTED | HELD
_PARTS = {"instance", "signs"}
#: Conditions and scripts are compiled with the drawing; SpiffWorkflow's engine runs none of them.
_NO_SCRIPTS = object()


class Token(Task):
    """One visit of a token to one element.  ``internal_data`` holds what is rarely needed:

    ``instance`` its place in a multi-instance step, from 1; ``signs`` that it is an added signer
    of the task above it; ``joined`` the task of the join that took this token; ``by`` and ``was``
    who cancelled it, and its state before; ``threw`` the boundary events that caught what it
    threw; ``held`` its state before it was stopped; ``detour`` what is released when the way
    that begins here has been walked; ``limit`` the computed limit of a timer; ``total``,
    ``left``, ``gone``, ``items`` the instances of a multi-instance step: all, still to do,
    removed, over what.
    """

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: "Token | None" = None,
        state: int = NEW,
        id: int | None = None,
    ) -> None:
        top = workflow.top_workflow
        if id is None:
            top.last = id = top.last + 1
        self.id = id
        self.workflow = workflow
        self.task_spec = task_spec
        self._parent = None if parent is None else parent.id
        self._children: list[int] = []
        self._state = state
        self.internal_data: dict[str, Any] = {}
        self.scope: Scope = workflow.scope
        self.view: Any = None
        workflow.tasks[id] = top.numbered[id] = self
        if parent is not None:
            parent._children.append(id)
        if state != NEW:
            workflow.enter(self, state)

    def _add_child(self, task_spec: Any, state: int = NEW) -> "Token":
        return Token(self.workflow, task_spec, self, state)

    def touch(self) -> None:
        """It is not as it was written down."""
        self.workflow.top_workflow.changed.add(self.id)

    def _set_state(self, value: int) -> None:
        before = self._state
        if value != before:
            self._state = value
            self.workflow.leave(self, before)
            self.workflow.enter(self, value)
            self.touch()

    def note(self, **facts: Any) -> None:
        """Remember rarely needed facts of this task; None forgets one."""
        for name, value in facts.items():
            if value is None:
                self.internal_data.pop(name, None)
            else:
                self.internal_data[name] = value
        if "detour" in facts:
            self.workflow.mark(self)
        self.touch()

    @property
    def is_part(self) -> bool:
        """Whether it belongs to the activity that is its parent, rather than follows it."""
        return not _PARTS.isdisjoint(self.internal_data)

    @property
    def first(self) -> "Token":
        """The task as it was done the first time: itself, unless it is done once more."""
        return self.parent.first if "again" in self.internal_data else self

    @property
    def inner(self) -> Any:
        """The process running inside this activity, or None."""
        return self.workflow.top_workflow.subprocesses.get(self.id)

    @property
    def activity(self) -> "Token":
        """The activity as a whole: for one instance of many, the step they belong to."""
        whole: Token = self.parent if "instance" in self.internal_data else self
        return whole


class _Indexed:
    """What the top process and the processes inside it have in common."""

    tasks: dict[int, Token]
    top_workflow: Any
    caller: Token | None
    embedded: bool
    completed: bool

    @property
    def number(self) -> int:
        """The number of the activity it runs in; 0 for the process that nobody called."""
        return 0 if self.caller is None else self.caller.id

    def prepare(self, caller: Token | None) -> None:
        """Begin with nothing: no token, no arrival."""
        self.caller = caller
        around = None if caller is None else caller.scope
        self.scope = Scope(self, around) if around is None or not self.embedded else around
        self.live = 0
        #: How many tokens stand at each element.
        self.tokens: dict[str, int] = {}
        #: For each join, the tokens that wait there, by the element they came from.
        self.arrivals: dict[str, dict[str, list[Token]]] = {}
        #: The ways back that are being walked in this process, by the task they began with.
        self.detours: dict[int, Token] = {}

    def touch(self) -> None:
        """Its variables, or whether it is over, are not as they were written down."""
        raise NotImplementedError

    def close(self, over: bool = True) -> None:
        """It is over from now on, or at work again."""
        self.completed = over
        self.touch()

    def mark(self, task: Token) -> None:
        """Keep the index of detours in step with the facts of a task."""
        if "detour" in task.internal_data:
            self.detours[task.id] = task
        else:
            self.detours.pop(task.id, None)

    def enter(self, task: Token, state: int) -> None:
        """A task is in a state from now on."""
        spec, top = task.task_spec, self.top_workflow
        if state & LIVE:
            self.live += 1
            self.tokens[spec.name] = self.tokens.get(spec.name, 0) + 1
        if state == READY:
            if spec.manual:
                top.open[task.id] = task
            else:
                top.queue.append(task)
        elif state == WAITING and spec.joins:
            sources = self.arrivals.setdefault(spec.name, {})
            waiting = sources.setdefault(task.parent.task_spec.name, [])
            waiting.append(task)
            if len(waiting) > 1:  # one that waits again was there before those that came since
                waiting.sort(key=lambda one: one.id)
            if spec.inclusive:
                top.inclusive.add((self, spec))
        elif state in (WAITING, ARMED):
            top.armed[task.id] = task

    def leave(self, task: Token, state: int) -> None:
        """A task is no longer in a state."""
        spec, top = task.task_spec, self.top_workflow
        if state & LIVE:
            self.live -= 1
            self.tokens[spec.name] -= 1
            if not self.tokens[spec.name]:
                del self.tokens[spec.name]
        if state == READY:
            top.open.pop(task.id, None)
        elif state == WAITING and spec.joins:
            sources = self.arrivals[spec.name]
            source = task.parent.task_spec.name
            sources[source].remove(task)
            if not sources[source]:
                del sources[source]
            if not sources:
                del self.arrivals[spec.name]
                top.inclusive.discard((self, spec))
        elif state in (WAITING, ARMED):
            top.armed.pop(task.id, None)

    def unfinished(self) -> list[Token]:
        """Every token, and every event that is armed."""
        return [task for task in self.tasks.values() if task._state & (LIVE | ARMED)]

    def remove(self, task: Token) -> None:
        """Take a task out of the tree, as if no token had ever come."""
        self.leave(task, task._state)
        task._state = NEW  # should it still be in the queue, it does not run
        self.detours.pop(task.id, None)
        if task.parent is not None:
            task.parent._children.remove(task.id)
        del self.tasks[task.id], self.top_workflow.numbered[task.id]
        task.touch()


class Process(_Indexed, BpmnWorkflow):
    """A running process that nobody called, with the indexes of all that runs inside it."""

    embedded = False

    def __init__(self, spec: Any, called: dict[str, Any], last: int = 0) -> None:
        self.last = last
        #: Every task, wherever it stands, by its number.
        self.numbered: dict[int, Token] = {}
        self.open: dict[int, Token] = {}
        self.armed: dict[int, Token] = {}
        self.queue: deque[Token] = deque()
        self.inclusive: set[tuple[Any, Any]] = set()
        #: What decision tables have said since the process last came to rest.
        self.decided: list[Any] = []
        #: What the codec has written down (blocks of tasks, variables), and what has changed.
        self.blocks: dict[int, bytes] = {}
        self.variables: bytes | None = None
        self.changed: set[int] = set()
        #: The element names the codec has numbered, and how many of them it has written down.
        self.names: dict[str, int] = {}
        self.named = -1
        self.names_written = b""
        super().__init__(spec, called, script_engine=_NO_SCRIPTS, deserializing=True)
        self.prepare(None)

    def touch(self) -> None:
        self.variables = None

    def open_process(self, caller: Token, name: str) -> "Inner":
        """A process inside an activity: embedded (it shares the scope) or called."""
        inner = Inner(self.subprocess_specs[name], caller)
        self.subprocesses[caller.id] = inner
        return inner

    def find(self, number: int) -> Token | None:
        """A task by its number, wherever it stands."""
        return self.numbered.get(number)

    def processes(self) -> Iterator[Any]:
        """This process and every one inside it, the oldest first."""
        yield self
        yield from [self.subprocesses[caller] for caller in sorted(self.subprocesses)]


class Inner(_Indexed, BpmnSubWorkflow):
    """A sub-process or a called process, inside the activity that is its caller."""

    caller: Token

    def __init__(self, spec: Any, caller: Token) -> None:
        self.caller = caller
        self.embedded = caller.task_spec.embeds
        super().__init__(spec, caller.id, caller.workflow.top_workflow, deserializing=True)
        self.prepare(caller)

    def touch(self) -> None:
        self.caller.touch()

    def _calculate_depth(self) -> int:
        depth: int = self.caller.workflow.depth + 1
        return depth
