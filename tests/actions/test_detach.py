"""撤下附件: only one's own, only while nothing rests on it; the row and the record stay."""

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.files import attach
from tests.hall import Hall
from workflows.actions.detach import AttachmentRelied, AttachmentUnknown, Detach, NotYourAttachment
from workflows.models import Attachment
from workflows.permissions import Role
from workflows.queries.around import attachments


def attached(hall: Hall, who: str, number: str, item: str = "") -> int:
    """Attach a file; gives its id."""
    hall.act(who, number, attach(item=item))
    with hall.read() as session:
        found: int = session.scalars(select(Attachment.id).order_by(Attachment.id.desc())).all()[0]
        return found


def test_what_was_attached_by_mistake_is_taken_away_and_stays_on_record(hall: Hall) -> None:
    number = hall.accepted()
    file = attached(hall, "sj.handler", number, "R08")
    row = one_row(hall, "sj.handler", number, Detach(file))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R08", "file": "现场.pdf", "sha256": "0a" * 32}
    with hall.read() as session:
        assert attachments(session, hall.case(number).id) == []
        assert session.get_one(Attachment, file).removed_at == hall.clock.now()


def test_nobody_takes_away_what_another_has_attached(hall: Hall) -> None:
    number = hall.accepted()
    file = attached(hall, "sj.handler", number)
    with refused(hall, NotYourAttachment, hall.actor("sj.handler").name):
        hall.act("sj.checker", number, Detach(file))


def test_what_an_opinion_may_rest_on_stays(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    whole = attached(hall, "window1", number)
    mine = attached(hall, "sj.handler", number, "R08")
    other = attached(hall, "sj.handler", number, "R13")
    hall.opine(number, "R08")
    with refused(hall, AttachmentRelied):
        hall.act("sj.handler", number, Detach(mine))
    with refused(hall, AttachmentRelied):
        hall.act("window1", number, Detach(whole))
    hall.act("sj.handler", number, Detach(other))
    late = attached(hall, "sj.handler", number, "R13")
    hall.act("sj.handler", number, Detach(late))


def test_what_is_gone_or_of_another_case_cannot_be_taken_away(hall: Hall) -> None:
    number, other = hall.receive(), hall.receive()
    file = attached(hall, "window1", number)
    with refused(hall, AttachmentUnknown):
        hall.act("window1", other, Detach(file))
    hall.act("window1", number, Detach(file))
    for gone in (file, 10**9, 10**20, -1):
        with refused(hall, AttachmentUnknown):
            hall.act("window1", number, Detach(gone))


def test_only_window_and_departments_take_away(hall: Hall) -> None:
    number = hall.receive()
    file = attached(hall, "window1", number)
    only(hall, number, Detach(file), Role.WINDOW, Role.WINDOW_LEAD, Role.APPROVER)
