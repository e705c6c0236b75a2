"""What gateways, multi-instance activities and throws go by, each rule by itself."""

from collections.abc import Iterator
from typing import Any

from tests.engine.oracle.diagram import Diagram, Flow, Many, Node
from tests.engine.oracle.pieces import Process, Token, Work
from tests.engine.oracle.words import Refused, Scope, evaluate

COUNTS = range(0, 1001)


def chosen(process: Process, node: Node) -> list[Flow]:
    """The flows a split takes: one, or in an inclusive one all whose condition is true."""
    if node.kind == "parallelGateway" or len(node.outgoing) == 1:
        return node.outgoing
    found = []
    for flow in node.outgoing:
        if flow.id != node.default and evaluate(flow.condition, process.scope):
            found.append(flow)
            if node.kind == "exclusiveGateway":
                break
    return found or [flow for flow in node.outgoing if flow.id == node.default]


def at(process: Process, node: Node) -> dict[str, Token]:
    """The oldest token on each flow that leads into a join."""
    found: dict[str, Token] = {}
    for token in process.tokens:
        if token.node is node and token.rests and token.flow:
            found.setdefault(token.flow.id, token)
    return found


def nothing_comes(process: Process, join: Node, arrived: dict[str, Token]) -> bool:
    """Whether no token elsewhere is still to be waited for (BPMN 2.0.2 §13.4.2)."""
    for token in process.tokens:
        if token.node is not join:
            reached = flows_reached(process.diagram, token.node, join)
            if reached - arrived.keys() and not reached & arrived.keys():
                return False
    return True


def flows_reached(diagram: Diagram, first: Node, join: Node) -> set[str]:
    """The flows into the join that a path from an element ends with."""
    seen: list[Node] = []
    todo = [first]
    found = set()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.append(node)
        todo += node.border
        for flow in node.outgoing:
            if flow.target == join.id:
                found.add(flow.id)
            else:
                todo.append(diagram.nodes[flow.target])
    return found


def waiting_joins(processes: list[Process]) -> Iterator[tuple[Process, Node, dict[str, Token]]]:
    """The inclusive joins with tokens, in the order in which they may fire."""
    for process in processes:
        for _, node in sorted(process.diagram.nodes.items()):
            arrived = at(process, node)
            if node.kind == "inclusiveGateway" and arrived:
                yield process, node, arrived


def scope_of(token: Token, index: int | None) -> Scope:
    """The scope a work is done in: the one around, or one of its own for one of many."""
    around, many = token.process.scope, token.node.many
    if index is None or many is None:
        return around
    found = Scope(around, {"loopCounter": index})
    if many.collection and many.item:
        found.values[many.item] = token.items[index - 1]
    return found


def instances(many: Many, scope: Scope) -> list[Any]:
    """What the instances are about: the members of the collection, or nothing, so often."""
    value = scope[many.collection] if many.collection else evaluate(many.count, scope)
    if many.collection and isinstance(value, list) and len(value) in COUNTS:
        return list(value)
    if not many.collection and type(value) is int and value in COUNTS:
        return [None] * value
    raise Refused(f"{value!r} times")


def enough(work: Work, many: Many) -> bool:
    """Whether the completion condition ends a multi-instance activity after this work."""
    if not many.until:
        return False
    works = work.token.works
    done = sum(1 for other in works if other.done)
    counts = {
        "numberOfInstances": len(work.token.items),
        "numberOfActiveInstances": len(works) - done,
        "numberOfCompletedInstances": done,
        "numberOfTerminatedInstances": 0,
    }
    return bool(evaluate(many.until, Scope(work.scope.outer, {**work.scope.values, **counts})))


def caught(token: Token) -> tuple[Token, Node] | None:
    """The activity around that catches what the element throws, and the event it does it with."""
    thrown = token.node
    work = token.process.work
    while work is not None:
        border = [event for event in work.token.node.border if event.event == thrown.event]
        exact = [event for event in border if event.word == thrown.word]
        anything = [event for event in border if event.word == ""]
        for event in [*exact, *anything]:
            return work.token, event
        work = work.token.process.work
    return None


def catcher(found: tuple[Token, Node] | None) -> str:
    """What caught an error or an escalation, for the count of what the runs met."""
    if found is None:
        return ""
    return f"caught by {found[0].node.kind}" + (" of many" if found[0].node.many else "")
