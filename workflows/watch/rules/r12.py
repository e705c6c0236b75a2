"""R12: a material was demanded that the guide does not list (行政许可法 §31; 浙江规定 §43(3)).

The house lets a notice name only materials of the case; the rule holds every notice against the
catalogue that the case was received under.
"""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every notice that asks for more than the guide."""
    for event in look.events(look.rows("return_for_supplement")):
        listed = {one.code for one in look.catalogue(event.version_id).materials}
        more = sorted(set(event.details.get("faults", {})) - listed)
        if more:
            yield look.found(
                f"{event.subject}//{event.sequence}", event.at, case=event.subject,
                person=event.actor, evidence=(event.proof,), facts={"materials": more},
            )  # fmt: skip


RULE = Rule(
    "R12", Family.COURSE, Level.RED, N_("索要办事指南以外的材料"),
    "行政许可法31；浙江省保障“最多跑一次”改革规定43(3)", find,
)  # fmt: skip
