"""A hall in the middle of its work: a case in every state, and every page that shows one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar

from server.trial_runs import keep_run, run_test
from tests.browser.busy_cards import watched
from tests.browser.busy_figures import FIGURES, fill_figures
from tests.browser.busy_voices import COMPLAINTS, RATINGS, voices
from tests.drafting import begun, write
from tests.engine.tables import FEE
from tests.hall import LARGE, Hall
from tests.inspecting import visits
from tests.simulated import kept
from workflows import queue
from workflows.actions.accept import Accept
from workflows.actions.attach import Attach
from workflows.actions.comment import Comment
from workflows.actions.copy_to import CopyTo
from workflows.actions.decide import Decision
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.hand_in import HandIn
from workflows.actions.record_absence import RecordAbsence
from workflows.actions.remind import Remind
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.clock import OFFICE_ZONE
from workflows.drawing import drafts
from workflows.drawing.drafts import Edit

#: The pages of who draws and reviews processes.
DESIGNING = [
    ("designer1", "/processes/restaurant/1"), ("designer1", "/processes"),
    ("designer2", "/processes/restaurant/2"), ("designer2", "/drafts/restaurant"),
    ("designer2", "/processes/restaurant/compare?from=1&to=draft"),
    ("designer2", "/drafts/restaurant/text/catalogue.yaml"),
    ("designer2", "/processes/restaurant/1/migrate"), ("designer2", "/processes"),
    ("designer2", "/processes/restaurant/1/promise"), ("designer2", "/drafts/restaurant/promise"),
    ("designer2", "/drafts/restaurant/list"), ("designer2", "/drafts/restaurant/list/R08"),
    ("designer2", "/drafts/restaurant/choose"),
    ("designer2", "/drafts/restaurant/diagram/restaurant.bpmn"),
    ("designer2", "/drafts/restaurant/tables"), ("designer2", "/drafts/restaurant/tables/fee"),
    ("designer2", "/drafts/restaurant/forms"),
    ("designer2", "/drafts/restaurant/forms/application"),
    ("designer2", "/drafts/restaurant/forms/application/trial"),
    ("designer2", "/drafts/restaurant/documents"),
    ("designer2", "/drafts/restaurant/documents/acceptance"),
    ("designer2", "/drafts/restaurant/document-fields"),
]  # fmt: skip


#: The working days, and where they are imported.
CALENDARS = (
    ("supervisor", "/calendars"), ("supervisor", "/calendars/cn/2026"), ("admin", "/calendars"),
    ("admin", "/calendars/cn/2027/edit"), ("admin", "/calendars/cn/progress"),
)  # fmt: skip
#: The watch: cards as supervisors and departments see them, and the ladder.
WATCH = (
    ("supervisor", "/watch/cards"),
    ("supervisor", "/watch/cards/2026-1"),
    ("supervisor", "/watch/cards/2026-2"),
    ("supervisor", "/watch/cards/2026-3"),
    ("supervisor", "/watch/cards/2026-1/papers/1"),
    ("supervisor", "/watch/ladders"),
    ("supervisor", "/watch/ladders/cn/restaurant"),
    ("supervisor", "/watch/ladders/cn/restaurant/edit"),
    ("supervisor", "/watch/issue"),
    ("supervisor", "/watch/rules"),
    ("auditor", "/watch/rules/R10"),
    ("sj.checker", "/watch/cards?state=open&mine=1"),
    ("sj.checker", "/watch/cards/2026-1"),
)
#: What was tried with a process, and where.
TRIED = (
    ("designer1", "/drafts/restaurant/catalogue"),
    ("designer1", "/drafts/restaurant/catalogue/items"),
    ("designer1", "/drafts/restaurant/catalogue/items/R08"),
    ("designer1", "/drafts/restaurant/catalogue/import"),
    ("designer1", "/drafts/restaurant/tests"),
    ("designer1", "/drafts/restaurant/tests/new"),
    ("designer1", "/drafts/restaurant/tests/tobacco.test.yaml"),
    ("designer1", "/drafts/restaurant/simulation"),
    ("designer1", "/simulations/1"),
    ("auditor", "/processes/restaurant/1/tests?test=smallest.test.yaml"),
    ("auditor", "/processes/restaurant/1/simulation"),
)

INSPECTIONS = (
    ("yc.handler", "/inspections"),
    ("yc.handler", "/inspections/new"),
    ("sj.handler", "/inspections/检〔2026〕1号"),
    ("sj.approver", "/inspections/检〔2026〕2号"),
    ("supervisor", "/inspections/figures"),
)


@dataclass
class Busy:
    """The numbers of its cases by name, and of the tasks of the one under review by item."""

    begins: ClassVar[datetime] = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)

    now: datetime = begins
    cases: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)

    def pages(self) -> list[tuple[str, str]]:
        """(user name, address) of every page as everyone who works with it; "" has no account."""
        c, t = self.cases, self.tasks
        return [
            ("", "/sign-in"), ("", "/track"), ("", "/track/progress"),
            ("", "/queue"), ("", "/queue/tickets/A003"), ("", "/queue/display"), ("window2", "/"),
            ("window2", "/intake"), ("window2", f"/cases/{c['received']}/receipt"),
            ("window1", "/"), ("window1", "/intake"), ("window1", "/intake?process=construction"),
            ("window1", "/intake?process=restaurant&answer.area_m2=500"),
            ("window1", "/intake/guide?process=restaurant&answer.area_m2=500"),
            ("window1", "/cases"), ("window1", "/cases?q=nothing"),
            ("window1", f"/cases/{c['received']}"), ("window1", f"/cases/{c['received']}/receipt"),
            ("window1", f"/cases/{c['supplementing']}"), ("lead", f"/cases/{c['review']}/clocks"),
            ("window1", f"/cases/{c['supplementing']}/supplement-notice"),
            ("window1", f"/cases/{c['construction']}"), ("window1", f"/cases/{c['decided']}"),
            ("window1", f"/cases/{c['construction']}/deferral-notice"),
            ("window1", "/cases?q=金味&state=in_review&received_from=someday"),
            ("window1", "/board"), ("window1", "/nowhere"), ("window1", "/?list=received"),
            ("window1", "/?list=followed"), ("mayor", "/?list=copied"), ("mayor", "/attachments/1"),
            ("lead", "/"), ("lead", f"/cases/{c['declining']}"),
            ("yc.handler", "/"), ("yc.handler", f"/tasks/{t['R12']}"),
            ("yc.handler", f"/tasks/{t['R03']}"), ("sw.handler", f"/tasks/{t['R03']}"),
            ("cg.approver", f"/tasks/{t['R10']}"), ("xf.handler2", f"/tasks/{t['R09']}"),
            ("sj.approver", f"/tasks/{t['R08']}"), ("sj.handler", "/?list=done"),
            ("sj.handler", "/?list=open&light=green&columns=number,title,opened"),
            ("zj.checker", f"/cases/{c['review']}"), ("gy.checker", "/"),
            ("supervisor", "/"), ("supervisor", "/board"), ("supervisor", "/board?light=red"),
            ("mayor", f"/cases/{c['review']}"), ("auditor", "/audit"),
            ("auditor", f"/audit?q={c['review']}"), ("admin", "/people"), ("admin", "/outbox"),
            ("sj.handler", "/my/reminders"), ("sj.handler", "/phrases"),
            *CALENDARS, *INSPECTIONS, *WATCH, *FIGURES, *DESIGNING, *TRIED, *RATINGS, *COMPLAINTS,
        ]  # fmt: skip


def fill(hall: Hall) -> Busy:
    """Let the people of the hall work for four days."""
    busy = Busy()
    busy.cases = _receipts(hall)
    _review(hall, busy.cases["review"])
    hall.at("2026-03-06T10:00")
    busy.now = hall.clock.now()
    hall.sweep()
    visits(hall, busy.now.date())
    _around(hall, busy.cases["review"])
    _absences(hall, busy.now.date())
    questions = hall.catalogue("construction").questionnaire
    every = {q.key: True if q.type == "boolean" else 500 for q in questions}
    busy.cases["construction"] = _promised(hall, every)
    busy.cases["decided"] = hall.decided()
    watched(hall, busy.cases["review"])
    _queue(hall)
    voices(hall)
    _designs(hall)
    _tried(hall)
    fill_figures(hall)
    items = ("R03", "R08", "R09", "R10", "R12")
    busy.tasks = {item: hall.task(busy.cases["review"], item).id for item in items}
    return busy


def _promised(hall: Hall, answers: Mapping[str, bool | int | float]) -> str:
    """A case accepted with a material that was promised for later, and one that came twice."""
    until = {"K28": date(2026, 3, 20)}
    number = hall.receive(answers, process="construction", without=("K12",), dates=until)
    hall.act("window1", number, Accept(["K12"], {"K12": date(2026, 3, 9)}))
    hall.act("window1", number, HandIn(["K03"]))
    return number


def _designs(hall: Hall) -> None:
    """A version waits for a second person, and somebody has gone on with a draft."""
    hall.act("designer1", "restaurant", hall.upload(("promised: 13wd", "promised: 12wd")))
    begun(hall)
    with hall.services.database.writers() as session, session.begin():
        drafts.save(session, "restaurant", Edit("fee.dmn", FEE), "吴设计", hall.clock.now())
    write(hall, "item_three_step.bpmn", 'name="审核人审核"', 'name="负责人审核"')
    write(hall, "catalogue.yaml", "gate: decision}]", "gate: start}]")


def _tried(hall: Hall) -> None:
    """The test cases of the draft were run, one of them in vain; and there is a simulation."""
    wrong = Edit(
        "wrong.test.yaml", "name: 错\nbegins: 2026-03-02T09:30\nexpect: {decided: 2026-01-01}"
    )
    with hall.services.database.writers() as session, session.begin():
        drafts.save(session, "restaurant", wrong, "吴设计", hall.clock.now())
        bundle = drafts.bundle(session, "restaurant")
    for name in bundle.tests:
        ran = run_test(hall.services, "restaurant", bundle, name, bundle.tests)
        keep_run(hall.services, "restaurant", bundle, name, ran, "吴设计")
    kept(hall)


def _queue(hall: Hall) -> None:
    """Three have come: one has not heard the call, one is at window 2, one waits."""
    me = hall.actor("window2").person_id
    assert me is not None
    clerk = queue.Clerk(hall.services.settings.hall, me, "2", hall.clock.now())
    with hall.services.database.writers() as session, session.begin():
        for process in ("restaurant", "construction", "restaurant"):
            queue.take(session, clerk.hall, process, clerk.now)
        missed = queue.call_next(session, clerk, after=0)
        assert missed is not None
        queue.miss(session, clerk, missed.id)
        queue.call_next(session, clerk, after=0)


def _receipts(hall: Hall) -> dict[str, str]:
    """A case in each state that the window has to do with."""
    received = hall.receive(LARGE, without=("M03", "M08"))
    declining = hall.receive()
    hall.act("window1", declining, Decline(DeclineGround.NOT_COMPETENT, "属于县级职权", "县局"))
    supplementing = hall.receive(without=("M03", "M08"))
    faults = {"M03": "租赁合同没有双方签章", "M08": "没有提交"}
    hall.act("window1", supplementing, ReturnForSupplement(faults))
    review = hall.accepted(LARGE | {"commits_fire_safety": True})
    return {
        "received": received, "declining": declining, "supplementing": supplementing,
        "review": review,
    }  # fmt: skip


def _review(hall: Hall, number: str) -> None:
    """Items granted, pre-reviewed, to be refused, paused, under review, and late."""
    hall.at("2026-03-03T10:00")
    hall.grant(number, "R13")
    hall.pre_review(number, "R08")
    hall.grant(number, "R01")
    hall.to_decision(number, "R10")
    hall.decide(number, "R10", Decision.REFUSED)
    hall.to_decision(number, "R11")
    hall.suspend(number, "R11", days=5)
    hall.sign_for(number, "R12")


def _around(hall: Hall, number: str) -> None:
    """What people say of a case, put beside it, and give to others."""
    file = Attach(
        "一份名字很长的现场勘查记录，" * 6 + ".txt", "text/plain", 5, "0a" * 32, item="R12"
    )
    hall.act("yc.handler", number, file)
    hall.act("yc.handler", number, Comment("@mayor 请看现场勘查记录", item="R12"))
    hall.act("window1", number, CopyTo("mayor", note="请阅"))
    hall.act("lead", number, Remind("申请人下周开业"))


def _absences(hall: Hall, today: date) -> None:
    """One holder is away, and both people of another post."""
    for username in ("xf.handler", "gy.checker", "gy.approver"):
        away = RecordAbsence(username, today, today + timedelta(days=14), "年休假")
        hall.act("admin", "organisation", away)
