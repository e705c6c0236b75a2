"""The ledger of a clock: what was promised, since when, and what does not count towards it.

The due instant is derived from the ledger and kept beside it only to be found quickly; nobody
writes it by hand.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.deadlines import Ledger, Limit, Pause
from workflows.models.base import Base, Word, where


class Clock(StrEnum):
    """What a deadline is about."""

    NOTICE = "notice"  # one-time notice within five working days, §32(4)
    SUPPLEMENT = "supplement"  # the applicant's time to supplement
    CASE = "case"  # the joint limit, §42(2)
    ITEM = "item"  # one department's limit, §42(1)
    SIGN_FOR = "sign_for"  # the department signs for what was distributed
    DELIVERY = "delivery"  # handing over the decision, §44
    CHECK = "check"  # the later check of a commitment
    STEP = "step"  # a timer that the diagram has drawn
    CONSULTATION = "consultation"  # another department answers a question
    DEFERRAL = "deferral"  # a material that was promised for later (容缺)
    MEETING = "meeting"  # from a joint visit on: each department says what it found


class Basis(StrEnum):
    """Overdue is judged on the promise, illegality on the statute."""

    STATUTORY = "statutory"
    PROMISED = "promised"


#: Pauses that are no special procedure of §45.  The later department's limit counts from the
#: earlier one's written completion, and nothing of the whole case can move.
PREDECESSOR = "predecessor"
ALL_BLOCKED = "all_blocked"
#: The whole case stands still for a procedure of §45, see `suspend_case`.
SUSPENDED_CASE = "suspended_case"

_parsed = lru_cache(maxsize=1000)(Limit.parse)


class DeadlinePause(Base):
    """Days that do not count towards the limit of an item, or (no item) of the whole case."""

    __tablename__ = "deadline_pauses"
    __table_args__ = (
        Index("ix_deadline_pauses_open", "item_id", "case_id", **where("ended_on IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"), index=True)
    kind: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    planned_days: Mapped[int | None]
    cap_days: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    notice_number: Mapped[str | None]
    by: Mapped[str]

    def as_pause(self) -> Pause:
        """As the arithmetic sees it."""
        return Pause(self.started_on, self.ended_on, self.cap_days, self.kind)


class Deadline(Base):
    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_due", "next_at", "id", **where("next_at IS NOT NULL")),
        Index("ix_deadlines_open", "clock", "basis", "due_at", **where("closed_at IS NULL")),
        Index("ix_deadlines_of_case", "case_id", "closed_at", "clock"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"), index=True)
    clock: Mapped[Clock] = mapped_column(Word(Clock))
    basis: Mapped[Basis] = mapped_column(Word(Basis))
    limit: Mapped[str]
    started_at: Mapped[datetime]
    extension_days: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    yellow_at: Mapped[datetime | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    rung: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: The timer of a running process that this is the clock of.
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("process_instances.id"))
    timer_number: Mapped[int | None]

    @property
    def stands_still(self) -> bool:
        """Whether a pause stops it; the small clocks beside the limits of the law run on."""
        return self.clock in (Clock.ITEM, Clock.CASE, Clock.STEP)

    def ledger(self, pauses: Iterable[DeadlinePause]) -> Ledger:
        """Its ledger, with those pauses of the case that concern it."""
        mine = [row for row in pauses if self.stands_still and row.item_id == self.item_id]
        return Ledger(
            started_at=self.started_at,
            limit=_parsed(self.limit),
            pauses=tuple(row.as_pause() for row in mine),
            extension_days=self.extension_days,
        )


class DeadlineRung(Base):
    """A rung of the ladder that was climbed: unique, so that nothing fires twice."""

    __tablename__ = "deadline_rungs"
    __table_args__ = (UniqueConstraint("deadline_id", "rung"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"))
    rung: Mapped[int]
    at: Mapped[datetime]
