"""Scores (得分): what the figures of a period come to by a scheme; every point with its cause.

A part of the scheme that nothing is known of is left out, as the scheme says.  A card that was
revoked, or does not count, takes nothing away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.models import Card, Rating
from workflows.models.rating import BAD
from workflows.queries.statistics.asked import Asked, By, Grain
from workflows.queries.statistics.counting import Figures, Table, count
from workflows.queries.statistics.sources import within
from workflows.queries.statistics.worked import Calendars
from workflows.schemes import Bonus, Deduction, Scheme, ScoredPart
from workflows.states import CardState, RatingState


@dataclass(frozen=True)
class Heard:
    """What was found and heard of a department: its cards by family and level, its ratings."""

    cards: Mapping[tuple[str | None, str], int] | None = None
    ratings: int = 0
    bad: int = 0


@dataclass(frozen=True)
class Line:
    """Points that were taken away or added, and for what: so many of so many."""

    cause: Deduction | Bonus
    points: float
    n: float | None

    @property
    def of_cards(self) -> bool:
        return isinstance(self.cause, Deduction) and self.cause.of == "card"


@dataclass(frozen=True)
class PartScore:
    """A part of a score: None while nothing is known of it."""

    part: ScoredPart
    points: float | None
    lines: tuple[Line, ...] = ()


@dataclass
class Score:
    """The score of a department or a post; ``rank`` is None where too little was finished."""

    key: str
    finished: int
    parts: tuple[PartScore, ...]
    bonuses: tuple[Line, ...]
    total: float | None
    rank: int | None = field(default=None)


def scores(session: Session, asked: Asked, scheme: Scheme, calendars: Calendars) -> list[Score]:
    """The scores of a period by department or by post, the best first."""
    assert asked.grain is Grain.ITEMS and asked.by in (By.DEPARTMENT, By.POST), "who is scored"
    table = count(session, asked, calendars)
    heard = _heard(session, asked, scheme) if asked.by is By.DEPARTMENT else {}
    found = [
        _score(key, figures, heard.get(key, _silence(session, asked)), scheme)
        for key, figures in _everyone(table, heard).items()
    ]
    found.sort(key=lambda one: (-(one.total if one.total is not None else -1.0), one.key))
    ranked = [one for one in found if one.finished >= scheme.least and one.total is not None]
    for one in ranked:
        one.rank = 1 + sum((other.total or 0) > (one.total or 0) for other in ranked)
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def _everyone(table: Table, heard: Mapping[str, Heard]) -> dict[str, Figures]:
    """Who finished something, or was found at fault; what is nobody's is not scored."""
    worked = {key for key, figures in table.rows.items() if figures.counts["finished"]}
    keys = {*worked, *heard} - {"-"}
    return {key: table.rows.get(key, Figures()) for key in keys}


def _silence(session: Session, asked: Asked) -> Heard:
    """No card and no rating: of a department, that is a finding; of a post, nothing is known."""
    return Heard({} if asked.by is By.DEPARTMENT else None)


def _score(key: str, figures: Figures, heard: Heard, scheme: Scheme) -> Score:
    parts = tuple(_part(part, figures, heard) for part in scheme.parts)
    known = [one for one in parts if one.points is not None]
    weight = sum(one.part.weight for one in known)
    bonuses = tuple(
        Line(bonus, earned, figures.value(bonus.what))
        for bonus in scheme.bonuses
        if (earned := bonus.earned(figures.value(bonus.what)))
    )
    total = None
    if weight:
        whole = 100 * sum(one.points or 0 for one in known) / weight
        total = round(whole + sum(line.points for line in bonuses), 2)
    return Score(key, figures.counts["finished"], parts, bonuses, total)


def _part(part: ScoredPart, figures: Figures, heard: Heard) -> PartScore:
    measured = [_taken(one, figures, heard) for one in part.deductions]
    lines = tuple(line for line in measured if line is not None)
    if not _known(part, lines):
        return PartScore(part, None)
    points = max(0.0, part.weight - sum(line.points for line in lines))
    return PartScore(part, round(points, 2), lines)


def _known(part: ScoredPart, lines: Sequence[Line]) -> bool:
    """Whether a part is measured: that no card was found says nothing where something else would.

    A part that only cards take from is full without one; of the others something must be known.
    """
    only_cards = all(one.of == "card" for one in part.deductions)
    return any(only_cards or line.n or not line.of_cards for line in lines)


def _taken(one: Deduction, figures: Figures, heard: Heard) -> Line | None:
    """What a deduction takes away; None where nothing is known of it."""
    if one.of == "share":
        share = figures.value(one.what)
        return None if share is None else Line(one, round(one.points * share, 2), share)
    if one.of == "rating":
        if not heard.ratings:
            return None
        share = heard.bad / heard.ratings
        return Line(one, round(one.points * share, 2), share)
    if heard.cards is None:
        return None
    n = sum(heard.cards.get((family, one.level), 0) for family in one.families)
    return Line(one, n * one.points, n)


# -- cards and ratings ---------------------------------------------------------------------------


def _heard(session: Session, asked: Asked, scheme: Scheme) -> dict[str, Heard]:
    """What is known of each department in the period."""
    cards, ratings = _cards(session, asked, scheme), _ratings(session, asked)
    nothing: Counter[tuple[str | None, str]] = Counter()
    return {
        key: Heard(cards.get(key, nothing), *ratings.get(key, (0, 0)))
        for key in {*cards, *ratings}
    }  # fmt: skip


def _cards(
    session: Session, asked: Asked, scheme: Scheme
) -> dict[str, Counter[tuple[str | None, str]]]:
    """The cards that count, by department, family and level."""
    columns = (Card.department_code, Card.rule, Card.level)
    query = select(*columns, func.count()).where(
        within(asked, Card.raised_at), Card.scored, Card.state != CardState.REVOKED,
        Card.department_code.is_not(None),
    )  # fmt: skip
    found: dict[str, Counter[tuple[str | None, str]]] = {}
    for department, rule, level, n in session.execute(query.group_by(*columns)):
        found.setdefault(str(department), Counter())[scheme.family(rule), level.value] += n
    return found


def _ratings(session: Session, asked: Asked) -> dict[str, Sequence[int]]:
    """How often each department was rated, and how often badly; what was excluded is not."""
    bad = func.count().filter(Rating.level <= BAD)
    query = select(Rating.department_code, func.count(), bad).where(
        within(asked, Rating.given_at), Rating.state != RatingState.EXCLUDED,
        Rating.department_code.is_not(None),
    )  # fmt: skip
    grouped = session.execute(query.group_by(Rating.department_code))
    return {str(department): (n, badly) for department, n, badly in grouped}
