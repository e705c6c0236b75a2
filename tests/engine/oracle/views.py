"""What is open, named so that engine and oracle can be compared: (key, number)."""

from typing import Any

from tests.engine.oracle.pieces import Arm, Work


def first(pair: tuple[Any, int]) -> Any:
    return pair[0]


def second(pair: tuple[Any, int]) -> int:
    return pair[1]


def item(work: Work | None) -> str | None:
    """The code of the nearest call around."""
    while work is not None:
        if work.token.node.item:
            return work.token.node.item
        work = work.token.process.work
    return None


def place(work: Work | None) -> int | None:
    """Which of many it is, or stands in: the nearest around."""
    while work is not None:
        if work.index is not None:
            return work.index
        work = work.token.process.work
    return None


def task(found: Any) -> tuple[Any, int]:
    return (found.element, found.instance, found.item), found.number


def timer(found: Any) -> tuple[Any, int]:
    return (found.element, found.limit, found.attached is not None, found.item), found.number


def message(arm: Arm) -> tuple[Any, int]:
    return (arm.node.id, arm.node.word), arm.number


def waiting(found: Any) -> tuple[Any, int]:
    return (found.element, found.message), found.number


def work(found: Work) -> tuple[Any, int]:
    return (found.token.node.id, place(found), item(found.token.process.work)), found.number


def alarm(arm: Arm) -> tuple[Any, int]:
    attached = arm.node.kind == "boundaryEvent"
    return (arm.node.id, arm.limit, attached, item(arm.token.process.work)), arm.number
