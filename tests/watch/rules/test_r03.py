"""R03: five working days of silence, whoever writes down that they are over."""

from tests.hall import Hall
from tests.watch.looking import found, proven_by
from workflows.actions.accept import Accept


def test_silence_is_found_with_who_received_it_and_an_acceptance_in_time_is_not(
    hall: Hall,
) -> None:
    silent, clerk, quick = hall.receive(), hall.receive(), hall.receive()
    hall.at("2026-03-09T17:00")
    hall.act("window1", quick, Accept())
    hall.at("2026-03-10T09:00")
    hall.act("window2", clerk, Accept())  # too late: by law it was accepted on 03-02
    hall.sweep()
    matters = found(hall, "R03")
    assert {one.case for one in matters} == {silent, clerk}
    assert {one.person for one in matters} == {hall.actor("window1").name}
    acts = {one.case: proven_by(hall, one) for one in matters}
    assert acts[silent][-1] == "deem_accepted" and acts[clerk][-1] == "accept"
