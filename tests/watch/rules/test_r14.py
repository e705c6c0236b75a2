"""R14: a task that nobody keeps."""

from tests.hall import Hall
from tests.watch.looking import found, matters, proven_by
from workflows.actions.accept_forward import AcceptForward
from workflows.actions.forward import Forward


def hand_on(hall: Hall, number: str, giver: str, taker: str) -> None:
    """From one colleague to another, who accepts it."""
    task = hall.task(number, "R08").id
    hall.act(giver, number, Forward(task, taker, "由其办理更合适"))
    hall.act(taker, number, AcceptForward(task))


def test_the_third_handing_on_is_found_and_the_second_is_not(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hand_on(hall, number, "sj.handler", "sj.member1")
    hand_on(hall, number, "sj.member1", "sj.member2")
    assert matters(hall, "R14") == []
    assert matters(hall, "R14", most=1) == [(number, "R08")]
    hand_on(hall, number, "sj.member2", "sj.handler")
    [one] = found(hall, "R14")
    assert (one.item, one.department, one.facts) == ("R08", "SJ", {"times": 3})
    assert proven_by(hall, one) == ["accept_forward"] * 3
