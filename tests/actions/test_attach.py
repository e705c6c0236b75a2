"""附件: history says what was attached; a name leads nowhere, a closed task takes nothing."""

import pytest
from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.files import attach
from tests.hall import Hall
from workflows.actions import files as module
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.files import FileUnfit, TooManyFiles
from workflows.actions.work import ItemUnknown
from workflows.engine import TaskNotOpen
from workflows.models import Attachment
from workflows.permissions import Role
from workflows.queries.around import attachments
from workflows.states import NotAllowedInState


def test_the_history_says_which_file_it_was(hall: Hall) -> None:
    number = hall.accepted()
    row = one_row(hall, "sj.handler", number, attach(item="R08"))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "file": "现场.pdf", "media_type": "application/pdf", "size": 5,
        "sha256": "0a" * 32, "for_applicant": False,
    }  # fmt: skip
    with hall.read() as session:
        [kept] = attachments(session, hall.case(number).id)
    assert (kept.by, kept.at, kept.for_applicant) == (row.actor, row.at, False)
    assert kept.item_id == hall.item(number, "R08").id


def test_a_file_of_a_task_belongs_to_its_item(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.task(number, "R08")
    assert one_row(hall, "sj.handler", number, attach(task=task.id)).details["item"] == "R08"
    with hall.read() as session:
        assert session.scalars(select(Attachment.task_id)).all() == [task.id]


def test_a_closed_task_and_a_task_of_another_case_take_no_file(hall: Hall) -> None:
    number, other = hall.accepted(), hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    hall.opine(number, "R08")
    for wrong in (task.id, hall.task(other, "R08").id, 10**9, 10**20):
        with refused(hall, TaskNotOpen):
            hall.act("sj.handler", number, attach(task=wrong))


@pytest.mark.parametrize(
    "name",
    [
        "", "../../secret.pdf", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "a\r\nSet-Cookie: x.pdf",
        "\u202efdp.exe.pdf", "x.html", "x.pdf.svg", "x" * 200 + ".pdf", "\x00.pdf",
    ],
)  # fmt: skip
def test_a_name_is_a_name_and_nothing_else(hall: Hall, name: str) -> None:
    number = hall.receive()
    with refused(hall, FileUnfit):
        hall.act("window1", number, attach(name))


def test_kind_size_and_hash_are_checked_of_a_program_as_well(hall: Hall) -> None:
    number = hall.receive()
    wrong = (
        {"media_type": "text/html"}, {"media_type": "image/svg+xml"}, {"media_type": "image/png"},
        {"size": 0}, {"size": 2**40}, {"sha256": "../../etc"}, {"sha256": "0A" * 32},
        {"sha256": ""},
    )  # fmt: skip
    for facts in wrong:
        with refused(hall, FileUnfit):
            hall.act("window1", number, attach(**facts))
    with refused(hall, ItemUnknown):
        hall.act("window1", number, attach(item="R99"))


def test_a_case_is_no_file_server(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    number = hall.receive()
    hall.act("window1", number, attach())
    hall.act("window1", number, attach())
    with refused(hall, TooManyFiles):
        hall.act("window1", number, attach())


def test_a_case_that_was_declined_takes_nothing_more(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_REQUIRED, "依法不需要许可"))
    hall.act("window1", number, attach())
    hall.act("lead", number, ConfirmDecline(True, "同意"))
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, attach())


def test_only_window_and_departments_attach(hall: Hall) -> None:
    only(hall, hall.receive(), attach(), Role.WINDOW, Role.WINDOW_LEAD, Role.APPROVER)
