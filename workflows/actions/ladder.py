"""The rungs of a clock: what happens when, from the first warning to the last escalation.

Who is told when is data: the table that was decided on for the region and the theme when the
clock began (`workflows.ladders`), or else the default with what the catalogue of the theme says
of warnings and of the escalation of an item.  What follows by law when a time is over stands
here and cannot be edited: the notice clock ends in deemed acceptance (行政许可法 §32(4)), the
applicant's time to supplement in the end of the case, a timer in what the diagram says.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from functools import cache

from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.clock import office_day, office_moment
from workflows.deadlines import Ledger, Light, Limit, due
from workflows.ladders import DEFAULT, LadderTable, Row, When
from workflows.models import Deadline
from workflows.models.deadline import Basis, Clock

#: A limit lasts through 23:59:59; it is over with the next second.
INSTANT = timedelta(seconds=1)


@dataclass(frozen=True)
class Rung:
    """One rung: from this instant the action is due; whom it tells, as the table names them."""

    at: datetime
    action: str
    light: Light
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByLaw:
    """What follows when a time is over, whatever the table says."""

    action: str
    light: Light
    to: tuple[str, ...] = ()


BY_LAW: dict[tuple[Clock, Basis], ByLaw] = {
    (Clock.NOTICE, Basis.STATUTORY): ByLaw("deem_accepted", Light.RED, ("supervisor",)),
    (Clock.SUPPLEMENT, Basis.PROMISED): ByLaw("expire_supplement", Light.BLUE, ("window",)),
    (Clock.STEP, Basis.PROMISED): ByLaw("fire_timer", Light.YELLOW),
    (Clock.MEETING, Basis.PROMISED): ByLaw("expire_attendance", Light.YELLOW),
}
#: Where silence counts as consent by a rule of the place, the end of the time is the answer.
SILENCE = ByLaw("expire_consultation", Light.YELLOW)
#: Where a rule of the place says what becomes of a promise that was not kept (容缺逾期).
BROKEN_PROMISE = ByLaw("expire_deferral", Light.RED, ("window_lead",))


def next_rung(
    deadline: Deadline, catalogue: Catalogue, calendar: WorkCalendar,
    table: LadderTable | None = None,
) -> Rung | None:  # fmt: skip
    """The next rung to climb; None while nothing is due, or when the ladder is at its end."""
    rungs = ladder(deadline, catalogue, calendar, table)
    return rungs[deadline.rung] if deadline.rung < len(rungs) else None


def judged(deadline: Deadline, catalogue: Catalogue, table: LadderTable | None = None) -> bool:
    """Whether its time was found to be over: that rung, or one above it, was climbed."""
    rows = rows_of(_subject(deadline), catalogue, table)
    return deadline.rung > sum(row.when is When.BEFORE for row in rows)


def ladder(
    deadline: Deadline, catalogue: Catalogue, calendar: WorkCalendar,
    table: LadderTable | None = None,
) -> list[Rung]:  # fmt: skip
    """Every rung of a clock, in order; none while an open pause keeps it from being due."""
    if deadline.due_at is None or deadline.yellow_at is None:
        return []
    law = _by_law(deadline, catalogue)
    over = deadline.due_at + INSTANT
    before: list[Rung] = []
    after = [Rung(over, law.action, law.light, law.to)] if law else []
    for row in rows_of(_subject(deadline), catalogue, table):
        if row.when is When.BEFORE:
            at = _before(deadline.due_at, deadline.yellow_at, row, not before, calendar)
            before.append(Rung(at, "warn", row.light, row.to))
        elif law is None:
            after_due = row.after or working(row.days)
            at = later(deadline.due_at, after_due, calendar) + INSTANT
            after.append(Rung(at, "escalate", row.light, row.to))
    return before + after


def warning(
    deadline: Deadline, catalogue: Catalogue, table: LadderTable | None
) -> tuple[int, Fraction, int]:
    """When the light of a clock turns yellow: working days, a part of the limit, hours before."""
    rule = catalogue.rules.warn
    usual = (rule.before_days, _ratio(str(rule.ratio)), rule.before_hours)
    rows = table.of(_subject(deadline)) if table else ()
    first = next((row for row in rows if row.when is When.BEFORE), None)
    return _early(first, usual) if first else usual


def rows_of(subject: str, catalogue: Catalogue, table: LadderTable | None) -> tuple[Row, ...]:
    """The rows of a kind of clock: as decided, or the default with the catalogue's own."""
    if table is not None:
        return table.of(subject)
    rows = DEFAULT.of(subject)
    if subject != "item.promised":
        return rows
    own = (
        Row(subject, When.OVER, Light(rule.light), (rule.to,), rule.after.days, after=rule.after)
        for rule in catalogue.rules.escalation
    )
    return (*(row for row in rows if row.when is When.BEFORE), *own)


def _subject(deadline: Deadline) -> str:
    return f"{deadline.clock.value}.{deadline.basis.value}"


def _by_law(deadline: Deadline, catalogue: Catalogue) -> ByLaw | None:
    if deadline.clock is Clock.CONSULTATION and catalogue.rules.silence == "agrees":
        return SILENCE
    if deadline.clock is Clock.DEFERRAL and catalogue.rules.on_deferral_expiry != "open":
        return BROKEN_PROMISE
    return BY_LAW.get((deadline.clock, deadline.basis))


def _early(row: Row, usual: tuple[int, Fraction, int]) -> tuple[int, Fraction, int]:
    """As a row says it; without a part of the limit, only its end counts."""
    ratio = Fraction(row.percent, 100) if row.percent else Fraction(1)
    return row.days, ratio, usual[2] if row.hours is None else row.hours


@cache
def _ratio(written: str) -> Fraction:
    """A part of a limit, exactly as it is written."""
    return Fraction(written)


def _before(
    due_at: datetime, yellow_at: datetime, row: Row, first: bool, calendar: WorkCalendar
) -> datetime:
    """The first warning comes when the light turns; another one so many working days before."""
    if first:
        return yellow_at
    last = calendar.ordinal(office_day(due_at))
    day = calendar.workday_at(max(0, last - row.days))
    return min(due_at, max(yellow_at, office_moment(day, time.min)))


@cache
def working(days: int) -> Limit:
    """So many working days."""
    return Limit.parse(f"{days}wd")


def later(due_at: datetime, after: Limit, calendar: WorkCalendar) -> datetime:
    """So long after something was due."""
    if after.amount == 0:
        return due_at
    ends = due(Ledger(due_at, after), calendar).at
    assert ends is not None, "without a pause every limit ends"
    return ends
