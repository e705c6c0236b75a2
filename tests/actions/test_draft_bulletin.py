"""拟稿: the figures are frozen, with the moment and a hash, and history knows which."""

from datetime import date

from sqlalchemy import text

from tests.evidence import only, path, refused
from tests.hall import Hall
from tests.watch.bulletins import draft, drafted
from workflows.actions.draft_bulletin import PeriodNotOver
from workflows.actions.edit_bulletin import EditBulletin
from workflows.models import Bulletin
from workflows.models.bulletin import digest_of
from workflows.permissions import Role

MARCH = date(2026, 3, 1), date(2026, 3, 31)


def test_figures_are_frozen_and_what_happens_later_leaves_them_as_they_are(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-04-01T10:00")
    bulletin = hall.act("supervisor", "", draft(hall, *MARCH))
    assert bulletin.figures["items"]["finished"] == 1
    assert bulletin.figures_hash == digest_of(bulletin.figures)
    (row,) = hall.history(bulletin.key)
    assert path(row) == ("new", "draft") and row.details["figures"] == bulletin.figures_hash
    hall.grant(number, "R01")
    with hall.read() as session:
        kept = session.get_one(Bulletin, bulletin.id)
        assert kept.figures == bulletin.figures and kept.whole


def test_a_period_that_goes_on_has_no_bulletin(hall: Hall) -> None:
    hall.at("2026-03-31T10:00")
    with refused(hall, PeriodNotOver, "2026-03-31"):
        hall.act("supervisor", "", draft(hall, *MARCH))
    only(hall, "", draft(hall, *MARCH), Role.SUPERVISOR)


def test_figures_that_somebody_changed_are_noticed(hall: Hall) -> None:
    bulletin = drafted(hall)
    with hall.services.database.writers() as session, session.begin():
        row = session.get_one(Bulletin, bulletin.id)
        row.figures = {**row.figures, "cases": {**row.figures["cases"], "late": 7}}
    with hall.read() as session:
        assert not session.get_one(Bulletin, bulletin.id).whole
        assert session.execute(text("SELECT count(*) FROM bulletins")).scalar() == 1
    hall.act("supervisor", bulletin.key, EditBulletin("综述", "问题", "下一步"))
