"""A supervisor issues a 督办单 by hand: with a reason and a day, once; the case stays as it is."""

import pytest

from server.view import minute
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.watching import ISSUE, card_of, issued, told
from workflows.actions.base import CaseNotFound
from workflows.actions.cards import CardTextMissing, ReplyOutOfReach
from workflows.actions.issue_card import AlreadyIssued, IssueCard, NobodyAnswers
from workflows.errors import WorkflowError
from workflows.permissions import Role


def test_about_an_item_with_its_reply_date_and_the_rows_that_prove_it(hall: Hall) -> None:
    number = hall.accepted()
    before = hall.case(number)
    action = IssueCard("t", "yellow", "三天没有进展，请说明", 2, case=number, item="R08",
                       law="优化营商环境条例第三十六条", evidence=[1, 2, 99])  # fmt: skip
    row = one_row(hall, "supervisor", "", action)
    assert (path(row), row.details["department"]) == (("new", "open"), "SJ")
    card = card_of(hall, "2026-1")
    assert minute(card.reply_due) == "2026-03-04 23:59"
    assert card.evidence == [[number, 1], [number, 2]] and card.rule is None
    assert card.raised_by_id == hall.actor("supervisor").person_id
    after = hall.case(number)
    assert (after.history_length, after.state) == (before.history_length, before.state)
    assert told(hall, card) == [("yellow", "handler"), ("yellow", "checker")]


def test_a_double_click_issues_one(hall: Hall) -> None:
    card = issued(hall, department="SJ")
    with refused(hall, AlreadyIssued, card.number):
        issued(hall, department="SJ")
    assert issued(hall, department="SJ", token="another form").number == "督〔2026〕2号"


def test_about_a_department_and_no_case(hall: Hall) -> None:
    card = issued(hall, department="SJ", level="red")
    assert (card.case_id, card.theme, card.region) == (None, "", "cn")
    assert [sent["paper"] for sent in card.papers] == ["rectification"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"department": "XX"}, NobodyAnswers),
        ({"department": "", "case": ""}, NobodyAnswers),
        ({"department": "SJ", "case": "no such case"}, CaseNotFound),
        ({"department": "SJ", "reply": 0}, ReplyOutOfReach),
        ({"department": "SJ", "reply": 61}, ReplyOutOfReach),
        ({"department": "SJ", "reason": "  快 "}, CardTextMissing),
    ],
)
def test_what_nobody_could_answer_is_refused(
    hall: Hall, changes: dict[str, str], error: type[WorkflowError]
) -> None:
    with refused(hall, error):
        issued(hall, **changes)


def test_an_item_answers_through_its_own_department(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NobodyAnswers):
        issued(hall, case=number, item="R99")
    with refused(hall, NobodyAnswers):
        issued(hall, case=number, item="R08", department="GA")


def test_only_supervisors_issue(hall: Hall) -> None:
    only(hall, "", ISSUE, Role.SUPERVISOR)
