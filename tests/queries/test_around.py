"""The lists of what was copied to me, what I follow, what I received; short steps into indexes."""

import re

from sqlalchemy import event, select

from server.db import Database
from tests.hall import Hall
from workflows.actions.comment import Comment
from workflows.actions.copy_to import CopyTo
from workflows.models import Copy
from workflows.personal.copies import mark_read
from workflows.personal.follows import follow
from workflows.queries import around, worklist
from workflows.queries.filters import Part


def me(hall: Hall, username: str = "mayor") -> int:
    return hall.actor(username).person_id or 0


def test_copies_come_unread_first_then_the_latest(hall: Hall) -> None:
    numbers = [hall.receive() for _ in range(4)]
    for number in numbers:
        hall.act("window1", number, CopyTo("mayor supervisor"))
    with hall.services.database.writers() as session, session.begin():
        mine = session.scalars(select(Copy).where(Copy.person_id == me(hall)).order_by(Copy.id))
        for copy in list(mine)[2:]:
            mark_read(session, me(hall), copy.id, hall.clock.now())
    with hall.read() as session:
        assert around.unread(session, me(hall)) == 2
        assert around.unread(session, me(hall, "supervisor")) == 4
        args = (hall.clock.now(), hall.services.calendar)
        rows, total = around.copies(session, me(hall), *args)
        assert [row.case.number for row in rows] == [numbers[n] for n in (1, 0, 3, 2)]
        assert total == 4
        assert rows[0].standing is not None
        assert around.copies(session, me(hall), *args, Part(page=2)) == ([], 4)
        assert around.copies(session, me(hall, "lead"), *args) == ([], 0)


def test_what_i_received_is_mine_and_not_of_my_namesake(hall: Hall) -> None:
    mine = hall.receive()
    other = hall.act("window2", "", hall.application()).number
    with hall.read() as session:
        args = (hall.clock.now(), hall.services.calendar)
        rows, total = around.received(session, me(hall, "window1"), *args)
        assert ([row.case.number for row in rows], total) == ([mine], 1)
        rows, _ = around.received(session, me(hall, "window2"), *args)
        assert [row.case.number for row in rows] == [other]


def test_followed_cases_have_their_lights(hall: Hall) -> None:
    first, second = hall.accepted(), hall.accepted()
    with hall.services.database.writers() as session, session.begin():
        assert follow(session, me(hall), first, hall.clock.now())
        assert follow(session, me(hall), second, hall.clock.now())
        assert follow(session, me(hall), first, hall.clock.now())
        assert not follow(session, me(hall), "1", hall.clock.now())
    with hall.read() as session:
        rows, total = around.followed(session, me(hall), hall.clock.now(), hall.services.calendar)
        assert ([row.case.number for row in rows], total) == ([second, first], 2)
        assert all(row.standing for row in rows)


def test_who_is_mentioned_finds_it_among_the_notices(hall: Hall) -> None:
    hall.act("window1", hall.receive(), Comment("@mayor 请看"))
    with hall.read() as session:
        [notice] = worklist.notices(session, [], [], me(hall))
        assert notice.params["text"] == "@mayor 请看"
        assert worklist.notices(session, [], [], me(hall, "lead")) == []


def test_each_list_is_a_step_into_an_index(hall: Hall, database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        return  # for a handful of rows its plans say nothing
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    args = (hall.clock.now(), hall.services.calendar)
    with hall.read() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        around.unread(session, 1)
        around.copies(session, 1, *args)
        around.followed(session, 1, *args)
        around.received(session, 1, *args)
        event.remove(database.engine, "before_cursor_execute", note)
    lists = [one for one in statements if "ORDER BY" in one]
    assert len(lists) == 5
    with database.engine.connect() as connection:
        for one in lists:
            values = (1,) * one.count("?")
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values)
            plan = " ".join(row[3] for row in found)
            assert re.search("USING (COVERING )?INDEX ix_(copies|follows|cases_received)", plan), (
                plan
            )
            assert "TEMP B-TREE" not in plan, plan
