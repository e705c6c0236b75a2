"""A matter that a rule has found becomes a card: once, numbered, with those told who answer."""

from server.view import minute
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.watching import card_of, found, raised, rungs, told
from workflows.actions.base import CaseNotFound
from workflows.actions.raise_card import CardKnown, RaiseCard
from workflows.permissions import Role
from workflows.queries.timeline import verify_all
from workflows.states import CardState, Level


def test_a_yellow_card_asks_the_section_for_an_answer_in_a_working_day(hall: Hall) -> None:
    number = hall.accepted()
    matter = found(number, at=hall.clock.now(), facts={"due": hall.clock.now()})
    row = one_row(hall, "system", "", RaiseCard(matter, Level.YELLOW))
    assert (path(row), row.subject) == (("new", "open"), "card:2026-1")
    assert row.details["paper"] == "supervision" and row.details["to"] == "handler checker"
    card = card_of(hall, "2026-1")
    assert (card.number, card.department_code, card.theme) == ("督〔2026〕1号", "SJ", "restaurant")
    assert minute(card.reply_due) == "2026-03-03 23:59" and card.scored
    assert minute(card.appeal_until) == "2026-03-05 23:59"
    assert minute(card.next_at) == "2026-03-04 00:00"
    assert (card.facts, card.evidence) == ({"due": "2026-03-02 09:30"}, [[number, 1]])
    assert [sent["number"] for sent in card.papers] == ["督〔2026〕1号"]
    assert told(hall, card) == [("yellow", "handler"), ("yellow", "checker")]
    assert rungs(hall, card) == [0]


def test_a_red_card_is_a_numbered_paper_for_the_leader_and_the_supervisors(hall: Hall) -> None:
    card = raised(hall, Level.RED)
    assert [whom for _light, whom in told(hall, card)] == ["checker", "approver", "supervisor"]
    assert [(p["paper"], p["number"]) for p in card.papers] == [("rectification", "整〔2026〕1号")]
    assert minute(card.reply_due) == "2026-03-05 23:59"


def test_a_notice_asks_for_nothing_and_counts_for_nothing(hall: Hall) -> None:
    card = raised(hall, Level.NOTICE)
    assert (card.state, card.scored) == (CardState.NOTED, False)
    assert (card.reply_due, card.appeal_until, card.next_at) == (None, None, None)
    assert told(hall, card) == [("yellow", "handler"), ("yellow", "checker")]


def test_the_same_matter_found_again_raises_no_second_card(hall: Hall) -> None:
    card = raised(hall)
    number = hall.case(card.matter.split("/")[0]).number if card.matter else ""
    with refused(hall, CardKnown, card.number):
        raised(hall, Level.RED, number)
    other = raised(hall, number=number, key="another")
    assert other.number == "督〔2026〕2号", "no number is lost by what was refused"
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))


def test_what_no_department_answers_for_goes_to_the_lead_of_the_window(hall: Hall) -> None:
    card = raised(hall, number=hall.receive(), item=None, key="no notice")
    assert card.department_code is None
    assert told(hall, card) == [("yellow", "window_lead")]


def test_only_the_clockwork_raises_cards_and_only_of_cases_there_are(hall: Hall) -> None:
    number = hall.accepted()
    matter = found(number, at=hall.clock.now())
    only(hall, "", RaiseCard(matter, Level.RED), Role.SYSTEM)
    with refused(hall, CaseNotFound):
        hall.act("system", "", RaiseCard(found("no case", at=hall.clock.now()), Level.RED))
