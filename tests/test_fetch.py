"""The rows an action begins with are the session's own, whole when they are looked at."""

from sqlalchemy import bindparam

from tests.hall import Hall
from workflows.models import Case, CaseItem, Deadline
from workflows.models.fetch import Fetch, Part
from workflows.models.rows import save, table_of

FEW = Fetch(Part(Case, without=("form", "title")), Part(CaseItem))
QUERY = (
    FEW.select()
    .outerjoin_from(table_of(Case), table_of(CaseItem))
    .where(table_of(Case).c.number == bindparam("number"))
    .limit(1)
)


def test_a_row_read_directly_is_complete_changes_and_is_known_again(hall: Hall) -> None:
    number = hall.accepted({})
    with hall.services.database.writers() as session, session.begin():
        found = FEW.one(session, QUERY, number=number)
        assert found is not None
        case, item = found
        assert case in session and not session.dirty
        assert case.title and case.form, "what was left out comes when it is asked for"
        assert item is None or item in case.items
        again = FEW.one(session, QUERY, number=number)
        assert again is not None and again[0] is case
        case.title = "另一个名称"
        save(session)
    assert hall.case(number).title == "另一个名称"


def test_only_columns_that_were_named_are_read() -> None:
    assert Part(Deadline, only=("id", "rung")).names == ["id", "rung"]
    assert "form" not in Part(Case, without=("form",)).names
