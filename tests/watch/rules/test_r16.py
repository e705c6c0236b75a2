"""R16: opinions that say nothing."""

from tests.hall import Hall
from tests.watch.looking import found, matters
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion


def test_a_word_of_consent_is_found_and_a_sentence_is_not(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.to_decision(number, "R01")
    said = Decide(task.id, Decision.GRANTED, "材料齐全，依法准予。")
    hall.act(hall.holder(task), number, said)
    assert matters(hall, "R16") == []
    hall.sign_for(number, "R08")
    review = hall.task(number, "R08")
    hall.act(hall.holder(review), number, GiveOpinion(review.id, "agree", "  同意 "))
    [one] = found(hall, "R16")
    assert (one.item, one.department, one.facts["opinion"].strip()) == ("R08", "SJ", "同意")
    assert one.person == hall.actor("sj.handler").name
    assert matters(hall, "R16", characters=2) == []
    assert len(matters(hall, "R16", characters=20)) == 2
