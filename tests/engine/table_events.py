"""A minimal diagram for every event definition in every position: the table of events."""

from itertools import product

from tests.engine.drawing import DECLARED, boundary, event, message, process, sub, thrown, timer
from tests.engine.table_elements import GOOD, Drawn, plain

TRIGGERS = {
    "none": "",
    "message": message(),
    "timer timeDuration": timer("5wd"),
    "timer timeDate": timer("2026-03-02T09:00").replace("timeDuration", "timeDate"),
    "timer timeCycle": timer("R3/PT1H").replace("timeDuration", "timeCycle"),
    "error": thrown("error", "err"),
    "escalation": thrown("escalation", "esc"),
    "cancel": "<cancelEventDefinition/>",
    "compensation": "<compensateEventDefinition/>",
    "conditional": "<conditionalEventDefinition><condition>n</condition>"
    "</conditionalEventDefinition>",
    "link": '<linkEventDefinition name="l"/>',
    "signal": '<signalEventDefinition signalRef="m"/>',
    "terminate": "<terminateEventDefinition/>",
    "multiple": timer("5wd") + message(),
    "parallelMultiple": timer("5wd") + message(),
    "eventDefinitionRef": "<eventDefinitionRef>m</eventDefinitionRef>",
}
CAUGHT = (TRIGGERS["error"], TRIGGERS["escalation"])


def drawn(*arrows: str, **elements: str) -> Drawn:
    """A process with these elements, and messages, errors and escalations to speak of."""
    return Drawn(process("p", arrows, elements={"good": GOOD, **elements}, declared=DECLARED))


def start(trigger: str) -> Drawn:
    """The start event of a process."""
    return drawn("it a good", it=event("startEvent", "it", trigger))


def inner_start(trigger: str) -> Drawn:
    """The start event of a sub-process."""
    inside = {"it": event("startEvent", "it", trigger)}
    return drawn("s b good", b=sub("b", ["it a e1"], elements=inside))


def event_sub(trigger: str, interrupting: str) -> Drawn:
    """An event sub-process: refused as a whole, so that ``it`` is the sub-process."""
    started = f'<startEvent id="s1" isInterrupting="{interrupting}">{trigger}</startEvent>'
    inside = sub("it", ["s1 b e1"], elements={"s1": started})
    inside = inside.replace("<subProcess", '<subProcess triggeredByEvent="true"')
    return drawn("s a good").changed("</process>", inside + "</process>")


def catch(trigger: str) -> Drawn:
    """An event on the way that waits."""
    return plain(event("intermediateCatchEvent", "it", trigger))


def border(trigger: str, interrupting: bool) -> Drawn:
    """The border of a sub-process, which throws what is to be caught."""
    inside = sub("b", ["s1 c e1"])
    if trigger == TRIGGERS["error"]:
        ends = {"th": event("endEvent", "th", trigger)}
        inside = sub("b", ["s1 x1 th", "x1 c e1"], {"x1 c": "n > 1"}, ends)
    elif trigger == TRIGGERS["escalation"]:
        throws = {"th": event("intermediateThrowEvent", "th", trigger)}
        inside = sub("b", ["s1 th c e1"], elements=throws)
    arrows = ("s b e", "it z good") if interrupting else ("s b +1 good", "it z +1")
    found = drawn(*arrows, b=inside, it=boundary("it", "b", trigger, interrupting))
    return Drawn(found.source, events_first=True)


def throw(trigger: str) -> Drawn:
    """An event on the way that throws; what it throws is caught around it."""
    inside = {"it": event("intermediateThrowEvent", "it", trigger)}
    return _caught(trigger, sub("b", ["s1 a it e1"], elements=inside))


def end(trigger: str) -> Drawn:
    """The end event of a process, or of a sub-process around which is caught what it throws."""
    if trigger not in CAUGHT:
        return drawn("s a it", it=event("endEvent", "it", trigger))
    return _caught(
        trigger, sub("b", ["s1 a it"], elements={"it": event("endEvent", "it", trigger)})
    )


def _caught(trigger: str, inside: str) -> Drawn:
    if trigger not in CAUGHT:
        return drawn("s b good", b=inside)
    return drawn("s b e", "c z good", b=inside, c=boundary("c", "b", trigger))


POSITIONS = {
    "start": start,
    "subProcess start": inner_start,
    "event subProcess": lambda trigger: event_sub(trigger, "true"),
    "event subProcess, non-interrupting": lambda trigger: event_sub(trigger, "false"),
    "catch": catch,
    "boundary": lambda trigger: border(trigger, True),
    "boundary, non-interrupting": lambda trigger: border(trigger, False),
    "throw": throw,
    "end": end,
}


def cell(trigger: str, position: str) -> Drawn:
    """The diagram for one cell of the table."""
    found = POSITIONS[position](TRIGGERS[trigger])
    if trigger == "parallelMultiple":
        return found.changed('id="it"', 'id="it" parallelMultiple="true"')
    return found


CELLS = {place: cell(*place) for place in product(TRIGGERS, POSITIONS)}
