"""流程发布: a second person answers for a version; new cases use it, running ones keep theirs."""

from typing import Any

import pytest
from sqlalchemy import select, update

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ProcessNotFound
from workflows.actions.bundle import PostsMissing
from workflows.actions.publish_process import PublishProcess, SecondPersonNeeded
from workflows.engine import ProcessInvalid, sandbox
from workflows.models import ProcessVersion
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState, ProcessState

FASTER = ("statutory: 10wd, extension: 5wd, promised: 5wd", "statutory: 10wd, promised: 3wd")


@pytest.fixture
def draft(hall: Hall) -> str:
    """The key of a version that promises the food licence in three days."""
    version: ProcessVersion = hall.act("designer1", "restaurant", hall.upload(FASTER))
    return version.key


def states(hall: Hall) -> dict[str, ProcessState]:
    """Every version and its state."""
    with hall.read() as session:
        return {version.key: version.state for version in session.scalars(select(ProcessVersion))}


def test_publishing_retires_the_version_before_and_no_other_process(hall: Hall, draft: str) -> None:
    row = one_row(hall, "designer2", draft, PublishProcess())
    assert (row.subject, path(row)) == ("restaurant@2", ("draft", "published"))
    assert row.details["replaces"] == ["restaurant@1"]
    assert states(hall) == {
        "restaurant@1": ProcessState.RETIRED,
        "restaurant@2": ProcessState.PUBLISHED,
        "construction@1": ProcessState.PUBLISHED,
    }


def test_new_cases_use_it_and_running_ones_keep_their_catalogue_and_diagram(
    hall: Hall, draft: str
) -> None:
    running = hall.accepted()
    hall.act("designer2", draft, PublishProcess())
    new = hall.accepted()
    assert day(hall.deadline(running, Clock.ITEM, item="R08").due_at) == "2026-03-09"
    assert day(hall.deadline(new, Clock.ITEM, item="R08").due_at) == "2026-03-05"
    hall.grant_all(running)
    assert hall.case(running).version.key == "restaurant@1"
    assert {i.version_id for i in hall.case(running).instances} == {hall.case(running).version_id}


def test_who_uploaded_a_version_does_not_publish_it(hall: Hall, draft: str) -> None:
    with refused(hall, SecondPersonNeeded):
        hall.act("designer1", draft, PublishProcess())
    assert states(hall)[draft] is ProcessState.DRAFT


def test_a_version_is_published_once(hall: Hall, draft: str) -> None:
    hall.act("designer2", draft, PublishProcess())
    for key in (draft, "restaurant@1"):
        with refused(hall, NotAllowedInState):
            hall.act("designer2", key, PublishProcess())


def test_only_a_version_that_exists_is_published(hall: Hall) -> None:
    for key in ("restaurant@7", "restaurant", "restaurant@x", ""):
        with refused(hall, ProcessNotFound):
            hall.act("designer2", key, PublishProcess())


def test_every_department_has_someone_for_every_duty(hall: Hall) -> None:
    moved = ("{code: WJ,", "{code: WX,"), ("department: WJ,", "department: WX,")
    key = hall.act("designer1", "restaurant", hall.upload(*moved)).key
    with refused(hall, PostsMissing, "卫生健康委员会·handler、卫生健康委员会·checker"):
        hall.act("designer2", key, PublishProcess())


def test_what_was_spoilt_after_the_upload_is_found_at_publication(hall: Hall, draft: str) -> None:
    with hall.services.database.writers.begin() as session:
        version = session.scalars(select(ProcessVersion).where(ProcessVersion.version == 2)).one()
        sources = {**version.sources, "item_instant.bpmn": "<spoilt"}
        session.execute(
            update(ProcessVersion).where(ProcessVersion.id == version.id).values(sources=sources)
        )
    with refused(hall, ProcessInvalid, "item_instant.bpmn"):
        hall.act("designer2", draft, PublishProcess())


@pytest.mark.parametrize("publishes", [False, True])
def test_others_work_on_while_a_version_is_examined(
    hall: Hall, draft: str, publishes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examination takes a moment; it is over before the first lock is taken."""
    examine, received = sandbox.examine, list[str]()

    def meanwhile(*asked: Any) -> sandbox.Examination:
        if not received:
            received.append(hall.receive())
        return examine(*asked)

    monkeypatch.setattr(sandbox, "examine", meanwhile)
    if publishes:
        hall.act("designer2", draft, PublishProcess())
    else:
        hall.act("designer1", "restaurant", hall.upload())
    assert received


def test_only_designers_publish(hall: Hall, draft: str) -> None:
    only(hall, draft, PublishProcess(), Role.DESIGNER)
