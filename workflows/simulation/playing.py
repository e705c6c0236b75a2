"""All cases at once: they come, they queue, who is free takes the next; until nothing moves.

Time is a place on the line of working seconds (`worktime`): nights and holidays are not in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from workflows.catalogue import Catalogue
from workflows.clock import office_moment
from workflows.deadlines import Ledger, Limit, LimitMalformed, due
from workflows.engine import Definition, Step
from workflows.simulation.course import Course, Said
from workflows.simulation.defaults import WINDOW
from workflows.simulation.inputs import Inputs
from workflows.simulation.posts import Job, Post
from workflows.worktime import WorkTime

#: Who is told how many cases are decided; what it raises ends the simulation.
Told = Callable[[int], None]
Act = Callable[[int], None]


@dataclass
class Done:
    """How often a step was done, how long it waited for somebody, and how long it took."""

    waited: list[int] = field(default_factory=list)
    worked: list[int] = field(default_factory=list)


@dataclass
class Played:
    """Everything that happened, for `figures` to count."""

    inputs: Inputs
    catalogue: Catalogue
    work: WorkTime
    posts: dict[str, Post]
    first: int
    last: int = 0
    courses: list[Course] = field(default_factory=list)
    steps: dict[str, Done] = field(default_factory=dict)


def play(
    definition: Definition, catalogue: Catalogue, inputs: Inputs, work: WorkTime,
    told: Told = lambda decided: None,
) -> Played:  # fmt: skip
    """Let all cases go through."""
    return _Hall(definition, catalogue, inputs, work, told).play()


class _Hall:
    """The agenda of everybody, the posts with their queues, the cases under way."""

    def __init__(
        self, definition: Definition, catalogue: Catalogue, inputs: Inputs, work: WorkTime,
        told: Told,
    ) -> None:  # fmt: skip
        self.definition = definition
        self.catalogue = catalogue
        self.inputs = inputs
        self.work = work
        self.told = told
        day = work.calendar.workday_at(work.calendar.ordinal(inputs.begins))
        opens = work.calendar.sessions[0][0]
        self.first = work.place(office_moment(day, opens))
        self.played = Played(inputs, catalogue, work, {}, self.first)
        self.results = dict.fromkeys(item.code for item in catalogue.items)
        self.agenda: list[tuple[int, int, Act]] = []
        self.order = count()
        self.decided = 0

    def play(self) -> Played:
        chance = Random(f"{self.inputs.seed}/arrivals")
        at = self.first
        for number in range(self.inputs.cases):
            gap = chance.expovariate(self.inputs.per_day / self.work.in_a_day)
            at += max(1, round(gap))
            self._at(at, self._arrive(number))
        self.played.last = at
        while self.agenda:
            now, _, act = heappop(self.agenda)
            act(now)
        for post in self.played.posts.values():
            post.come_to_rest(self.played.last)
        return self.played

    def _at(self, at: int, act: Act) -> None:
        heappush(self.agenda, (at, next(self.order), act))

    # -- at the window --------------------------------------------------------------------------

    def _arrive(self, number: int) -> Act:
        def act(now: int) -> None:
            course = Course(number, now, self.catalogue, self.inputs)
            self.played.courses.append(course)
            self._queue(WINDOW, self._window_job(course, now), now)

        return act

    def _window_job(self, course: Course, now: int) -> Job:
        seconds = round(self.inputs.acceptance.draw(course.chance) * 3600)
        return Job(course, 0, "", WINDOW, "accept", now, max(1, seconds))

    def _at_the_window(self, job: Job, now: int) -> None:
        """Everything is there and it is accepted, or what is missing is told, once."""
        course: Course = job.case
        if course.lacks and course.told is None:
            course.told = now
            seconds = max(1, round(self.inputs.bringing.draw(course.chance) * 3600))
            self._at(now + seconds, lambda then: self._brought(course, then))
            return
        step = course.accept(self.definition, self.results, now)
        self._follow(course, step, now)

    def _brought(self, course: Course, now: int) -> None:
        course.brought = now
        self._queue(WINDOW, self._window_job(course, now), now)

    # -- in the departments ---------------------------------------------------------------------

    def _follow(self, course: Course, step: Step, now: int) -> None:
        """What a step of the process sets in motion."""
        course.settle(step, now)
        for task in course.new_tasks(step, now):
            code = task.item or ""
            word, seconds = course.word(task), course.work(task)
            job = Job(course, task.number, code, task.element, word, now, seconds)
            department = self.catalogue.item(code).department
            self._queue(f"{department}.{task.approval.duty}", job, now)
        for timer in step.timers:
            if timer.number not in course.known:
                course.known.add(timer.number)
                self._arm(course, timer.number, timer.limit, now)
        for code, number in course.released_items(now):
            self._say(course, code, number, "granted", now)
        if course.decided == now and step.finished:
            self.decided += 1
            self.told(self.decided)

    def _say(self, course: Course, item: str, number: int, word: str, now: int) -> None:
        step = course.say(item, number, word, now)
        if step is not None:
            self._follow(course, step, now)

    def _arm(self, course: Course, number: int, limit: str, now: int) -> None:
        """A timer that the diagram has drawn: it fires when its limit has run out."""
        try:
            ends = due(Ledger(self.work.moment(now), Limit.parse(limit)), self.work.calendar).at
        except LimitMalformed:
            return  # an instant, or a time that passes by night: not for a thousand cases
        if ends is not None:
            self._at(max(now, self.work.place(ends)), lambda then: self._fire(course, number, then))

    def _fire(self, course: Course, number: int, now: int) -> None:
        walk = course.walk
        if walk is not None and any(timer.number == number for timer in walk.step.timers):
            self._follow(course, walk.fire(number), now)

    # -- at a post --------------------------------------------------------------------------------

    def _queue(self, name: str, job: Job, now: int) -> None:
        post = self._post(name)
        post.come(job, now)
        self._next(name, now)

    def _post(self, name: str) -> Post:
        found = self.played.posts.get(name)
        if found is None:
            people = self.inputs.people.get(name, 1)
            found = Post(people, self.work.in_a_day, since=self.first)
            self.played.posts[name] = found
        return found

    def _next(self, name: str, now: int) -> None:
        """Whoever is free begins with the first of the queue."""
        post = self._post(name)
        while (job := post.take(now)) is not None:
            if self._wanted(job):
                self._at(now + job.work, self._finish(name, job))
            else:
                post.drop(now)

    def _wanted(self, job: Job) -> bool:
        walk: Any = job.case.walk
        return job.number == 0 or any(t.number == job.number for t in walk.step.open_tasks)

    def _finish(self, name: str, job: Job) -> Act:
        def act(now: int) -> None:
            self._post(name).leave(now)
            self._count(job, now)
            if job.number == 0:
                self._at_the_window(job, now)
            elif self._wanted(job):
                job.case.said[job.item, job.element].append(Said(job.word, now - job.opened))
                self._say(job.case, job.item, job.number, job.word, now)
            self._next(name, now)

        return act

    def _count(self, job: Job, now: int) -> None:
        key = f"{job.item}.{job.element}" if job.item else WINDOW
        step = self.played.steps.setdefault(key, Done())
        step.waited.append(job.began - job.opened)
        step.worked.append(now - job.began)
        if job.item:
            track = job.case.tracks[job.item]
            track.waited += job.began - job.opened
            track.worked += now - job.began
