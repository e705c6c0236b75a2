"""W01: the light of an item, or of a whole case, turned yellow; who works on it was reminded."""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look, said
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """The warnings that were given about limits of items and of cases."""
    query = look.rows("warn").where(said("clock").in_(("item", "case")))
    for event in look.events(query):
        lead = look.catalogue(event.version_id).theme.lead
        yield look.found(
            f"{event.subject}/{event.item or ''}/{event.sequence}", event.at,
            case=event.subject, item=event.item, department=event.department or lead,
            evidence=(event.proof,), facts={"due": event.details.get("due")},
        )  # fmt: skip


RULE = Rule("W01", Family.LIMITS, Level.NOTICE, N_("承诺时限将到（黄灯）"), "", find)
