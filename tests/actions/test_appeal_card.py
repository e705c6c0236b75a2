"""A department appeals against its card: in three working days, once, with evidence."""

from dataclasses import replace

from tests.evidence import one_row, only, pass_days, path, refused
from tests.hall import Hall
from tests.watching import ANSWER, APPEAL, card_of, raised, rungs, told
from workflows.actions.accept_answer import AcceptAnswer
from workflows.actions.appeal_card import AlreadyAppealed, AppealTooLate
from workflows.actions.cards import CardTextMissing, NotYourCard
from workflows.actions.decide_appeal import DecideAppeal
from workflows.permissions import Role
from workflows.states import CardState, Level, NotAllowedInState


def test_while_it_is_being_decided_nothing_is_climbed(hall: Hall) -> None:
    card = raised(hall)
    only(hall, card.code, APPEAL, Role.APPROVER, Role.WINDOW_LEAD)
    row = one_row(hall, "sj.checker", card.code, APPEAL)
    assert path(row) == ("open", "appealed") and row.details["evidence"].startswith("运维")
    assert told(hall, card)[-1] == ("yellow", "supervisor")
    pass_days(hall, "2026-03-03", "2026-03-20")
    assert (card_of(hall, card.code).state, rungs(hall, card)) == (CardState.APPEALED, [0])


def test_within_three_working_days_and_no_later(hall: Hall) -> None:
    in_time, late = raised(hall), raised(hall)
    hall.at("2026-03-05T23:59:59")
    hall.act("sj.checker", in_time.code, APPEAL)
    hall.at("2026-03-06T00:00")
    with refused(hall, AppealTooLate):
        hall.act("sj.checker", late.code, APPEAL)


def test_once_and_also_when_the_answer_was_accepted_already(hall: Hall) -> None:
    card = raised(hall)
    hall.act("sj.checker", card.code, ANSWER)
    hall.act("supervisor", card.code, AcceptAnswer())
    hall.act("sj.checker", card.code, APPEAL)
    hall.act("supervisor", card.code, DecideAppeal("upheld", "系统当天运行正常"))
    assert card_of(hall, card.code).state is CardState.CLOSED
    with refused(hall, AlreadyAppealed):
        hall.act("sj.checker", card.code, APPEAL)


def test_by_the_department_itself_with_evidence_and_not_against_a_notice(hall: Hall) -> None:
    card, notice = raised(hall), raised(hall, Level.NOTICE)
    with refused(hall, NotYourCard):
        hall.act("ga.checker", card.code, APPEAL)
    with refused(hall, CardTextMissing):
        hall.act("sj.checker", card.code, replace(APPEAL, evidence=""))
    with refused(hall, NotAllowedInState):
        hall.act("sj.checker", notice.code, APPEAL)
