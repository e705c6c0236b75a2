"""What is said of the hall: ratings in every state, and somebody who is asked at a window."""

from tests.complaints import answered, complained, proposed, signed_for
from tests.hall import APPLICANT, Hall
from tests.ratings import call_back, contact, rectify, said
from workflows.actions.appeal_rating import AppealRating
from workflows.actions.call_back_rater import CalledBack
from workflows.actions.give_rating import GiveRating
from workflows.actions.weigh_outcome import WeighOutcome
from workflows.inviting import invite
from workflows.queue import Clerk

#: Where ratings are given, followed up, counted and published.
RATINGS = (
    ("", "/rate/3"), ("", "/rate/4"), ("", "/ratings/results"), ("lead", "/ratings?list=all"),
    ("sj.checker", "/ratings"), ("sj.checker", "/ratings/1"), ("supervisor", "/ratings/3"),
    ("supervisor", "/ratings?list=appealed"), ("supervisor", "/ratings/report"),
)  # fmt: skip
#: Where complaints are brought, followed and handled.
COMPLAINTS = (
    ("", "/complaint"), ("", "/complaint/track"), ("window1", "/complaint"),
    ("supervisor", "/complaints"), ("supervisor", "/complaints/TS2026030600001"),
    ("supervisor", "/complaints/TS2026030600003"), ("mayor", "/complaint-report"),
    ("supervisor", "/complaints?list=closed"),
    ("sj.checker", "/complaints"), ("sj.checker", "/complaints/TS2026030600002"),
)  # fmt: skip


def voices(hall: Hall) -> None:
    """Five have said something: one nothing but praise, the others what was wrong."""
    said(hall, 1, text="等了三天才有人接电话，" * 12, reasons=["slow", "attitude", "unclear"])
    contact(hall, said(hall, 2, reasons=["many_visits"]))
    appealed = said(hall, 1)
    hall.act("sj.checker", appealed.key, AppealRating("评价的是另一件事，有通话记录"))
    answered = said(hall, 1)
    rectify(hall, answered)
    call_back(hall, answered, CalledBack.SATISFIED)
    said(hall, 5, reasons=["kind", "quick"])
    number = hall.receive()
    token = asked(hall, number, "2")
    hall.act(APPLICANT, number, GiveRating(2, ["attitude"], token=token))
    asked(hall, hall.receive(), "3")
    _complaints(hall)


def _complaints(hall: Hall) -> None:
    """One waits to be examined, one is investigated again, one was answered."""
    complained(hall, text="交了材料一个月没有回音，打电话也没有人接。" * 8)
    again = proposed(hall, signed_for(hall))
    hall.act("supervisor", again.key, WeighOutcome(False, "没有查清为什么延误"))
    answered(hall)


def asked(hall: Hall, number: str, window: str) -> str:
    """The invitation that stands on the device of a window."""
    me = hall.actor("window1")
    assert me.person_id is not None
    clerk = Clerk(hall.services.settings.hall, me.person_id, window, hall.clock.now())
    with hall.services.database.writers() as session, session.begin():
        return invite(session, number, clerk, me.name, hall.services.calendar()).token
