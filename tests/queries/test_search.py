"""Cases by number, applicant or state."""

import pytest

from tests.hall import Hall
from workflows.actions.withdraw import Withdraw
from workflows.queries.search import find_case, search
from workflows.states import CaseState


def found(
    hall: Hall, words: str, state: CaseState | None = None, page: int = 1
) -> tuple[list[str], int]:
    """The numbers of the cases on a page, and how many there are."""
    with hall.read() as session:
        rows, total = search(session, words, state, hall.clock.now(), hall.services.calendar, page)
    return [row.case.number for row in rows], total


def test_a_case_is_found_by_the_beginning_of_its_number_the_newest_first(hall: Hall) -> None:
    first, second = hall.receive(), hall.receive()
    assert found(hall, "3307002026") == ([second, first], 2)
    assert found(hall, second) == ([second], 1)
    assert found(hall, first[1:]) == ([], 0)


def test_an_applicant_is_found_by_part_of_the_name_and_by_the_whole_number(hall: Hall) -> None:
    number = hall.receive(applicant="老李面馆", applicant_number="330702198001011232")
    hall.receive()
    assert found(hall, "李面") == ([number], 1)
    assert found(hall, "330702198001011232") == ([number], 1)
    assert found(hall, "33070219800101") == ([], 0)


@pytest.mark.parametrize("words", ["%", "_", "李%馆", "' OR 1=1 --"])
def test_nothing_in_the_words_is_a_pattern(hall: Hall, words: str) -> None:
    hall.receive(applicant="老李面馆")
    assert found(hall, words) == ([], 0)


def test_the_state_narrows_the_search(hall: Hall) -> None:
    number, other = hall.receive(), hall.receive()
    hall.act("window1", number, Withdraw("不再开店"))
    assert found(hall, "", CaseState.WITHDRAWN) == ([number], 1)
    assert found(hall, "", CaseState.SUBMITTED) == ([other], 1)
    assert found(hall, "金味", CaseState.CLOSED) == ([], 0)


def test_a_long_list_has_pages(hall: Hall) -> None:
    numbers = [hall.receive() for _ in range(21)]
    assert found(hall, "") == (numbers[:0:-1], 21)
    assert found(hall, "", page=2) == (numbers[:1], 21)


def test_one_case_is_found_by_its_whole_number_only(hall: Hall) -> None:
    number = hall.receive()
    with hall.read() as session:
        case = find_case(session, number)
        assert case is not None
        assert case.number == number
        assert find_case(session, number[:-1]) is None
