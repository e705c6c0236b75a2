"""The clockwork: wakes at the next due instant, and every few seconds, and sweeps.

A look costs one step into an index, however many clocks are running; it has to be taken often,
because another process may have started a clock that is due before all that were known.

One process of its own in production (`lianban schedule`), a thread of the web process on a
laptop.  Any number may run at once: whatever two find, one of them climbs.
"""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import select

from server.context import Services
from server.watching import schedule_watch, watch_once
from workflows.actions import SYSTEM
from workflows.indexing import index
from workflows.models import Calendar
from workflows.recounting import recount
from workflows.sweep import next_wake, sweep

log = logging.getLogger(__name__)

#: A clock that another process started meanwhile is noticed so much later.
AT_LEAST_EVERY = timedelta(seconds=3)
#: So many cases are counted again before it is written down how far that is.
RECOUNTED = 200
SOONEST = timedelta(seconds=1)
JOB = "sweep"


def sweep_once(services: Services) -> int:
    """Climb every rung that has come by now; returns how many were climbed.

    What a newer calendar puts off is put off first: nothing is due before that is done.
    """
    recount_all(services)
    context = services.context(SYSTEM)
    with services.database.readers() as reader:
        due = next_wake(reader)
    if due is None or due > context.now:
        return 0
    with services.database.readers() as reader, services.database.clockwork() as session:
        return sweep(replace(context, session=session), reader)


def recount_some(services: Services, most: int = RECOUNTED) -> bool:
    """Count so many cases again after an import; whether it was begun and may go on."""
    context = services.context(SYSTEM)
    almanac = services.almanac
    with services.database.readers() as reader, services.database.clockwork() as session:
        almanac.look()
        return recount(replace(context, session=session), reader, almanac.standing_on, most)


def recount_all(services: Services) -> None:
    """Count everything again that an import has left to be counted, if its time has come."""
    begun = select(Calendar.id).where(Calendar.recount_at <= services.clock.now())
    with services.database.readers() as reader:
        waiting = reader.scalar(begun.limit(1)) is not None
    while waiting:
        waiting = recount_some(services)


def index_once(services: Services) -> int:
    """Let what was said lately be found; returns how many texts were new to a case."""
    with services.database.readers() as reader, services.database.writers() as writer:
        return index(reader, writer, services.clock.now())


def wake_after(services: Services, now: datetime) -> datetime:
    """When to look again: at the next due instant, and at least every few seconds."""
    with services.database.readers() as reader:
        due = next_wake(reader)
    latest = now + AT_LEAST_EVERY
    return max(now + SOONEST, min(due, latest)) if due else latest


def schedule(scheduler: BaseScheduler, services: Services) -> None:
    """Catch up now, then sweep whenever something is due; a failure is logged and tried again.

    The job stays in the scheduler and is only moved to an earlier time, so that a turn that dies
    half way is followed by the next one a minute later.
    """

    def turn() -> None:
        began = services.clock.now()
        try:
            climbed = sweep_once(services)
            if climbed:
                log.info("swept: %s rungs climbed", climbed)
            index_once(services)
            watch_once(services)
            with suppress(JobLookupError):  # the scheduler was stopped meanwhile
                scheduler.modify_job(JOB, next_run_time=wake_after(services, began))
        except Exception:  # the clockwork must not stop
            log.exception("the sweep failed")

    schedule_watch(scheduler, services)
    scheduler.add_job(turn, IntervalTrigger(minutes=1), id=JOB, misfire_grace_time=None)
    turn()


def stop(scheduler: BaseScheduler) -> None:
    """Stop the clockwork; a turn under way ends by itself.

    Never wait for it here: the turn's last step needs the lock that a waiting shutdown holds.
    """
    scheduler.shutdown(wait=False)
