"""R15: seats that stayed empty at a joint visit."""

from tests.hall import Hall
from tests.talking import seats, visited
from tests.watch.looking import found, matters, proven_by
from workflows.actions.record_attendance import RecordAttendance
from workflows.models import Answer


def test_who_stays_away_is_found_with_a_reason_or_without_and_who_comes_is_not(
    hall: Hall,
) -> None:
    number = visited(hall)  # R08, R09 and R10 on Wednesday
    seat = {code: row.id for code, row in seats(hall, number).items()}
    hall.act("xf.handler", number, RecordAttendance(seat["XF"], False, None, "另有紧急任务"))
    hall.at("2026-03-04T11:00")
    came = RecordAttendance(seat["SJ"], True, Answer.AGREE, "符合要求")
    hall.act("sj.handler", number, came)
    assert matters(hall, "R15") == [(number, "R09")]
    hall.at("2026-03-06T09:00")
    hall.sweep()
    away = found(hall, "R15")
    assert [(one.item, one.department, one.facts["reason"]) for one in away] == [
        ("R09", "XF", "另有紧急任务"), ("R10", "CG", "")
    ]  # fmt: skip
    assert [proven_by(hall, one) for one in away] == [["record_attendance"], ["expire_attendance"]]
