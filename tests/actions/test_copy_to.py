"""抄送: to each person once, by name or by post; the deputy has the copy of who is away."""

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.copy_to import AlreadyCopied, CopyTo, NobodyNamed, PostNotFound
from workflows.actions.named import NameUnknown, SeesNoCase, TextTooLong, TooManyNamed
from workflows.models import Copy
from workflows.permissions import Role


def have(hall: Hall) -> set[int]:
    """Who has a copy of anything."""
    with hall.read() as session:
        return set(session.scalars(select(Copy.person_id)))


def ids(hall: Hall, *usernames: str) -> set[int]:
    return {hall.actor(one).person_id or 0 for one in usernames}


def test_people_are_named_in_any_way_and_have_one_copy_each(hall: Hall) -> None:
    number = hall.accepted()
    row = one_row(hall, "window1", number, CopyTo("@window1，mayor、赵副市长 孙督查", note="请阅"))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"copied": ["李芳", "赵副市长", "孙督查"], "note": "请阅"}
    assert have(hall) == ids(hall, "window1", "mayor", "supervisor")


def test_a_post_is_who_acts_for_it_today(hall: Hall) -> None:
    number = hall.accepted()
    hall.away("sj.handler", "2026-03-02")
    hall.act("window1", number, CopyTo(posts=["SJ/handler", "GA/chief", ""]))
    assert have(hall) == ids(hall, "sj.handler2", "ga.chief")


def test_a_copy_is_given_once(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("window1", number, CopyTo("mayor"))
    assert one_row(hall, "lead", number, CopyTo("mayor supervisor")).details["copied"] == ["孙督查"]
    with refused(hall, AlreadyCopied, "赵副市长"):
        hall.act("lead", number, CopyTo("赵副市长"))
    hall.act("window1", hall.receive(), CopyTo("mayor"))


def test_who_is_not_there_is_named(hall: Hall) -> None:
    number = hall.accepted()
    for names, error in ((("", " ,，"), NobodyNamed), (("mayor 欧阳某某",), NameUnknown),
                         (("吴设计",), SeesNoCase)):  # fmt: skip
        for text in names:
            with refused(hall, error):
                hall.act("window1", number, CopyTo(text))
    with refused(hall, PostNotFound, "SJ/boss"):
        hall.act("window1", number, CopyTo(posts=["SJ/boss"]))
    with refused(hall, TooManyNamed):
        hall.act("window1", number, CopyTo(" ".join(f"p{n}" for n in range(21))))
    with refused(hall, TextTooLong):
        hall.act("window1", number, CopyTo("mayor", note="长" * 201))


def test_only_window_departments_and_government_give_copies(hall: Hall) -> None:
    only(hall, hall.receive(), CopyTo("mayor"), Role.WINDOW, Role.WINDOW_LEAD, Role.APPROVER,
         Role.GOVERNMENT)  # fmt: skip
