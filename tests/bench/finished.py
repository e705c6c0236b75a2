"""A database of many years: cases by the million, each a copy of a real one.

A finished case is copied with two items, one process, two tasks, three clocks and five rows of
history, as they were; its number, its applicant and its keys are its own.  The database makes
the copies itself.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, func, insert, literal, select, text, update

from server.scheduler import index_once
from tests.hall import Hall
from tests.wide import wide
from workflows.actions.close import Close
from workflows.actions.deliver import Deliver, Delivery
from workflows.models import (
    Base,
    Case,
    CaseField,
    CaseItem,
    Deadline,
    HistoryEvent,
    LookupGram,
    LookupPlace,
    LookupText,
    LookupUse,
    Notice,
    ProcessInstance,
    Task,
)
from workflows.models.lookup import digest, folded, grams
from workflows.models.rows import table_of

#: How many rows of each kind a copy has; the latest of the real case are taken.
KEPT: dict[type[Base], int] = {
    Case: 1, CaseItem: 2, ProcessInstance: 1, Task: 2, Deadline: 3, Notice: 1, HistoryEvent: 5,
}  # fmt: skip
#: A column that refers to a row which was copied as well.
REFERENCES: dict[str, type[Base]] = {
    "case_id": Case, "item_id": CaseItem, "instance_id": ProcessInstance,
}  # fmt: skip
APPLICANTS = 50_000
NUMBER = "substr(t.number, 1, 6) || CAST({case} + 900000000000000 AS VARCHAR)"
OWN: dict[type[Base], dict[str, str]] = {
    Case: {
        "number": NUMBER,
        "intake_token": "'copy ' || ({case})",
        "applicant": f"t.applicant || ' ' || (i % {APPLICANTS})",
        "applicant_number": f"'COPY' || (i % {APPLICANTS})",
    },
    HistoryEvent: {"subject": NUMBER.replace("t.number", "t.subject")},
}
#: What a copy is of, and the expression of the key of its copy.
Places = dict[tuple[type[Base], int], str]


#: Of an open case: both items with all their clocks.
GOING: dict[type[Base], int] = KEPT | {Deadline: 9, HistoryEvent: 2}


def fill_open(hall: Hall, count: int) -> None:
    """So many more cases under review at two departments, none of them looked at yet."""
    copy_case(hall, hall.accepted({}, process="wide2"), count, GOING)


def fill_finished(hall: Hall, count: int) -> None:
    """So many more finished cases; one is taken through all its steps, the others are copies."""
    number = hall.decided({}, process=wide(hall, 2))
    hall.act("window1", number, Deliver(Delivery.COUNTER, "王建国"))
    hall.act("window1", number, Close())
    index_once(hall.services)
    copy_case(hall, number, count)
    with hall.services.database.writing.begin() as connection:
        copy_words(connection, hall.case(number).id)


def copy_words(connection: Connection, case_id: int) -> None:
    """What the copies of a case are found by: their own names, and the words that all share."""
    copies = select(Case.id, Case.applicant).where(Case.id > case_id)
    names = sorted(set(connection.scalars(select(Case.applicant).where(Case.id > case_id))))
    first = (connection.scalar(select(func.max(LookupText.id))) or 0) + 1
    keys = {name: first + at for at, name in enumerate(names)}
    share = connection.scalar(select(func.count()).select_from(copies.subquery())) or 0
    rows = [{"id": key, "digest": digest(folded(name)), "text": folded(name),
             "uses": share // len(names)} for name, key in keys.items()]  # fmt: skip
    connection.execute(insert(LookupText), rows)
    _go_on(connection, table_of(LookupText))
    for name, key in keys.items():
        pieces = [{"gram": gram, "text_id": key} for gram in grams(folded(name))]
        connection.execute(insert(LookupGram), pieces)
    own = select(LookupText.id, Case.id).join(Case, LookupText.text == func.lower(Case.applicant))
    shared = select(LookupUse.text_id, Case.id).join(Case, Case.id > case_id)
    for query in (own.where(Case.id > case_id), shared.where(LookupUse.case_id == case_id)):
        connection.execute(insert(LookupUse).from_select(["text_id", "case_id"], query))
    said = LookupText.id.in_(select(LookupUse.text_id).where(LookupUse.case_id == case_id))
    connection.execute(update(LookupText).where(said).values(uses=share + 1))
    seats = select(Case.id, literal("seats"), Case.id % 500).where(Case.id > case_id)
    connection.execute(insert(CaseField).from_select(["case_id", "field", "number"], seats))
    last = select(func.max(HistoryEvent.id)).scalar_subquery()
    connection.execute(update(LookupPlace).values(history_id=last))


def copy_case(hall: Hall, number: str, count: int, kept: Mapping[type[Base], int] = KEPT) -> None:
    """So many copies of a case as it stands, each with its latest rows."""
    engine = hall.services.database.engine
    with engine.begin() as connection:
        case_id = connection.scalar(select(Case.id).where(Case.number == number))
        assert case_id is not None
        places: Places = {}
        for kind in kept:
            _copy(connection, kind, (number, case_id, kept[kind]), places, count)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _copy(
    connection: Connection, kind: type[Base], case: tuple[str, int, int], places: Places, count: int
) -> None:
    """The rows of one kind that belong to a case."""
    table = table_of(kind)
    if kind is HistoryEvent:
        mine = table.c.subject == case[0]
    else:
        mine = table.c["id" if kind is Case else "case_id"] == case[1]
    latest = select(table).where(mine).order_by(table.c.id.desc()).limit(case[2])
    rows = connection.execute(latest).mappings().all()
    base = connection.scalar(select(func.max(table.c.id))) or 0
    for place, row in enumerate(reversed(rows)):
        places[kind, row["id"]] = f"{base + 1 + place} + i * {len(rows)}"
        changes = {"id": places[kind, row["id"]]} | _changes(kind, dict(row), places)
        its_case = places[Case, case[1]]
        own = {name: value.format(case=its_case) for name, value in changes.items()}
        _insert(connection, table, row["id"], own, count)
    _go_on(connection, table)


def _go_on(connection: Connection, table: Table) -> None:
    """The next key is the one after these; SQLite knows that by itself."""
    if connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        connection.exec_driver_sql(f"SELECT setval({sequence}, max(id)) FROM {table.name}")


def _changes(kind: type[Base], row: dict[str, object], places: Places) -> dict[str, str]:
    """What of a row its copies have of their own."""
    referring = {
        name: places[to, key]
        for name, to in REFERENCES.items()
        if isinstance(key := row.get(name), int) and (to, key) in places
    }
    return {**OWN.get(kind, {}), **referring}


def _insert(
    connection: Connection, table: Table, row_id: int, changes: dict[str, str], count: int
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    names = [quote(column.name) for column in table.columns]
    values = [changes.get(column.name, f"t.{quote(column.name)}") for column in table.columns]
    numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
    statement = (
        f"{numbers} INSERT INTO {table.name} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM n, {table.name} t WHERE t.id = :row"
    )
    connection.execute(text(statement), {"count": count, "row": row_id})
