"""A form of intake that was not sent yet: kept as it is, until it is received."""

import threading

from tests.hall import Hall
from tests.test_queue import keeping
from workflows.models import IntakeDraft
from workflows.personal import intake

DATA = {
    "process": ["restaurant"],
    "token": ["t1"],
    "applicant_name": ["张三"],
    "materials": ["M01"],
}


def me(hall: Hall, username: str = "window1") -> int:
    person = hall.actor(username).person_id
    assert person is not None
    return person


def keep(hall: Hall, data: dict[str, list[str]], process: str = "restaurant") -> bool:
    with keeping(hall) as session:
        return intake.keep(session, me(hall), process, data, hall.clock.now())


def draft(hall: Hall, username: str = "window1") -> IntakeDraft | None:
    with hall.read() as session:
        return intake.draft_of(session, me(hall, username))


def test_there_is_one_draft_a_clerk_and_the_last_counts(hall: Hall) -> None:
    assert keep(hall, DATA)
    assert keep(hall, DATA | {"applicant_name": ["张三丰"]}, "construction")
    found = draft(hall)
    assert found is not None
    assert (found.process, found.data["applicant_name"]) == ("construction", ["张三丰"])
    assert draft(hall, "window2") is None


def test_an_empty_form_is_no_draft(hall: Hall) -> None:
    keep(hall, DATA)
    assert not keep(hall, {"process": ["restaurant"], "token": ["t1"], "answer.area_m2": ["0"]})
    assert draft(hall) is None


def test_what_was_received_does_not_come_back(hall: Hall) -> None:
    keep(hall, DATA)
    token = hall.case(hall.receive()).intake_token
    late = DATA | {"token": [token]}
    assert not keep(hall, late), "what comes too late is left"
    with keeping(hall) as session:
        session.add(IntakeDraft(person_id=me(hall), process="x", data=late, at=hall.clock.now()))
    assert draft(hall) is None, "a crash between the case and the draft"


def test_a_draft_kept_by_two_pages_at_once_is_one(hall: Hall) -> None:
    gate, kept = threading.Barrier(4), []

    def page() -> None:
        gate.wait()
        kept.append(keep(hall, DATA))

    threads = [threading.Thread(target=page) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert kept == [True] * 4
