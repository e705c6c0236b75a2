"""R14: a matter went from hand to hand (推诿): it was handed on more often than is plausible.

The house hands a task on (转办) within a department only, and only to who accepts it; who hands
it on answers for it until then (首问责任).  What counts is how often that happened to an item.
"""

from collections import Counter
from collections.abc import Iterator

from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Parameter, Rule


def find(look: Look) -> Iterator[Found]:
    """Every item whose tasks went round; one matter an item, from the first time too many."""
    handed = "accept_forward"
    touched = {event.subject for event in look.events(look.rows(handed))}
    for events in look.whole(touched, handed).values():
        times = Counter(event.item for event in events)
        for item, many in times.items():
            if many > look.figures["most"]:
                mine = [event for event in events if event.item == item]
                last = mine[int(look.figures["most"])]
                yield look.found(
                    f"{last.subject}/{item}", last.at, case=last.subject, item=item,
                    department=last.department, evidence=tuple(event.proof for event in mine),
                    facts={"times": many},
                )  # fmt: skip


MOST = Parameter("most", N_("最多转办次数"), 2, N_("次"), N_("缺省值，须当地核定"), 1, 20)
RULE = Rule(
    "R14", Family.COURSE, Level.YELLOW, N_("多次转办（推诿）"), "首问责任制", find, (MOST,)
)  # fmt: skip
