"""W02: a small limit within the work was exceeded, while the limit of the item was not.

A department signed late for what was distributed, or answered another's question late; the item
itself was, or can still be, in time.
"""

from collections.abc import Iterator

from sqlalchemy import select

from workflows.clock import passed
from workflows.errors import N_
from workflows.models import Consultation, Deadline
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.late import Late, late, matters
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule

SMALL = (Clock.SIGN_FOR, Clock.CONSULTATION)


def find(look: Look) -> Iterator[Found]:
    """Signed for, or answered, too late."""
    yield from matters(look, (_of_asked(look, one) for one in late(look, SMALL, Basis.PROMISED)
                              if not _late_itself(look, one)))  # fmt: skip


def _late_itself(look: Look, one: Late) -> bool:
    """Whether the item was late already when the step was done, or is now: R01 says so."""
    query = select(Deadline.due_at).where(
        Deadline.item_id == one.item_id, Deadline.clock == Clock.ITEM,
        Deadline.basis == Basis.PROMISED, Deadline.due_at.is_not(None),
    )  # fmt: skip
    done = one.closed_at or look.now
    return any(passed(done, due) for due in look.session.scalars(query))


def _of_asked(look: Look, one: Late) -> Late:
    """Who was asked answers for the answer, not who asked."""
    if one.clock is not Clock.CONSULTATION:
        return one
    query = select(Consultation.department_code).where(Consultation.deadline_id == one.deadline)
    return one._replace(department=look.session.scalar(query) or one.department)


RULE = Rule("W02", Family.LIMITS, Level.YELLOW, N_("环节超时、总时限未超"), "", find)
