"""受理: everything is here, every department starts at once, every clock starts on the day."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import LARGE, Hall
from workflows.actions.accept import Accept, MaterialsMissing, NotDeferrable
from workflows.actions.base import CaseNotFound
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState, NotAllowedInState


def test_every_department_that_can_start_receives_its_item_at_once(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    case = hall.case(number)
    assert case.state is CaseState.IN_REVIEW
    states = {item.code: item.state for item in case.items}
    waiting = {code for code, state in states.items() if state is ItemState.WAITING}
    assert waiting == {"R02", "R03", "R04", "R05", "R06", "R07", "R12", "R14"}
    assert set(states.values()) == {ItemState.WAITING, ItemState.RECEIVED}


def test_statutory_and_promised_clocks_run_side_by_side(hall: Hall) -> None:
    number = hall.accepted()
    assert day(hall.deadline(number, Clock.ITEM, Basis.PROMISED, "R08").due_at) == "2026-03-09"
    assert day(hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R08").due_at) == "2026-03-16"
    assert day(hall.deadline(number, Clock.CASE, Basis.PROMISED).due_at) == "2026-03-19"
    assert day(hall.deadline(number, Clock.CASE, Basis.STATUTORY).due_at) == "2026-05-08"


def test_what_is_missing_stops_acceptance_and_is_named(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    with pytest.raises(MaterialsMissing, match="经营场所使用证明"):
        hall.act("window1", number, Accept())
    assert hall.case(number).state is CaseState.SUBMITTED


def test_a_secondary_material_may_be_promised_for_later(hall: Hall) -> None:
    number = hall.receive(without=["M08"])
    hall.act("window1", number, Accept(deferred=["M08"]))
    assert next(m for m in hall.case(number).materials if m.code == "M08").deferred


def test_a_required_material_may_not_be_promised(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    with pytest.raises(NotDeferrable):
        hall.act("window1", number, Accept(deferred=["M03"]))


def test_a_case_is_accepted_once(hall: Hall) -> None:
    number = hall.accepted()
    with pytest.raises(NotAllowedInState):
        hall.act("window2", number, Accept())
    assert hall.actions(number) == ["receive", "accept"]


def test_only_the_window_accepts(hall: Hall) -> None:
    only(hall, hall.receive(), Accept(), Role.WINDOW, Role.WINDOW_LEAD)


def test_acceptance_writes_one_row_with_what_is_due_and_who_received_it(hall: Hall) -> None:
    number = hall.receive(without=["M08"])
    row = one_row(hall, "window1", number, Accept(deferred=["M08"]))
    assert path(row) == ("submitted", "in_review")
    assert row.details["due"].keys() == {"promised", "statutory"}
    assert row.details["distributed"] == ["SJ", "WJ"]
    assert row.details["deferred"] == ["M08"]


def test_a_refused_acceptance_leaves_nothing_behind(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    with refused(hall, MaterialsMissing):
        hall.act("window1", number, Accept())
    with refused(hall, CaseNotFound):
        hall.act("window1", "330700202603020000000", Accept())


def test_who_accepts_after_five_silent_days_cannot_gain_time_by_it(hall: Hall) -> None:
    number = hall.receive()
    hall.at("2026-03-10T09:00")  # the notice was due on 03-09 and the clockwork stands still
    hall.act("window1", number, Accept())
    assert day(hall.case(number).accepted_at) == "2026-03-02"
    assert day(hall.deadline(number, Clock.CASE).due_at) == "2026-03-19"
