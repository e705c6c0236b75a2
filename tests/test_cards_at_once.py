"""The same matter found by two at the same moment has one card; a double click issues one."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

from tests.hall import Hall
from tests.test_races import Job, all_chains_are_whole, at_once
from tests.watching import ANSWER, APPEAL, ISSUE, card_of, found, raised
from workflows.actions.raise_card import RaiseCard
from workflows.models import Card, CardRung
from workflows.states import CardState, Level


def test_one_matter_one_card_and_no_number_is_lost(hall: Hall) -> None:
    number = hall.accepted()
    matter = RaiseCard(found(number, at=hall.clock.now()), Level.YELLOW)
    order = replace(ISSUE, department="SJ")
    jobs: list[Job] = [("system", "", matter)] * 3 + [("supervisor", "", order)] * 3
    outcomes = at_once(hall, jobs)
    assert outcomes == Counter(done=2, card_known=2, already_issued=2)
    with hall.read() as session:
        numbers = set(session.scalars(select(Card.number)))
        assert numbers == {"督〔2026〕1号", "督〔2026〕2号"}
        assert session.scalar(select(func.count()).select_from(CardRung)) == 2
    assert all_chains_are_whole(hall)


def test_an_answer_and_an_appeal_at_the_same_moment_are_both_on_the_record(hall: Hall) -> None:
    card = raised(hall)
    jobs: list[Job] = [("sj.checker", card.code, ANSWER), ("sj.approver", card.code, APPEAL)]
    outcomes = at_once(hall, jobs)
    after = card_of(hall, card.code)
    assert after.state is CardState.APPEALED and after.next_at is None
    in_order = outcomes == Counter(done=2)
    assert in_order or outcomes == Counter(done=1, not_allowed_in_state=1)
    assert (after.answer is not None) is in_order
    assert all_chains_are_whole(hall)
