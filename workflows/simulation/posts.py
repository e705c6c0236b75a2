"""A post: people who take the next task as soon as they are free, first come, first served."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Job:
    """Work for one person of a post: since when it waits, how long it takes."""

    case: Any
    number: int
    item: str
    element: str
    word: str
    opened: int
    work: int
    began: int = 0


@dataclass
class Post:
    """The people of a post, the queue before them, and both day by day."""

    people: int
    in_a_day: int
    queue: deque[Job] = field(default_factory=deque)
    busy: int = 0
    since: int = 0
    longest: int = 0
    done: int = 0
    #: Day → seconds that jobs waited, and that people worked.
    waited: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    worked: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def come(self, job: Job, now: int) -> None:
        """A job joins the queue."""
        self._account(now)
        self.queue.append(job)

    def take(self, now: int) -> Job | None:
        """The job that somebody who is free begins now; None when nobody is, or nothing waits."""
        if not self.queue or self.busy >= self.people:
            self.longest = max(self.longest, len(self.queue))
            return None
        self._account(now)
        job = self.queue.popleft()
        job.began = now
        self.busy += 1
        return job

    def leave(self, now: int) -> None:
        """Somebody has finished, and is free."""
        self._account(now)
        self.busy -= 1
        self.done += 1

    def drop(self, now: int) -> None:
        """Somebody who was just given a job that is not wanted any more is free."""
        self._account(now)
        self.busy -= 1

    def come_to_rest(self, now: int) -> None:
        """Add up what is left at the end."""
        self._account(max(now, self.since))

    def _account(self, now: int) -> None:
        """Add up what has waited and worked since the last change, by day."""
        while self.since < now:
            day = self.since // self.in_a_day
            until = min(now, (day + 1) * self.in_a_day)
            if self.queue:
                self.waited[day] += len(self.queue) * (until - self.since)
            if self.busy:
                self.worked[day] += self.busy * (until - self.since)
            self.since = until if self.queue or self.busy else now
