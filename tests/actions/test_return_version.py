"""退回修改: a version that is not right goes back, and its files are the draft again."""

import pytest

from tests.drafting import begun, there
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.publish_process import PublishProcess
from workflows.actions.return_version import ReturnVersion
from workflows.drawing import drafts
from workflows.permissions import Role
from workflows.states import NotAllowedInState

FASTER = ("promised: 13wd", "promised: 12wd")


@pytest.fixture
def waiting(hall: Hall) -> str:
    """The key of a version that waits for review."""
    return str(hall.act("designer1", "restaurant", hall.upload(FASTER)).key)


@pytest.mark.parametrize("who", ["designer2", "designer1"])
def test_it_is_returned_with_a_reason_and_its_files_are_the_draft_again(
    hall: Hall, waiting: str, who: str
) -> None:
    row = one_row(hall, who, waiting, ReturnVersion("  承诺时限没有依据 "))
    assert path(row) == ("draft", "returned")
    assert row.details == {"reason": "承诺时限没有依据", "draft": "begun"}
    with hall.read() as session:
        draft = drafts.find(session, "restaurant")
        assert draft.based_on == 2
        assert "promised: 12wd" in drafts.bundle(session, "restaurant").catalogue
    with refused(hall, NotAllowedInState):
        hall.act("designer2", waiting, PublishProcess())


def test_a_draft_that_was_begun_meanwhile_stays_as_it_is(hall: Hall, waiting: str) -> None:
    begun(hall)
    row = one_row(hall, "designer2", waiting, ReturnVersion("另有草稿"))
    assert row.details["draft"] == "kept" and there(hall) == {"restaurant"}
    with hall.read() as session:
        assert "promised: 13wd" in drafts.bundle(session, "restaurant").catalogue


def test_nothing_is_returned_without_a_reason_or_after_publication(
    hall: Hall, waiting: str
) -> None:
    with refused(hall, ReasonMissing):
        hall.act("designer2", waiting, ReturnVersion(" "))
    with refused(hall, NotAllowedInState):
        hall.act("designer2", "restaurant@1", ReturnVersion("已经发布"))
    only(hall, waiting, ReturnVersion("不对"), Role.DESIGNER)
