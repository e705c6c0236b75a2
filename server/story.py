"""The story that the walkthrough plays: what the people of the hall do with one case.

A supplement round, a department that is late, turns yellow, red and is escalated, a lawful
pause, one item refused through 否定报批, all others granted; delivered and closed.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from html import unescape

from server.demo import PASSWORD
from server.visitor import Reply, Visitor
from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.clock import FixedClock, office_day, office_moment

NINE = time(9, 30)
MOST_DAYS = 60
DUTIES = ("handler", "checker", "approver")


class WalkthroughFailed(AssertionError):
    """Something went differently from the story; the sentence says what."""


@dataclass(frozen=True)
class Script:
    """What is particular about the case of one process."""

    process: str
    answers: dict[str, str]
    form: dict[str, str]
    #: Materials forgotten at first: code → what the one-time notice says.
    forgotten: dict[str, str]
    late: str
    paused: str
    procedure: str
    refused: str
    #: What the calendar must give, by hand: name of the date → day.
    dates: dict[str, str]


@dataclass
class Story:
    """The stage on which a script is played."""

    script: Script
    catalogue: Catalogue
    calendar: WorkCalendar
    clock: FixedClock
    site: str
    sweep: Callable[[], int]
    alarms: Callable[[str], list[tuple[str, str | None, str]]]
    number: str = ""
    code: str = ""
    resume_on: date | None = None
    seen: set[str] = field(default_factory=set)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    # -- people -------------------------------------------------------------------------------

    def person(self, username: str) -> Visitor:
        """A person's browser, signed in once."""
        if username not in self.visitors:
            self.visitors[username] = Visitor(self.site).sign_in(username, PASSWORD)
        return self.visitors[username]

    def do(self, username: str, action: str, fields: dict[str, str | list[str]]) -> Reply:
        """One action on the case, which must succeed."""
        reply = self.person(username).post(f"/cases/{self.number}/{action}", fields)
        self.expect(reply.status == 200, f"{username} {action}: {reply.status} {reply.text}")
        return reply

    def refuse(self, username: str, action: str, fields: dict[str, str], code: str) -> None:
        """One action that must be refused with this code."""
        reply = self.person(username).post(f"/cases/{self.number}/{action}", fields)
        self.expect(reply.status >= 400 and reply.code == code, f"{action}: {reply.text[:200]}")

    def expect(self, holds: bool, what: str) -> None:
        """What has to be so."""
        if not holds:
            raise WalkthroughFailed(what)

    # -- time ---------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return office_day(self.clock.now())

    def next_working_day(self) -> None:
        """Half past nine of the next working day; the clockwork looks first."""
        day = self.calendar.nth_workday_after(self.today, 1)
        self.clock.set(office_moment(day, NINE))
        self.sweep()

    # -- the story ----------------------------------------------------------------------------

    def play(self) -> None:
        """From the counter to the licence."""
        self.receive()
        self.supplement()
        self.accept()
        for _ in range(MOST_DAYS):
            self.work_through_the_day()
            if "deliver" in self.case_page():
                break
            self.next_working_day()
        self.finish()

    def receive(self) -> None:
        """One intake; two materials are forgotten."""
        script, clerk = self.script, self.person("window1")
        page = clerk.get(f"/intake?process={script.process}")
        token = _found(r'name="token" value="([^"]+)"', page)
        answers: dict[str, bool | int | float] = {
            key: True if value == "true" else float(value) for key, value in script.answers.items()
        }
        listed = self.catalogue.materials_for(self.catalogue.needed_items(answers), answers)
        given = [m.code for m, _ in listed if not m.fetched and m.code not in script.forgotten]
        fields = {
            "process": script.process,
            "token": unescape(token),
            "materials": given,
            **script.form,
            **{f"answer.{key}": value for key, value in script.answers.items()},
        }
        page = clerk.submit("/cases", fields).text
        self.number = _found(r"/cases/(\d{21})", page)
        self.code = _found(r"<strong>([A-Z0-9]{6})</strong>", page)
        twice = clerk.submit("/cases", fields).text
        self.expect(self.number in twice, "a second click must not receive a second case")

    def supplement(self) -> None:
        """The one-time notice; the applicant follows, and brings what was missing."""
        self.refuse("window1", "accept", {}, "materials_missing")
        faults = {f"faults.{code}": said for code, said in self.script.forgotten.items()}
        self.do("window1", "return_for_supplement", {**faults})
        applicant = Visitor(self.site)
        applicant.get("/track")
        page = applicant.submit("/track", {"number": self.number, "code": self.code}).text
        for said in self.script.forgotten.values():
            self.expect(said in page, f"the applicant is told: {said}")
        self.next_working_day()
        self.next_working_day()
        self.do("window1", "supplement", {"materials": list(self.script.forgotten)})
        self.refuse("window1", "return_for_supplement", dict(faults), "second_supplement")

    def accept(self) -> None:
        """Accepted the day after; the clocks count from the day everything was complete."""
        self.next_working_day()
        self.do("window1", "accept", {})
        page = self.case_page()
        for name in ("承诺办结", "法定上限"):
            self.expect(self.script.dates[name] in page, f"{name} {self.script.dates[name]}")

    def work_through_the_day(self) -> None:
        """Every department looks at its desk until nobody has anything left to do today."""
        moved = True
        while moved:
            moved = False
            for department in dict.fromkeys(item.department for item in self.catalogue.items):
                for duty in DUTIES:
                    moved |= self.work_through_the_desk(f"{department.lower()}.{duty}")

    def work_through_the_desk(self, username: str) -> bool:
        """Do what is on a person's desk; whether anything was done."""
        news = json.loads(self.person(username).get("/new?list=open&since=0"))
        if not news["count"]:  # as a desk that lies open asks every few seconds
            return False
        desk = self.person(username).get("/")
        tasks = dict.fromkeys(re.findall(r'href="/tasks/(\d+)"', desk))
        return any([self.work_on(username, task) for task in tasks])

    def work_on(self, username: str, task: str) -> bool:
        """One task: sign for it, or review, pre-review, decide it as the script wants."""
        page = self.person(username).get(f"/tasks/{task}")
        item = self._item(page)
        offered = set(re.findall(rf"/cases/{self.number}/(\w+)", page))
        if 'value="granted"' not in page and item != self.script.refused:
            offered.discard("decide")  # it waits for the result of another item
        if self._held_back(username, item, page):
            return False
        action, fields = _answer(offered, refuses=item == self.script.refused)
        if not action:
            return False
        self.do(username, action, {"task": task, "opinion": "依法办理，意见明确", **fields})
        return True

    def _item(self, page: str) -> str:
        heading = unescape(_found(r"<h1[^>]*>([^<]+)</h1>", page)).strip()
        return next(item.code for item in self.catalogue.items if item.name == heading)

    def _held_back(self, username: str, item: str, page: str) -> bool:
        """The late department waits until it has been escalated; the paused one for its test."""
        script = self.script
        if item == script.late and "late done" not in self.seen:
            return self._is_late()
        decides = "decide" in page or self.resume_on is not None
        if item == script.paused and decides and "resumed" not in self.seen:
            return self._is_paused(username)
        return False

    def _is_late(self) -> bool:
        late = ("escalate", self.script.late, "red")
        if self.alarms(self.number).count(late) < 2:
            return True
        self.seen.add("late done")
        return False

    def _is_paused(self, username: str) -> bool:
        item, checker = self.script.paused, username.replace("approver", "checker")
        if self.resume_on is None:
            special = self.script.procedure
            days = {"planned_days": "5", "reason": "依法需要进行特别程序"}
            handler = username.replace("approver", "handler").replace("checker", "handler")
            self.do(handler, "request_pause", {"item": item, "procedure": special, **days})
            page = self.person(checker).get(f"/cases/{self.number}")
            request = _found(r'name="request" value="(\d+)"', page)
            self.do(checker, "approve_pause", {"request": request, "granted": "true"})
            self.resume_on = self.calendar.nth_workday_after(self.today, 4)
            return True
        if self.today < self.resume_on:
            return True
        self.do(checker, "resume_deadline", {"item": item, "result": "结果合格"})
        self.seen.add("resumed")
        return False

    def finish(self) -> None:
        """One refused, the rest granted; delivered, closed; the applicant sees it."""
        self.do("window1", "deliver", {"method": "counter", "recipient": "王经理"})
        closed = self.do("window1", "close", {})
        self.expect(closed.code == "closed", f"the case is {closed.code}")
        audit = self.person("auditor").get(f"/audit?q={self.number}")
        self.expect("记录链完整" in audit, "the chain of history is whole")

    def case_page(self) -> str:
        """The case as the window sees it."""
        return self.person("window1").get(f"/cases/{self.number}")


def _answer(offered: set[str], refuses: bool) -> tuple[str, dict[str, str]]:
    """What a willing official does with a task page that offers these actions."""
    for action, fields in (
        ("sign_for", {}),
        ("pre_review", {}),
        ("give_opinion", {"conclusion": "agree"}),
        ("confirm_refusal", {"confirmed": "true"}),
        ("decide", {"decision": "refused" if refuses else "granted"}),
    ):
        if action in offered and (action != "pre_review" or not refuses):
            return action, dict(fields)
    return "", {}


def _found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    if match is None:
        raise WalkthroughFailed(f"not on the page: {pattern}")
    return match[1]


def moment(text: str) -> datetime:
    """An instant at the counter, written 2026-03-02T09:30."""
    day, _, at = text.partition("T")
    return office_moment(date.fromisoformat(day), time.fromisoformat(at))
