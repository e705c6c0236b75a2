"""Cards of the watch (监察卡): lists that are narrowed, what waits for whom, those of a case.

What waits is found by index, however many cards are closed; a list of all is counted up to a
thousand.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from workflows.calendar import ONE_DAY
from workflows.clock import office_moment
from workflows.models import Card, Case, Department, Person, Post
from workflows.models.card import number_of
from workflows.models.organisation import post_members
from workflows.states import CardState, Level

#: A list that only grows is counted and shown up to here.
MOST = 1000
PAGE = 20
#: What is not over: the department answers, or a supervisor decides.
GOING = (CardState.OPEN, CardState.ANSWERED, CardState.APPEALED)


@dataclass(frozen=True)
class Whose:
    """Whose cards somebody sees: all of them, or of departments, or those of the window."""

    everything: bool
    departments: frozenset[str] = frozenset()
    window: bool = False

    def sees(self) -> ColumnElement[bool]:
        """The condition that goes with it."""
        return true() if self.everything else self.answers()

    def answers(self) -> ColumnElement[bool]:
        """What of it this person answers for."""
        of_departments = Card.department_code.in_(sorted(self.departments))
        of_window = Card.department_code.is_(None) if self.window else false()
        return or_(of_departments, of_window)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; "" is everything."""

    state: str = ""
    level: str = ""
    department: str = ""
    #: Of these rules; "hand" is what a supervisor issued.
    rules: tuple[str, ...] = ()
    theme: str = ""
    mine: bool = False
    late: bool = False
    #: Only what counts in the score of its department.
    scored: bool = False
    #: The days on which they were raised, both included.
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class CardRow:
    """A card in a list."""

    card: Card
    case: Case | None
    department: Department | None


def listed(
    session: Session, whose: Whose, wanted: Wanted, now: datetime, page: int = 1
) -> tuple[list[CardRow], int]:
    """A page of cards, the latest first, and how many there are."""
    which = and_(*_narrowed(whose, wanted, now))
    some = select(Card.id).where(which).limit(MOST).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    latest = select(Card).where(which).order_by(Card.id.desc())
    query = _joined(latest).offset((page - 1) * PAGE).limit(PAGE)
    return [CardRow(*row) for row in session.execute(query)], total


def _narrowed(whose: Whose, wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found = [whose.answers() if wanted.mine else whose.sees()]
    if wanted.state == "going":
        found.append(Card.state.in_(GOING))
    elif wanted.state:
        found.append(Card.state == CardState(wanted.state))
    if wanted.late:
        found += [Card.state == CardState.OPEN, Card.reply_due < now]
    if wanted.level:
        found.append(Card.level == Level(wanted.level))
    if wanted.department:
        found.append(Card.department_code == wanted.department)
    return [*found, *_of_matters(wanted)]


def _of_matters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """By what they are about, and when they were raised."""
    found: list[ColumnElement[bool]] = []
    if wanted.rules:
        by_hand = Card.rule.is_(None) if "hand" in wanted.rules else false()
        found.append(or_(Card.rule.in_(wanted.rules), by_hand))
    if wanted.theme:
        found.append(Card.theme == wanted.theme)
    if wanted.scored:
        found += [Card.scored.is_(True), Card.state != CardState.REVOKED]
    if wanted.first:
        found.append(Card.raised_at >= office_moment(wanted.first, time.min))
    if wanted.last:
        found.append(Card.raised_at < office_moment(wanted.last + ONE_DAY, time.min))
    return found


def _joined(query: Select[Card]) -> Select[Card, Case | None, Department | None]:
    found = query.add_columns(Case, Department)
    found = found.outerjoin(Case, Case.id == Card.case_id)
    return found.outerjoin(Department, Department.code == Card.department_code)


def waiting(session: Session, whose: Whose, now: datetime) -> dict[str, int]:
    """How many are to be answered, late with it, to be looked at, and appealed against."""
    counts = select(Card.state, func.count()).where(Card.state.in_(GOING), whose.sees())
    by_state = {state: n for state, n in session.execute(counts.group_by(Card.state))}
    late = select(func.count()).select_from(Card)
    late = late.where(Card.state == CardState.OPEN, Card.reply_due < now, whose.sees())
    return {
        "open": by_state.get(CardState.OPEN, 0),
        "late": session.scalar(late) or 0,
        "answered": by_state.get(CardState.ANSWERED, 0),
        "appealed": by_state.get(CardState.APPEALED, 0),
    }


def to_do(
    session: Session, which: ColumnElement[bool], states: Collection[CardState], most: int = 5
) -> tuple[list[CardRow], int]:
    """The cards that wait for somebody, the soonest due first, and how many there are."""
    mine = and_(Card.state.in_(states), which)
    total = session.scalar(select(func.count()).select_from(Card).where(mine)) or 0
    if not total:
        return [], 0
    soonest = select(Card).where(mine).order_by(Card.reply_due, Card.id).limit(most)
    return [CardRow(*row) for row in session.execute(_joined(soonest))], total


def find_card(session: Session, code: str) -> CardRow | None:
    """A card by its address."""
    found = session.execute(_joined(select(Card).where(Card.number == number_of(code)))).first()
    return CardRow(*found) if found else None


def of_case(session: Session, case_id: int, most: int = 20) -> list[Card]:
    """The latest cards about a case."""
    query = select(Card).where(Card.case_id == case_id).order_by(Card.id.desc()).limit(most)
    return list(session.scalars(query))


def departments_of(session: Session, person_id: int) -> frozenset[str]:
    """The departments in which somebody is on a post, as A角, B角 or member."""
    member_of = select(post_members.c.post_id).where(post_members.c.person_id == person_id)
    mine = or_(Post.holder_id == person_id, Post.deputy_id == person_id, Post.id.in_(member_of))
    return frozenset(session.scalars(select(Post.department_code).where(mine)))


def people_of(session: Session, department: str, duties: Collection[str]) -> list[tuple[str, str]]:
    """(duty, name) of who holds these posts of a department."""
    query = (
        select(Post.duty, Person.name)
        .join(Person, Person.id == Post.holder_id)
        .where(Post.department_code == department, Post.duty.in_(duties))
    )
    return [(duty, name) for duty, name in session.execute(query)]
