"""导出: what was taken out of the system, by whom, how it was narrowed, and how much of it."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.export_list import LONGEST, ExportList
from workflows.actions.named import TextTooLong
from workflows.permissions import READERS

TAKEN = ExportList("办件查询", "light=red&applicant=金味", 12)


def test_the_record_says_which_list_how_narrowed_and_how_long(hall: Hall) -> None:
    row = one_row(hall, "supervisor", "organisation", TAKEN)
    assert path(row) == ("active", "active")
    assert row.details == {"list": "办件查询", "narrowed": "light=red&applicant=金味", "rows": 12}


def test_only_who_reads_cases_takes_them_out(hall: Hall) -> None:
    only(hall, "organisation", TAKEN, *READERS)
    with refused(hall, TextTooLong):
        hall.act("lead", "organisation", ExportList("办件查询", "x" * (LONGEST + 1), 1))
