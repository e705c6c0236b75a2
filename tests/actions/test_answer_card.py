"""A department answers its card: anybody on its posts, in time or late; nothing is climbed then."""

from dataclasses import replace

from tests.evidence import one_row, only, pass_days, path, refused
from tests.hall import Hall
from tests.watching import ANSWER, card_of, people, raised, rungs, told
from workflows.actions.cards import CardNotFound, CardTextMissing, NotYourCard
from workflows.permissions import Role
from workflows.states import CardState, NotAllowedInState


def test_in_time_it_stops_the_ladder_and_the_supervisors_are_told(hall: Hall) -> None:
    card = raised(hall)
    row = one_row(hall, f"{people(hall, card)}.checker", card.code, ANSWER)
    assert path(row) == ("open", "answered") and row.details["late"] is False
    assert told(hall, card)[-1] == ("green", "supervisor")
    pass_days(hall, "2026-03-03", "2026-03-30")
    after = card_of(hall, card.code)
    assert (after.state, rungs(hall, card)) == (CardState.ANSWERED, [0])
    with refused(hall, NotAllowedInState):
        hall.act(f"{people(hall, card)}.checker", card.code, ANSWER)


def test_late_it_is_taken_and_known_to_be_late(hall: Hall) -> None:
    card = raised(hall)
    hall.at("2026-03-04T09:00")
    row = one_row(hall, f"{people(hall, card)}.approver", card.code, ANSWER)
    assert row.details["late"] is True


def test_another_department_and_the_window_do_not_answer_for_it(hall: Hall) -> None:
    card = raised(hall)
    for stranger in ("ga.approver", "lead"):
        with refused(hall, NotYourCard):
            hall.act(stranger, card.code, ANSWER)
    only(hall, card.code, ANSWER, Role.APPROVER, Role.WINDOW_LEAD)


def test_the_lead_of_the_window_answers_where_no_department_does(hall: Hall) -> None:
    card = raised(hall, number=hall.receive(), item=None, key="no notice")
    with refused(hall, NotYourCard):
        hall.act("sj.checker", card.code, ANSWER)
    hall.act("lead", card.code, ANSWER)
    assert card_of(hall, card.code).state is CardState.ANSWERED


def test_an_answer_says_something_and_the_card_is_there(hall: Hall) -> None:
    card = raised(hall)
    with refused(hall, CardTextMissing):
        hall.act("sj.checker", card.code, replace(ANSWER, measures="无"))
    for key in ("2026-9", "", "x", "督〔2026〕1号"):
        with refused(hall, CardNotFound):
            hall.act("sj.checker", key, ANSWER)
