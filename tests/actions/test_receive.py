"""收件: one form, one set of materials, one receipt, and five working days begin."""

from dataclasses import replace
from typing import Any

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import LARGE, Hall
from workflows.actions.base import ProcessNotFound
from workflows.actions.materials import MaterialUnknown
from workflows.actions.numbers import check_digit
from workflows.actions.receive import AlreadyReceived, ApplicantMissing
from workflows.catalogue.contents import AnswerInvalid
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState


def test_the_receipt_starts_the_five_working_days_of_the_notice_and_no_other_clock(
    hall: Hall,
) -> None:
    case = hall.case(hall.receive())
    assert case.state is CaseState.SUBMITTED
    [clock] = case.deadlines
    assert (clock.clock, clock.basis, clock.limit) == (Clock.NOTICE, Basis.STATUTORY, "5wd")
    assert day(clock.due_at) == "2026-03-09"


def test_the_questionnaire_decides_which_items_are_needed(hall: Hall) -> None:
    small, large = hall.case(hall.receive()), hall.case(hall.receive(LARGE))
    assert [item.code for item in small.items] == ["R01", "R02", "R03", "R08", "R13"]
    assert len(large.items) == 15
    assert {item.state for item in large.items} == {ItemState.WAITING}


def test_a_material_that_many_items_share_is_handed_in_once(hall: Hall) -> None:
    materials = hall.case(hall.receive(LARGE)).materials
    assert len({material.code for material in materials}) == len(materials)
    shared = next(material for material in materials if material.code == "M03")
    assert shared.items == ["R01", "R09", "R10", "R11", "R12", "R15"]
    assert shared.received_at == hall.clock.now()


def test_what_the_hall_fetches_itself_is_not_asked_of_the_applicant(hall: Hall) -> None:
    number = hall.receive()
    fetched = {material.code for material in hall.case(number).materials if material.fetched}
    assert fetched == {"M02", "M05", "M06"}
    assert not fetched & set(hall.history(number)[0].details["materials"])


def test_a_material_that_the_application_does_not_need_is_not_taken(hall: Hall) -> None:
    with refused(hall, MaterialUnknown, "M16、M99"):
        hall.receive(process="construction", materials=["K01", "M99", "M16"])


def test_numbers_run_on_through_the_day_and_notice_a_slip_of_the_pen(hall: Hall) -> None:
    first, second = hall.receive(), hall.receive()
    assert first[:-1] == "33070020260302000001"
    assert second[:-1] == "33070020260302000002"
    assert first[-1] == check_digit(first[:-1])
    slip = first.replace("000001", "000010")
    assert slip[-1] != check_digit(slip[:-1])


def test_the_numbers_of_another_day_begin_again(hall: Hall) -> None:
    hall.receive()
    hall.at("2026-03-03T00:10")
    assert hall.receive()[6:-1] == "20260303000001"


def test_the_same_form_sent_twice_is_received_once(hall: Hall) -> None:
    number = hall.receive(token="the form on the screen")
    with refused(hall, AlreadyReceived, number):
        hall.receive(token="the form on the screen")


@pytest.mark.parametrize("field", ["applicant", "applicant_number", "phone"])
def test_an_application_needs_name_number_and_telephone(hall: Hall, field: str) -> None:
    changes: dict[str, Any] = {field: "  "}
    with refused(hall, ApplicantMissing):
        hall.act("window1", "", replace(hall.application(), **changes))


def test_an_answer_of_the_wrong_kind_or_to_no_question_is_refused(hall: Hall) -> None:
    with refused(hall, AnswerInvalid, "是否招用员工"):
        hall.act("window1", "", hall.application(answers={"has_employees": 3}))
    with refused(hall, AnswerInvalid):
        hall.receive(answers={"has_moustache": True})


def test_only_a_published_process_can_be_applied_for(hall: Hall) -> None:
    with refused(hall, ProcessNotFound, "moon_landing"):
        hall.act("window1", "", replace(hall.application(), process="moon_landing"))


def test_only_the_window_receives(hall: Hall) -> None:
    only(hall, "", hall.application(), Role.WINDOW, Role.WINDOW_LEAD)


def test_receiving_writes_one_row_with_version_items_and_materials(hall: Hall) -> None:
    row = one_row(hall, "window1", "", hall.application())
    assert path(row) == ("new", "submitted")
    assert row.details["version"] == "restaurant@1"
    assert row.details["items"] == ["R01", "R02", "R03", "R08", "R13"]
    assert row.details["materials"] == ["M01", "M03", "M04", "M07", "M08", "M09", "M16"]
