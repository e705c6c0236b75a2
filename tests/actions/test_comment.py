"""评论: said once, kept for good; whoever is mentioned is told, and nobody else."""

import pytest
from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.comment import LONGEST, Comment, CommentEmpty
from workflows.actions.named import NameShared, NameUnknown, SeesNoCase, TextTooLong, TooManyNamed
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import ItemUnknown
from workflows.models import Notice
from workflows.permissions import READERS
from workflows.queries.around import comments


def told(hall: Hall) -> list[int]:
    """Who was told something in person."""
    with hall.read() as session:
        query = select(Notice.person_id).where(Notice.person_id.is_not(None))
        return [found for found in session.scalars(query.order_by(Notice.id)) if found]


def test_what_is_said_is_in_the_history_and_changes_nothing_else(hall: Hall) -> None:
    number = hall.accepted()
    text = "门头尺寸与图纸不一致"
    row = one_row(hall, "sj.handler", number, Comment(text, item="R08"))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R08", "text": text, "mentioned": []}
    with hall.read() as session:
        assert [one.details["text"] for one in comments(session, number)] == [text]


@pytest.mark.parametrize(
    "text", ["@赵副市长 请核对", "@mayor请核对", "请＠赵副市长核对", "（@mayor）@mayor"]
)
def test_who_is_mentioned_by_name_or_user_name_is_told_once(hall: Hall, text: str) -> None:
    number = hall.accepted()
    row = one_row(hall, "sj.handler", number, Comment(text))
    assert row.details["mentioned"] == ["赵副市长"]
    assert told(hall) == [hall.actor("mayor").person_id]


def test_a_name_that_nobody_has_is_refused_and_named(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NameUnknown, "欧阳某某"):
        hall.act("sj.handler", number, Comment("@mayor @欧阳某某 请看"))
    assert told(hall) == []


def test_a_mail_address_mentions_nobody(hall: Hall) -> None:
    row = one_row(hall, "window1", hall.receive(), Comment("请寄到 a.b@example.com"))
    assert row.details["mentioned"] == []


def test_mentioning_oneself_is_no_news(hall: Hall) -> None:
    row = one_row(hall, "mayor", hall.receive(), Comment("@mayor 记得打电话"))
    assert row.details["mentioned"] == ["赵副市长"]
    assert told(hall) == []


def test_a_name_that_two_have_asks_for_the_user_name(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, NameShared, "window1、sj.handler2"):
        hall.act("lead", number, Comment("@李芳 请看"))
    hall.act("lead", number, Comment("@sj.handler2 请看"))
    assert told(hall) == [hall.actor("sj.handler2").person_id]


def test_who_sees_no_case_is_not_mentioned(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, SeesNoCase, "吴设计"):
        hall.act("window1", number, Comment("@designer1 请看"))


def test_a_comment_says_something_and_not_too_much(hall: Hall) -> None:
    number = hall.receive()
    for empty in ("", " \n", "\x00\x07"):
        with refused(hall, CommentEmpty):
            hall.act("window1", number, Comment(empty))
    with refused(hall, TextTooLong, "100000"):
        hall.act("window1", number, Comment("长" * 100_000))
    with refused(hall, TooManyNamed):
        hall.act("window1", number, Comment(" ".join(f"@某人{n}" for n in range(21))))
    hall.act("window1", number, Comment("长" * LONGEST))


def test_control_characters_are_left_out_and_lines_kept(hall: Hall) -> None:
    row = one_row(hall, "window1", hall.receive(), Comment("一\x00\x1b\r\n二"))
    assert row.details["text"] == "一\n二"


def test_only_items_of_the_case_are_spoken_of(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, ItemUnknown):
        hall.act("window1", number, Comment("请看", item="R99"))


def test_what_is_over_can_be_talked_about(hall: Hall) -> None:
    number = hall.receive()
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    hall.act("auditor", number, Comment("撤回理由已核对"))
    with hall.read() as session:
        assert len(comments(session, number)) == 1


def test_whoever_reads_cases_comments(hall: Hall) -> None:
    only(hall, hall.receive(), Comment("请看"), *READERS)
