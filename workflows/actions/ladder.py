"""The rungs of a clock: what happens when, from the first warning to the last escalation.

Yellow goes to those who work on it, red climbs the chain of posts (承办 → 审核 → 批准 → 一把手),
purple is a broken statute and goes to the supervisors at once (行政许可法 §74).  The notice clock
ends in deemed acceptance (§32(4)).  When each rung comes is data of the catalogue.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.deadlines import Ledger, Light, Limit, due
from workflows.models import Deadline
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role

#: A limit lasts through 23:59:59; it is over with the next second.
INSTANT = timedelta(seconds=1)


@dataclass(frozen=True)
class Rung:
    """One rung: from this instant the action is due; whom it tells."""

    at: datetime
    action: str
    light: Light
    duty: str | None = None
    role: Role | None = None


@dataclass(frozen=True)
class Step:
    """A rung without its time: when the light turns yellow, or when the time is over."""

    when: Literal["yellow", "over"]
    action: str
    light: Light
    duty: str | None = None
    role: Role | None = None


Y, R, P = Light.YELLOW, Light.RED, Light.PURPLE
BROKEN = (Step("over", "escalate", P, role=Role.SUPERVISOR),)

#: (clock, basis) → its rungs; the escalation of an overdue item follows from the catalogue.
LADDERS: dict[tuple[Clock, Basis], tuple[Step, ...]] = {
    (Clock.NOTICE, Basis.STATUTORY): (
        Step("yellow", "warn", Y, role=Role.WINDOW),
        Step("over", "deem_accepted", R, role=Role.SUPERVISOR),
    ),
    (Clock.SUPPLEMENT, Basis.PROMISED): (
        Step("over", "expire_supplement", Light.BLUE, role=Role.WINDOW),
    ),
    (Clock.SIGN_FOR, Basis.PROMISED): (Step("over", "escalate", Y, duty="checker"),),
    (Clock.ITEM, Basis.PROMISED): (Step("yellow", "warn", Y, duty="handler"),),
    (Clock.ITEM, Basis.STATUTORY): BROKEN,
    (Clock.CASE, Basis.PROMISED): (
        Step("yellow", "warn", Y, role=Role.WINDOW_LEAD),
        Step("over", "escalate", R, role=Role.SUPERVISOR),
    ),
    (Clock.CASE, Basis.STATUTORY): BROKEN,
    (Clock.DELIVERY, Basis.STATUTORY): (
        Step("yellow", "warn", Y, role=Role.WINDOW),
        Step("over", "escalate", R, role=Role.WINDOW_LEAD),
    ),
    (Clock.CHECK, Basis.PROMISED): (
        Step("yellow", "warn", Y, duty="handler"),
        Step("over", "escalate", R, duty="checker"),
    ),
    (Clock.STEP, Basis.PROMISED): (Step("over", "fire_timer", Y),),
    (Clock.CONSULTATION, Basis.PROMISED): (
        Step("yellow", "warn", Y, duty="handler"),
        Step("over", "escalate", R, duty="checker"),
    ),
    (Clock.DEFERRAL, Basis.PROMISED): (
        Step("yellow", "warn", Y, role=Role.WINDOW),
        Step("over", "escalate", R, role=Role.WINDOW_LEAD),
    ),
    (Clock.MEETING, Basis.PROMISED): (Step("over", "expire_attendance", Y),),
}


#: Where silence counts as consent by a rule of the place, the end of the time is the answer.
SILENCE = (
    Step("yellow", "warn", Y, duty="handler"),
    Step("over", "expire_consultation", Y),
)
#: Where a rule of the place says what becomes of a promise that was not kept (容缺逾期).
BROKEN_PROMISE = (
    Step("yellow", "warn", Y, role=Role.WINDOW),
    Step("over", "expire_deferral", R, role=Role.WINDOW_LEAD),
)


def next_rung(deadline: Deadline, catalogue: Catalogue, calendar: WorkCalendar) -> Rung | None:
    """The next rung to climb; None while nothing is due, or when the ladder is at its end."""
    rungs = ladder(deadline, catalogue, calendar)
    return rungs[deadline.rung] if deadline.rung < len(rungs) else None


def judged(deadline: Deadline, catalogue: Catalogue) -> bool:
    """Whether its time was found to be over: that rung, or one above it, was climbed."""
    warnings = sum(step.when == "yellow" for step in _steps(deadline, catalogue))
    return deadline.rung > warnings


def ladder(deadline: Deadline, catalogue: Catalogue, calendar: WorkCalendar) -> list[Rung]:
    """Every rung of a clock, in order; none while an open pause keeps it from being due."""
    if deadline.due_at is None or deadline.yellow_at is None:
        return []
    at = {"yellow": deadline.yellow_at, "over": deadline.due_at + INSTANT}
    rungs = [
        Rung(at[step.when], step.action, step.light, step.duty, step.role)
        for step in _steps(deadline, catalogue)
    ]
    if (deadline.clock, deadline.basis) == (Clock.ITEM, Basis.PROMISED):
        rungs += _escalation(deadline.due_at, catalogue, calendar)
    return rungs


def _steps(deadline: Deadline, catalogue: Catalogue) -> tuple[Step, ...]:
    if deadline.clock is Clock.CONSULTATION and catalogue.rules.silence == "agrees":
        return SILENCE
    if deadline.clock is Clock.DEFERRAL and catalogue.rules.on_deferral_expiry != "open":
        return BROKEN_PROMISE
    return LADDERS[deadline.clock, deadline.basis]


def _escalation(due_at: datetime, catalogue: Catalogue, calendar: WorkCalendar) -> list[Rung]:
    return [
        Rung(
            _later(due_at, rule.after, calendar) + INSTANT,
            "escalate",
            Light(rule.light),
            duty=rule.to,
        )
        for rule in catalogue.rules.escalation
    ]


def _later(due_at: datetime, after: Limit, calendar: WorkCalendar) -> datetime:
    if after.amount == 0:
        return due_at
    later = due(Ledger(due_at, after), calendar).at
    assert later is not None, "without a pause every limit ends"
    return later
