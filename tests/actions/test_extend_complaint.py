"""投诉延期: once, before the time is over, by the supervisors."""

from server.view import minute
from tests.complaints import running, signed_for
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.extend_complaint import ExtendComplaint, ExtensionTooLate
from workflows.permissions import Role

MORE = ExtendComplaint("需要鉴定")


def test_it_is_fifteen_working_days_longer_and_only_once(hall: Hall) -> None:
    one = signed_for(hall)
    assert minute(running(hall, one)["handle"].due_at) == "2026-03-23 23:59"
    only(hall, one.key, MORE, Role.SUPERVISOR)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", one.key, ExtendComplaint(""))
    assert path(one_row(hall, "supervisor", one.key, MORE)) == ("investigating", "investigating")
    assert minute(running(hall, one)["handle"].due_at) == "2026-04-14 23:59"
    with refused(hall, ExtensionTooLate):
        hall.act("supervisor", one.key, MORE)


def test_after_the_end_it_cures_nothing(hall: Hall) -> None:
    one = signed_for(hall)
    hall.at("2026-03-24T00:00")
    with refused(hall, ExtensionTooLate):
        hall.act("supervisor", one.key, MORE)
