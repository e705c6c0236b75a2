"""停用流程: no new cases; those that run go on to their end."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import someone
from tests.evidence import one_row, only, path, refused
from tests.hall import SMALL, Hall
from workflows.actions.base import ProcessNotFound, ReasonMissing
from workflows.actions.retire_process import RetireProcess
from workflows.permissions import Role
from workflows.queries.timeline import verify_all
from workflows.states import NotAllowedInState


def test_windows_no_longer_offer_it_and_what_runs_is_decided_on_it(hall: Hall, app: Flask) -> None:
    number, application = hall.accepted(), hall.application(SMALL, token="late")
    row = one_row(hall, "designer1", "restaurant@1", RetireProcess("合并到企业开办"))
    assert path(row) == ("published", "retired") and row.details == {"reason": "合并到企业开办"}
    with pytest.raises(ProcessNotFound):
        hall.act("window1", "", application)
    window: FlaskClient = someone(app, hall, Role.WINDOW, number)
    offered = window.get("/intake").text
    assert "process=restaurant" not in offered and "process=construction" in offered
    hall.grant(number, "R01")
    assert hall.item(number, "R01").state == "approved"
    with hall.read() as session:
        assert not [chain for chain in verify_all(session) if chain.fault]


def test_it_takes_a_reason_and_a_version_in_force(hall: Hall) -> None:
    with refused(hall, ReasonMissing):
        hall.act("designer1", "restaurant@1", RetireProcess(" "))
    key = hall.act("designer1", "restaurant", hall.upload()).key
    with refused(hall, NotAllowedInState):
        hall.act("designer1", key, RetireProcess("尚未发布"))
    only(hall, "restaurant@1", RetireProcess("停用"), Role.DESIGNER)
