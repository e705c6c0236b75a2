"""收回发布: a version that waits for its day is called back, and waits for review again."""

from datetime import date

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.call_back_version import CallBackVersion
from workflows.actions.publish_process import PublishProcess
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_called_back_it_does_not_take_effect_and_can_be_published_again(hall: Hall) -> None:
    key = hall.act("designer1", "restaurant", hall.upload()).key
    with refused(hall, NotAllowedInState):
        hall.act("designer2", key, CallBackVersion("还没有发布"))
    hall.act("designer2", key, PublishProcess(date(2026, 4, 1)))
    with refused(hall, ReasonMissing):
        hall.act("designer2", key, CallBackVersion(""))
    only(hall, key, CallBackVersion("推迟"), Role.DESIGNER)
    row = one_row(hall, "designer1", key, CallBackVersion("省里的系统推迟上线"))
    assert path(row) == ("scheduled", "draft")
    assert row.details["would_have_been"].startswith("2026-03-31T16:00")
    hall.at("2026-04-02T09:00")
    assert hall.sweep() == 0
    assert str(hall.act("designer2", key, PublishProcess()).state) == "published"
