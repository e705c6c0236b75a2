"""R17: granted although another department disagreed, without a word about it."""

from tests.hall import Hall
from tests.talking import answer, asked, under_review
from tests.watch.looking import found, matters, proven_by
from workflows.actions.decide import Decide, Decision
from workflows.models import Answer

EXPLAINED = "已研究生态环境部门意见，排水口已按要求后移二十米，不影响周边水体，依法准予。"


def test_a_grant_against_an_answer_is_found_unless_it_is_explained(hall: Hall) -> None:
    short, explained, agreed = (under_review(hall) for _ in range(3))
    for number, words in (
        (short, "经研究，准予。"),
        (explained, EXPLAINED),
        (agreed, "准予许可。"),
    ):
        hall.grant(number, "R01")
        row = asked(hall, number)
        disagrees = number != agreed
        said = answer(row, Answer.DISAGREE, "影响水体") if disagrees else answer(row)
        hall.act("hb.handler", number, said)
        task = hall.to_decision(number, "R11")
        hall.act(hall.holder(task), number, Decide(task.id, Decision.GRANTED, words))
    assert matters(hall, "R17") == [(short, "R11")]
    [one] = found(hall, "R17")
    assert (one.department, one.facts["asked"]) == ("ZJ", "HB")
    assert proven_by(hall, one) == ["answer_consultation", "decide"]
