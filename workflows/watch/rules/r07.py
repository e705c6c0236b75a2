"""R07: an applicant was told a second time what is missing (行政许可法 §32(4), §72(4)).

Everything is told at once.  The house refuses a second notice; the rule watches that none is in
the history all the same.
"""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every notice after the first."""
    notice = "return_for_supplement"
    touched = {event.subject for event in look.events(look.rows(notice))}
    for first, *more in look.whole(touched, notice).values():
        for event in more:
            yield look.found(
                f"{event.subject}//{event.sequence}", event.at, case=event.subject,
                person=event.actor, evidence=(first.proof, event.proof),
                facts={"materials": sorted(event.details.get("faults", {}))},
            )  # fmt: skip


RULE = Rule("R07", Family.COURSE, Level.RED, N_("再次要求补正"), "行政许可法72(4)", find)
