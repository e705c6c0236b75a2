"""Sending what is in the outbox: every message at least once, in order for each recipient.

Nothing is sent inside a transaction: a row is taken in one, sent between two, and its outcome
written in the next.  Each channel has a job and threads of its own, so that one that hangs holds
up no other; in a channel a recipient that hangs holds up one thread, until the time is out.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger

from server.channels import channels_of
from server.channels.message import Channel, Message, NotDelivered
from server.context import Services
from server.outbox import lanes
from server.outbox.filling import fill
from server.outbox.quiet import hours
from workflows.models import Outgoing

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=3)
#: Recipients of one channel that are sent to at the same time.
THREADS = 4


def send_all(services: Services) -> tuple[int, int]:
    """Fill the outbox and send what is due over every channel: (sent, failed)."""
    fill(services)
    done = [
        send_over(services, name, channel)
        for name, channel in channels_of(services.settings.outside).items()
    ]
    return sum(sent for sent, _ in done), sum(failed for _, failed in done)


def send_over(services: Services, name: str, channel: Channel) -> tuple[int, int]:
    """Send what is due over one channel: (sent, failed)."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix=name) as pool:
        turns = [pool.submit(_send_lanes, services, name, channel) for _ in range(THREADS)]
        done = [turn.result() for turn in turns]
    return sum(sent for sent, _ in done), sum(failed for _, failed in done)


def _send_lanes(services: Services, name: str, channel: Channel) -> tuple[int, int]:
    """Take a lane, send what is in it, take the next one, until nothing is due."""
    sent = failed = 0
    row = _take_first(services, name)
    while row is not None:
        fault = _attempt(channel, row)
        sent, failed = sent + (fault is None), failed + (fault is not None)
        row = _settle(services, row, fault)
    return sent, failed


def _take_first(services: Services, name: str) -> Outgoing | None:
    with services.database.writers() as session, session.begin():
        return lanes.take(session, name, services.clock.now())


def _attempt(channel: Channel, row: Outgoing) -> NotDelivered | None:
    """Send one message; what went wrong, or None."""
    message = Message(row.key, row.address, row.subject, row.text, row.light, row.at)
    try:
        channel.send(message)
    except NotDelivered as fault:
        log.warning("%s was not delivered: %s", row.key, fault.reason)
        return fault
    except OSError as fault:
        log.warning("%s was not delivered: %r", row.key, fault)
        return NotDelivered(f"{type(fault).__name__} {fault}")
    except Exception as fault:  # one message that cannot be sent must not hold up all the others
        log.exception("%s could not be sent", row.key)
        return NotDelivered(f"{type(fault).__name__} {fault}")
    return None


def _settle(services: Services, row: Outgoing, fault: NotDelivered | None) -> Outgoing | None:
    """Write what became of a row, and take the next: of the same lane while there is one."""
    now = services.clock.now()
    with services.database.writers() as session, session.begin():
        if fault is None:
            lanes.sent(session, row, now)
        else:
            lanes.failed(session, row, fault.reason, fault.for_good, now)
        return lanes.take_next(session, row, now) or lanes.take(session, row.channel, now)


def schedule_sending(scheduler: BaseScheduler, services: Services) -> None:
    """A job that fills the outbox, and one for each channel, beside the sweep.

    Raises QuietHoursMalformed: better no clockwork than one that wakes people at night.
    """
    hours(services.settings.outside.quiet)
    jobs: dict[str, Callable[[], object]] = {"fill-outbox": partial(fill, services)}
    for name, channel in channels_of(services.settings.outside).items():
        jobs[f"send-{name}"] = partial(send_over, services, name, channel)
    for job, work in jobs.items():
        turn = partial(_turn, scheduler, job, work)
        scheduler.add_job(turn, IntervalTrigger(seconds=EVERY.seconds), id=job,
                          misfire_grace_time=None)  # fmt: skip


def _turn(scheduler: BaseScheduler, job: str, work: Callable[[], object]) -> None:
    """One turn of a job; a turn that takes long is not begun a second time meanwhile."""
    with suppress(JobLookupError):  # the scheduler was stopped meanwhile
        scheduler.pause_job(job)
    try:
        work()
    except Exception:  # the clockwork must not stop
        log.exception("%s failed", job)
    finally:
        with suppress(JobLookupError):
            scheduler.resume_job(job)
