"""R05: a special procedure that took longer than the applicant was told."""

from tests.hall import Hall
from tests.talking import under_review
from tests.watch.looking import found, matters, proven_by


def test_a_test_that_took_longer_than_told_is_found_and_one_that_did_not_is_not(
    hall: Hall,
) -> None:
    slow, quick = under_review(hall), under_review(hall)
    for number in (slow, quick):
        hall.suspend(number, "R11", days=3)
    hall.at("2026-03-05T10:00")  # the second, the third and the fourth were told
    hall.resume(quick, "R11")
    assert matters(hall, "R05") == []
    hall.at("2026-03-06T10:00")
    assert matters(hall, "R05") == [(slow, "R11")]  # it is still open
    hall.at("2026-03-09T10:00")
    hall.resume(slow, "R11")
    [one] = found(hall, "R05")
    assert (one.case, one.item, one.department) == (slow, "R11", "ZJ")
    assert one.facts == {"procedure": "水质检测", "planned": 3, "days": 5}
    assert proven_by(hall, one) == ["approve_pause", "resume_deadline"]
    assert one.at.isoformat().startswith("2026-03-04")
