"""An answer that answers closes the card, which counts all the same."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.watching import ANSWER, card_of, raised, told
from workflows.actions.accept_answer import AcceptAnswer
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_the_card_is_closed_and_stays_in_the_score(hall: Hall) -> None:
    card = raised(hall)
    with refused(hall, NotAllowedInState):
        hall.act("supervisor", card.code, AcceptAnswer())
    hall.act("sj.checker", card.code, ANSWER)
    only(hall, card.code, AcceptAnswer(), Role.SUPERVISOR)
    row = one_row(hall, "supervisor", card.code, AcceptAnswer("措施可行"))
    assert path(row) == ("answered", "closed") and row.details["note"] == "措施可行"
    after = card_of(hall, card.code)
    assert after.scored and after.closed_at is not None and after.next_at is None
    assert told(hall, card)[-2:] == [("green", "handler"), ("green", "checker")]
