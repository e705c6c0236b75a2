"""签发: a second person signs, the number is the next of the year, and it is archived."""

from tests.evidence import only, path, refused
from tests.hall import Hall
from tests.watch.bulletins import drafted
from workflows.actions.edit_bulletin import EditBulletin
from workflows.actions.sign_off_bulletin import (
    BulletinEmpty,
    FiguresBroken,
    OwnBulletin,
    SignOffBulletin,
)
from workflows.models import Bulletin
from workflows.permissions import Role

SIGN = SignOffBulletin()


def test_who_wrote_in_it_does_not_sign_it(hall: Hall) -> None:
    bulletin = drafted(hall)
    with refused(hall, OwnBulletin):
        hall.act("supervisor", bulletin.key, SIGN)
    only(hall, bulletin.key, SIGN, Role.SUPERVISOR, Role.GOVERNMENT)


def test_numbers_follow_each_other_when_they_are_signed(hall: Hall) -> None:
    first, second = drafted(hall), drafted(hall)
    later = hall.act("mayor", second.key, SIGN)
    done = hall.act("mayor", first.key, SIGN)
    assert [(one.year, one.number) for one in (later, done)] == [(2026, 1), (2026, 2)]
    row = hall.history(second.key)[-1]
    assert path(row) == ("draft", "signed")
    assert row.details["number"] == "2026-1" and row.details["figures"] == second.figures_hash


def test_what_says_nothing_or_was_changed_behind_the_back_is_not_signed(hall: Hall) -> None:
    bulletin = drafted(hall)
    hall.act("supervisor", bulletin.key, EditBulletin("", "", ""))
    with refused(hall, BulletinEmpty):
        hall.act("mayor", bulletin.key, SIGN)
    with hall.services.database.writers() as session, session.begin():
        row = session.get_one(Bulletin, bulletin.id)
        row.figures = {**row.figures, "windows": []}
        row.figures_hash = "0" * 64
    with refused(hall, FiguresBroken):
        hall.act("mayor", bulletin.key, SIGN)
