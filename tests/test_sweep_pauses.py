"""A pause stops the ladder of a clock, and its end arms it again: nothing paused is overdue."""

from server.view import day
from tests.evidence import climbed, pass_days
from tests.hall import Hall
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.models.deadline import Basis, Clock


def test_an_open_pause_without_a_cap_stops_the_ladder_and_its_end_arms_it_again(
    hall: Hall,
) -> None:
    number = hall.accepted()
    hall.at("2026-03-04T10:00")
    hall.pre_review(number, "R08")
    hall.at("2026-04-08T10:00")
    hall.sweep()
    assert climbed(hall, number, "item", "R08") == []
    assert climbed(hall, number, "item", "R08", "statutory") == []
    hall.grant(number, "R01")  # four of its five days are left, and today counts
    assert day(hall.deadline(number, Clock.ITEM, item="R08").due_at) == "2026-04-13"
    pass_days(hall, "2026-04-09", "2026-04-22")
    assert [rung[0][:10] for rung in climbed(hall, number, "item", "R08")] == [
        "2026-04-10", "2026-04-14", "2026-04-15", "2026-04-17",
    ]  # fmt: skip
    assert climbed(hall, number, "item", "R08", "statutory") == [
        ("2026-04-21 00:00", "purple", "supervisor")
    ]


def test_a_capped_pause_moves_the_ladder_by_its_days_and_no_further(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.at("2026-03-04T10:00")
    hall.suspend(number, "R11", days=3)
    pass_days(hall, "2026-03-05", "2026-03-20")
    assert [rung[0][:10] for rung in climbed(hall, number, "item", "R11")] == [
        "2026-03-11", "2026-03-13", "2026-03-14", "2026-03-18",
    ]  # fmt: skip


def test_a_paused_statutory_clock_does_not_turn_purple(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")  # by statute twenty working days: 03-30
    hall.suspend(number, "R11", days=30)
    hall.at("2026-04-07T10:00")
    hall.sweep()
    assert climbed(hall, number, "item", "R11", "statutory") == []
    hall.resume(number, "R11")
    due = hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R11").due_at
    assert due is not None
    assert due > hall.clock.now()


def test_an_extension_moves_the_rungs_that_have_not_come(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-06T00:00")
    hall.sweep()
    hall.act("sj.chief", number, ExtendDeadline(5, "需现场复核", "R08"))
    pass_days(hall, "2026-03-07", "2026-03-17")
    assert [rung[0][:10] for rung in climbed(hall, number, "item", "R08")] == [
        "2026-03-06", "2026-03-17",
    ]  # fmt: skip
