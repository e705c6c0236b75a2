"""R16: an opinion that says nothing: empty, or no more than a word of consent.

Fields of forms need no rule of their own: a form whose required fields are empty is not taken.
"""

from collections.abc import Iterator

from sqlalchemy import func

from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look, said
from workflows.watch.rule import Family, Parameter, Rule


def find(look: Look) -> Iterator[Found]:
    """Every opinion and decision with fewer characters than say something."""
    written = func.trim(func.coalesce(said("opinion"), ""))
    acts = look.rows("give_opinion", "decide", "confirm_refusal")
    for event in look.events(acts.where(func.length(written) < look.figures["characters"])):
        yield look.found(
            f"{event.subject}/{event.item or ''}/{event.sequence}", event.at,
            case=event.subject, item=event.item, department=event.department, person=event.actor,
            evidence=(event.proof,), facts={"opinion": event.details.get("opinion", "")},
        )  # fmt: skip


CHARACTERS = Parameter(
    "characters", N_("意见最少字数"), 5, N_("字"), N_("缺省值，须当地核定"), 1, 200
)  # fmt: skip
RULE = Rule(
    "R16", Family.CONTENT, Level.YELLOW, N_("审查意见空白或者敷衍"), "", find, (CHARACTERS,)
)  # fmt: skip
