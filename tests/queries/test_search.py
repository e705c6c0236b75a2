"""Cases by number, applicant, words or state."""

import pytest

from server.scheduler import index_once
from tests.hall import Hall
from workflows.actions.withdraw import Withdraw
from workflows.queries.filters import Filter, Part
from workflows.queries.search import find_case, search
from workflows.states import CaseState


def found(
    hall: Hall, words: str, state: CaseState | None = None, page: int = 1
) -> tuple[list[str], int]:
    """The numbers of the cases on a page, and how many there are."""
    part = Part(Filter(words=words, case_state=state), page)
    with hall.read() as session:
        rows, all_found = search(session, hall.clock.now(), hall.services.calendar, part)
    return [row.case.number for row in rows], len(all_found.ids)


def test_a_case_is_found_by_the_beginning_of_its_number_the_newest_first(hall: Hall) -> None:
    first, second = hall.receive(), hall.receive()
    assert found(hall, "3307002026") == ([second, first], 2)
    assert found(hall, second) == ([second], 1)
    assert found(hall, first[1:]) == ([], 0)


def test_an_applicant_is_found_by_part_of_the_name_and_by_the_whole_number(hall: Hall) -> None:
    number = hall.receive(applicant="老李面馆", applicant_number="330702198001011232")
    hall.receive()
    for indexed in (False, True):
        assert found(hall, "李面") == ([number], 1), f"indexed: {indexed}"
        assert found(hall, "老李面馆") == ([number], 1)
        assert found(hall, "李") == ([number], 1)
        assert found(hall, "330702198001011232") == ([number], 1)
        assert found(hall, "33070219800101") == ([], 0)
        index_once(hall.services)


def test_what_was_said_in_an_opinion_is_found_once_it_was_read(hall: Hall) -> None:
    number, other = hall.decided(), hall.accepted()
    assert index_once(hall.services) > 0
    assert index_once(hall.services) == 0, "nothing new was said"
    assert found(hall, "依法决定") == ([number], 1)
    assert found(hall, "依法不决定") == ([], 0)
    hall.grant(other, "R01")
    assert index_once(hall.services) == 1
    assert found(hall, "法决") == ([other, number], 2)


def test_a_licence_is_found_by_the_beginning_of_its_number(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    licence = hall.item(number, "R01").document_number or ""
    assert found(hall, licence) == ([number], 1)
    assert found(hall, licence[:8]) == ([number], 1)


def test_full_width_and_capitals_make_no_difference(hall: Hall) -> None:
    number = hall.receive(applicant="ＡＢＣ咖啡")
    index_once(hall.services)
    assert found(hall, "abc咖") == ([number], 1)


@pytest.mark.parametrize("words", ["%", "_", "李%馆", "' OR 1=1 --", "\\", "𠮷野"])
def test_nothing_in_the_words_is_a_pattern(hall: Hall, words: str) -> None:
    hall.receive(applicant="老李面馆")
    index_once(hall.services)
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
