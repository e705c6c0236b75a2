"""R20: whoever gave a bad rating was not spoken with in a working day, or nothing was put right.

上海市优化营商环境条例 §30.  Not spoken with in time is a yellow card, not put right in time a red
one.  A rating that was taken out on appeal counts no more.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, cast, literal, or_, select

from workflows.clock import office_time, passed
from workflows.errors import N_
from workflows.models import Case, CaseItem, FollowUp, FollowUpClock, HistoryEvent, Rating
from workflows.states import RatingState
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule

CLOCK = FollowUpClock
SUBJECT = literal("rating:") + cast(Rating.id, String)


def find(look: Look) -> Iterator[Found]:
    """Every follow-up of a bad rating whose time is over."""
    query = (
        select(CLOCK.id, CLOCK.subject, CLOCK.clock, CLOCK.limit, CLOCK.due_at, CLOCK.closed_at,
               Rating.department_code, Rating.level, Case.number, CaseItem.code)
        .join_from(CLOCK, Rating, SUBJECT == CLOCK.subject)
        .join(Case, Case.id == Rating.case_id)
        .outerjoin(CaseItem, CaseItem.id == Rating.item_id)
        .where(CLOCK.clock.in_((FollowUp.CONTACT, FollowUp.RECTIFY)), *_which(look))
        .where(or_(CLOCK.closed_at.is_(None), CLOCK.closed_at > CLOCK.due_at))
        .where(Rating.state != RatingState.EXCLUDED)
    )  # fmt: skip
    for (
        key,
        subject,
        clock,
        limit,
        due,
        closed,
        department,
        level,
        case,
        item,
    ) in look.session.execute(query).all():
        if passed(closed or look.now, due):
            yield look.found(
                f"{subject}/{key}", due, case=case, item=item, department=department,
                evidence=_evidence(look, subject, clock),
                facts={"clock": clock.value, "limit": limit, "level": level,
                       "due": f"{office_time(due):%Y-%m-%d %H:%M}"},
            )  # fmt: skip


def _which(look: Look) -> list[Any]:
    conditions: list[Any] = [CLOCK.due_at <= look.now]
    if look.cases is not None:
        conditions.append(or_(CLOCK.subject.in_(look.cases), Case.number.in_(look.cases)))
    elif look.since is not None:
        conditions.append(CLOCK.due_at >= look.since)
    return conditions


def _evidence(look: Look, subject: str, clock: FollowUp) -> tuple[tuple[str, int], ...]:
    """What was said, that the time was over, and what was done at last."""
    row = HistoryEvent
    query = select(row.sequence, row.action, row.details).where(row.subject == subject)
    done = {FollowUp.CONTACT: "contact_rater", FollowUp.RECTIFY: "rectify_rating"}[clock]
    return tuple(
        (subject, sequence)
        for sequence, action, details in look.session.execute(query.order_by(row.sequence))
        if action in ("give_rating", "correct_rating", done)
        or (action == "lapse_follow_up" and details.get("clock") == clock.value)
    )


def _not_put_right(found: Found) -> bool:
    return bool(found.facts["clock"] == FollowUp.RECTIFY)


RULE = Rule(
    "R20", Family.RATINGS, Level.YELLOW, N_("差评未按时联系或者整改"),
    "上海市优化营商环境条例30", find, graver=_not_put_right,
)  # fmt: skip
