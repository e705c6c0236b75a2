"""The history of every subject is whole, or the first thing that is wrong with it is named."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.hall import Hall
from workflows.queries.timeline import Chain, timeline, verify, verify_all

TRIGGERS = {
    "sqlite": ["DROP TRIGGER history_no_update", "DROP TRIGGER history_no_delete"],
    "postgresql": ["ALTER TABLE history DISABLE TRIGGER history_no_change"],
}


@pytest.fixture
def number(hall: Hall) -> Iterator[str]:
    """A case with five rows, in a hall where somebody has taken the triggers away."""
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.sign_for(number, "R08")
    kind = hall.services.database.engine.dialect.name
    for statement in TRIGGERS[kind]:
        tamper(hall, statement)
    yield number
    if kind == "postgresql":  # rows are made anew for the next test, triggers are not
        tamper(hall, "ALTER TABLE history ENABLE TRIGGER history_no_change")


def tamper(hall: Hall, statement: str, **values: object) -> None:
    """Speak to the database behind the back of the program."""
    with hall.services.database.engine.begin() as connection:
        connection.execute(text(statement), values)


def forge(hall: Hall, number: str, sequence: int) -> None:
    """Change who did it, with a hash to match."""
    with hall.read() as session:
        row = timeline(session, number)[sequence - 1]
        row.actor = "某人"
        forged = row.sealed()
    change = "UPDATE history SET actor = '某人', hash = :forged"
    where = "WHERE subject = :number AND sequence = :sequence"
    tamper(hall, f"{change} {where}", forged=forged, number=number, sequence=sequence)


def checked(hall: Hall, number: str) -> Chain:
    """The chain of the case, recomputed."""
    case = hall.case(number)
    with hall.read() as session:
        return verify(session, case)


def test_every_chain_of_an_honest_hall_is_whole(hall: Hall, number: str) -> None:
    with hall.read() as session:
        chains = list(verify_all(session))
    assert {chain.subject for chain in chains} == {
        number, "organisation", "restaurant@1", "construction@1",
    }  # fmt: skip
    assert [chain for chain in chains if chain.fault] == []
    assert checked(hall, number) == Chain(number, 5)


def test_the_rows_come_in_order(hall: Hall, number: str) -> None:
    with hall.read() as session:
        rows = timeline(session, number)
    assert [row.sequence for row in rows] == [1, 2, 3, 4, 5]
    assert [row.action for row in rows] == ["receive", "accept", "sign_for", "decide", "sign_for"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("details", '{"item": "R13"}'),
        ("actor", "某人"),
        ("acting_for", "某人"),
        ("action", "give_opinion"),
        ("to_state", "decided"),
        ("at", "2026-03-01 00:00:00+00:00"),
    ],
)
def test_a_changed_row_is_found(hall: Hall, number: str, column: str, value: str) -> None:
    kind = {"details": "json", "at": "timestamptz"}.get(column, "varchar")
    given = (
        ":value" if "sqlite" in hall.services.settings.database_url else f"CAST(:value AS {kind})"
    )
    if given == ":value":
        value = value.replace("+00:00", ".000000")
    tamper(
        hall,
        f"UPDATE history SET {column} = {given} WHERE subject = :number AND sequence = 4",
        value=value,
        number=number,
    )
    assert checked(hall, number) == Chain(number, 5, "content", 4)


def test_a_changed_row_with_a_hash_to_match_breaks_the_link_to_the_next(
    hall: Hall, number: str
) -> None:
    forge(hall, number, 3)
    assert checked(hall, number) == Chain(number, 5, "link", 4)


def test_a_forged_newest_row_is_found_by_what_the_case_says_of_it(hall: Hall, number: str) -> None:
    forge(hall, number, 5)
    assert checked(hall, number) == Chain(number, 5, "length", 5)


def test_a_missing_newest_row_is_found(hall: Hall, number: str) -> None:
    tamper(hall, "DELETE FROM history WHERE subject = :number AND sequence = 5", number=number)
    assert checked(hall, number) == Chain(number, 4, "length", 5)


def test_a_gap_is_found(hall: Hall, number: str) -> None:
    tamper(hall, "DELETE FROM history WHERE subject = :number AND sequence = 3", number=number)
    assert checked(hall, number) == Chain(number, 4, "gap", 3)


def test_a_gap_that_was_numbered_over_breaks_the_link(hall: Hall, number: str) -> None:
    tamper(hall, "DELETE FROM history WHERE subject = :number AND sequence = 3", number=number)
    for sequence in (4, 5):
        tamper(
            hall,
            "UPDATE history SET sequence = sequence - 1 "
            "WHERE subject = :number AND sequence = :sequence",
            number=number,
            sequence=sequence,
        )
    assert checked(hall, number) == Chain(number, 4, "link", 3)


def test_a_history_that_vanished_whole_is_found(hall: Hall, number: str) -> None:
    tamper(hall, "DELETE FROM history WHERE subject = :number", number=number)
    assert checked(hall, number) == Chain(number, 0, "length", 5)


def test_rows_that_belong_to_nothing_are_found(hall: Hall, number: str) -> None:
    tamper(
        hall,
        "UPDATE history SET subject = '330700' WHERE subject = :number AND sequence = 5",
        number=number,
    )
    with hall.read() as session:
        faults = {chain.subject: chain.fault for chain in verify_all(session) if chain.fault}
    assert faults == {number: "length", "330700": "orphan"}


def test_other_cases_stay_whole(hall: Hall, number: str) -> None:
    other = hall.receive()
    tamper(hall, "DELETE FROM history WHERE subject = :number AND sequence = 5", number=number)
    assert checked(hall, other).fault is None
