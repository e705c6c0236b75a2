"""修改通报: the words, never the figures; not after it was signed."""

import pytest

from tests.evidence import only, path, refused
from tests.hall import Hall
from tests.watch.bulletins import drafted
from workflows.actions.bulletins import LONGEST, BulletinNotFound, BulletinTooLong
from workflows.actions.edit_bulletin import EditBulletin
from workflows.actions.sign_off_bulletin import SignOffBulletin
from workflows.permissions import Role
from workflows.states import NotAllowedInState

WORDS = EditBulletin("综述", "超期集中在消防", "约谈")


def test_history_knows_what_was_changed(hall: Hall) -> None:
    bulletin = drafted(hall)
    done = hall.act("supervisor", bulletin.key, WORDS)
    assert (done.summary, done.problems, done.next_steps) == ("综述", "超期集中在消防", "约谈")
    row = hall.history(bulletin.key)[-1]
    assert path(row) == ("draft", "draft") and row.details["changed"]["problems"] == done.problems
    assert done.figures_hash == bulletin.figures_hash
    only(hall, bulletin.key, WORDS, Role.SUPERVISOR)


def test_what_is_signed_is_not_edited(hall: Hall) -> None:
    bulletin = drafted(hall)
    hall.act("mayor", bulletin.key, SignOffBulletin())
    with refused(hall, NotAllowedInState):
        hall.act("supervisor", bulletin.key, WORDS)


@pytest.mark.parametrize("key", ["bulletin:99", "bulletin:x", ""])
def test_a_bulletin_there_is_not_is_refused(hall: Hall, key: str) -> None:
    with refused(hall, BulletinNotFound):
        hall.act("supervisor", key, WORDS)


def test_a_text_has_an_end(hall: Hall) -> None:
    bulletin = drafted(hall)
    with refused(hall, BulletinTooLong, str(LONGEST)):
        hall.act("supervisor", bulletin.key, EditBulletin("长" * (LONGEST + 1), "", ""))
