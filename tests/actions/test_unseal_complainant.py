"""身份解封: every reading is an act of its own, with its reason and without the name."""

from tests.complaints import complained
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.unseal_complainant import NobodySealed, UnsealComplainant
from workflows.permissions import Role

NEEDED = UnsealComplainant("需要回访核实")


def test_it_leaves_a_row_and_never_the_name(hall: Hall) -> None:
    one = complained(hall)
    only(hall, one.key, NEEDED, Role.SUPERVISOR)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", one.key, UnsealComplainant(""))
    row = one_row(hall, "supervisor", one.key, NEEDED)
    assert path(row) == ("examining", "examining") and row.actor == "孙督查"
    assert "李小花" not in str(row.details)
    one_row(hall, "supervisor", one.key, NEEDED)


def test_nobody_is_sealed_who_said_no_name(hall: Hall) -> None:
    one = complained(hall, complainant="", phone="")
    with refused(hall, NobodySealed):
        hall.act("supervisor", one.key, NEEDED)
