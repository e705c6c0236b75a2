"""What the rules of the watch have found, as the cards say: by rule, and one rule's, a page."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.models import Card

PAGE = 20


def lately(session: Session, since: datetime) -> dict[str, int]:
    """How many cards were raised since then, by rule."""
    query = select(Card.rule, func.count()).where(Card.raised_at >= since, Card.rule.is_not(None))
    return {rule: n for rule, n in session.execute(query.group_by(Card.rule)) if rule}


def of_rule(session: Session, rule: str, page: int) -> tuple[list[Card], int]:
    """A page of what a rule has found, the latest first, and how many there are."""
    total = session.scalar(select(func.count()).select_from(Card).where(Card.rule == rule)) or 0
    query = select(Card).where(Card.rule == rule).order_by(Card.happened_at.desc(), Card.id.desc())
    return list(session.scalars(query.offset((page - 1) * PAGE).limit(PAGE))), total
