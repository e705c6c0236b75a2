"""补交材料: every version stays, what ran out is not taken, what is taken over has an origin."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.files import attach
from tests.hall import Hall
from workflows.actions.accept import Accept
from workflows.actions.attach import NotHandedIn
from workflows.actions.hand_in import HandIn
from workflows.actions.materials import (
    MadeOutAhead,
    MaterialExpired,
    MaterialUnknown,
    NewOrReused,
    NothingHandedIn,
    NotReusable,
)
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.models import Attachment, CaseMaterial, MaterialVersion, Notice
from workflows.permissions import Role
from workflows.queries.materials import Version, reusable, versions


def material(hall: Hall, number: str, code: str) -> CaseMaterial:
    return next(row for row in hall.case(number).materials if row.code == code)


def kept(hall: Hall, number: str, code: str) -> list[Version]:
    """The versions of a material, the latest first."""
    with hall.read() as session:
        case = hall.case(number)
        return versions(session, case).get(material(hall, number, code).id, [])


def version_of(hall: Hall, number: str, code: str) -> int:
    return kept(hall, number, code)[0].id


def test_what_is_handed_in_again_is_a_new_version_and_the_earlier_one_stays(hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-03-04T10:00")
    row = one_row(hall, "window2", number, HandIn(["M07"]))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"materials": ["M07"], "versions": {"M07": 2}}
    [second, first] = kept(hall, number, "M07")
    assert (second.number, first.number) == (2, 1)
    assert (first.by, second.by) == (hall.actor("window1").name, row.actor)
    assert (second.at, material(hall, number, "M07").received_at) == (row.at, row.at)


def test_departments_at_work_with_a_material_hear_of_its_new_version(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("window1", number, HandIn(["M07"]))
    with hall.read() as session:
        told = session.scalars(select(Notice)).all()
    assert [(row.department_code, row.duty, row.params["version"]) for row in told] == [
        ("SJ", "handler", 2)
    ]


def test_a_supplement_is_a_new_version_as_well(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, ReturnForSupplement({"M07": "没有标注尺寸"}))
    hall.at("2026-03-05T11:00")
    hall.act("window1", number, Supplement(["M07"]))
    assert [one.number for one in kept(hall, number, "M07")] == [2, 1]


def test_what_has_run_out_is_not_taken_and_the_last_day_still_counts(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    for until in (date(2026, 3, 1), date(2020, 1, 1)):
        with refused(hall, MaterialExpired, "经营场所使用证明.*已经过期"):
            hall.act("window1", number, HandIn(["M03"], {"M03": until}))
    row = one_row(hall, "window1", number, HandIn(["M03"], {"M03": date(2026, 3, 2)}))
    assert row.details["valid_until"] == {"M03": "2026-03-02"}
    assert material(hall, number, "M03").valid_until == date(2026, 3, 2)
    with refused(hall, MaterialExpired):
        hall.act("window1", "", hall.application(dates={"M03": date(2026, 3, 1)}))


def test_a_length_counts_from_the_day_a_document_was_made_out(hall: Hall) -> None:
    answers = {"has_signboard": True}
    for made_out, error in ((date(2025, 12, 1), MaterialExpired), (date(2026, 3, 3), MadeOutAhead)):
        with refused(hall, error):
            hall.act("window1", "", hall.application(answers, dates={"M13": made_out}))
    number = hall.receive(answers, dates={"M13": date(2026, 1, 1)})
    assert material(hall, number, "M13").valid_until == date(2026, 4, 1)
    other = hall.receive(answers)
    assert material(hall, other, "M13").valid_until == date(2026, 5, 31), "from today"


def test_what_the_applicant_handed_in_before_is_taken_over_with_its_origin(hall: Hall) -> None:
    until = date(2026, 12, 31)
    earlier = hall.receive(dates={"M03": until})
    origin = version_of(hall, earlier, "M03")
    hall.at("2026-04-07T10:00")
    action = hall.application(without=["M03"], reuse={"M03": origin})
    row = hall.history(hall.act("window1", "", action).number)[0]
    assert row.details["reused"] == {"M03": earlier}
    [version] = kept(hall, row.subject, "M03")
    assert (version.origin_id, version.origin, version.valid_until) == (origin, earlier, until)
    assert material(hall, row.subject, "M03").received_at == row.at
    with hall.read() as session:
        name = material(hall, earlier, "M03").name
        offered = reusable(session, "91330700MA29ABCD1G", {name}, date(2026, 4, 8))
        assert offered[name].version_id == origin, "the origin is offered, not what rests on it"
        assert not reusable(session, "91330700MA29ABCD1G", {name}, date(2027, 1, 1))
        assert not reusable(session, "330702199203154615", {name}, date(2026, 4, 8))


def test_nothing_else_is_taken_over(hall: Hall) -> None:
    earlier = hall.receive(dates={"M03": date(2026, 4, 1)})
    good, drawn = version_of(hall, earlier, "M03"), version_of(hall, earlier, "M07")
    stranger = hall.receive(applicant_number="330702199203154615")
    theirs = version_of(hall, stranger, "M03")
    for reuse in ({"M03": theirs}, {"M03": drawn}, {"M03": 10**9}, {"M07": drawn}):
        with refused(hall, NotReusable):
            hall.act("window1", "", hall.application(without=list(reuse), reuse=reuse))
    with refused(hall, NewOrReused):
        hall.act("window1", "", hall.application(reuse={"M03": good}))
    with refused(hall, MaterialUnknown):
        hall.act("window1", "", hall.application(reuse={"M99": good}))
    hall.at("2026-04-07T10:00")
    with refused(hall, NotReusable, "仍然有效"):
        hall.act("window1", "", hall.application(without=["M03"], reuse={"M03": good}))


def test_what_was_found_wrong_is_not_offered_until_it_is_mended(hall: Hall) -> None:
    earlier = hall.receive()
    wrong = version_of(hall, earlier, "M03")
    hall.act("window1", earlier, ReturnForSupplement({"M03": "租期不明"}))
    with refused(hall, NotReusable):
        hall.act("window1", "", hall.application(without=["M03"], reuse={"M03": wrong}))
    hall.act("window1", earlier, Supplement(["M03"]))
    mended = version_of(hall, earlier, "M03")
    hall.act("window1", "", hall.application(without=["M03"], reuse={"M03": mended}))
    other = hall.receive(without=["M03"])
    hall.act("window1", other, ReturnForSupplement({"M03": "没有提交"}))
    hall.act("window1", other, Supplement(reuse={"M03": mended}))
    assert [one.origin for one in kept(hall, other, "M03")] == [earlier]


def test_a_scan_belongs_to_the_version_that_is_here(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    with refused(hall, NotHandedIn):
        hall.act("window1", number, attach(material="M03"))
    with refused(hall, MaterialUnknown):
        hall.act("window1", number, attach(material="M99"))
    row = one_row(hall, "window1", number, attach(material="M07"))
    assert row.details["material"] == "M07"
    hall.act("window1", number, HandIn(["M07"]))
    hall.act("window1", number, attach(material="M07"))
    query = select(MaterialVersion.number).join(
        Attachment, Attachment.version_id == MaterialVersion.id
    )
    with hall.read() as session:
        assert session.scalars(query.order_by(Attachment.id)).all() == [1, 2]


def test_nothing_irrelevant_and_nothing_at_all_is_not_handed_in(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, NothingHandedIn):
        hall.act("window1", number, HandIn())
    for code in ("M10", "M02", "x"):  # not needed; fetched from other registers; no such
        with refused(hall, MaterialUnknown):
            hall.act("window1", number, HandIn([code]))


def test_before_acceptance_what_is_lacking_is_put_right_on_the_spot(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    assert path(one_row(hall, "window1", number, HandIn(["M03"]))) == ("submitted", "submitted")
    hall.act("window1", number, Accept())


@pytest.mark.parametrize("code", ["M03"])
def test_only_the_window_takes_materials_in(hall: Hall, code: str) -> None:
    only(hall, hall.receive(), HandIn([code]), Role.WINDOW, Role.WINDOW_LEAD)
