"""The clockwork: wakes at the next due instant, at least once a minute, and sweeps.

One process of its own in production (`lianban schedule`), a thread of the web process on a
laptop.  Any number may run at once: whatever two find, one of them climbs.
"""

import logging
from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from server.context import Services
from workflows.actions import SYSTEM
from workflows.sweep import next_wake, sweep

log = logging.getLogger(__name__)

AT_LEAST_EVERY = timedelta(minutes=1)
SOONEST = timedelta(seconds=1)


def sweep_once(services: Services) -> int:
    """Climb every rung that has come by now; returns how many were climbed."""
    context = services.context(SYSTEM)
    with services.database.readers() as reader, context.session:
        return sweep(context, reader)


def wake_after(services: Services, now: datetime) -> datetime:
    """When to look again: at the next due instant, and at least once a minute."""
    with services.database.readers() as reader:
        due = next_wake(reader)
    latest = now + AT_LEAST_EVERY
    return max(now + SOONEST, min(due, latest)) if due else latest


def schedule(scheduler: BaseScheduler, services: Services) -> None:
    """Sweep now and then again whenever something is due; a failure is logged and tried again."""

    def turn() -> None:
        now = services.clock.now()
        again = now + AT_LEAST_EVERY
        try:
            climbed = sweep_once(services)
            if climbed:
                log.info("swept: %s rungs climbed", climbed)
            again = wake_after(services, now)
        except Exception:  # the clockwork must not stop; the next turn tries again
            log.exception("the sweep failed")
        scheduler.add_job(
            turn, DateTrigger(run_date=again), id="sweep", replace_existing=True,
            misfire_grace_time=None,
        )  # fmt: skip

    scheduler.add_job(turn, id="sweep", misfire_grace_time=None)
