"""An answer that does not answer is returned, with a reason, a new day, and the next round."""

from dataclasses import replace

from server.view import minute
from tests.evidence import one_row, only, pass_days, path, refused
from tests.hall import Hall
from tests.watching import ANSWER, card_of, raised, rungs
from workflows.actions.cards import CardTextMissing, ReplyOutOfReach
from workflows.actions.return_answer import ReturnAnswer
from workflows.permissions import Role

RETURN = ReturnAnswer("没有写明谁负责，何时办结", 2)


def test_it_is_asked_for_again_by_a_new_day_and_climbs_from_there(hall: Hall) -> None:
    card = raised(hall)
    hall.act("sj.checker", card.code, ANSWER)
    only(hall, card.code, RETURN, Role.SUPERVISOR)
    hall.at("2026-03-05T10:00")
    row = one_row(hall, "supervisor", card.code, RETURN)
    assert path(row) == ("answered", "open") and row.details["round"] == 2
    after = card_of(hall, card.code)
    assert minute(after.reply_due) == "2026-03-09 23:59"
    assert after.answer and after.answer["returned"].startswith("没有写明")
    pass_days(hall, "2026-03-06", "2026-03-10")
    assert rungs(hall, card) == [0, 1], "in the second round it goes up where it had not been"
    hall.act("sj.checker", card.code, ANSWER)
    assert (card_of(hall, card.code).answer or {})["round"] == 2


def test_with_a_reason_and_a_time_that_can_be_kept(hall: Hall) -> None:
    card = raised(hall)
    hall.act("sj.checker", card.code, ANSWER)
    with refused(hall, CardTextMissing):
        hall.act("supervisor", card.code, replace(RETURN, reason=""))
    with refused(hall, ReplyOutOfReach):
        hall.act("supervisor", card.code, replace(RETURN, reply=0))
