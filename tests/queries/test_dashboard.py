"""看板的图: every number is the length of the list that it opens."""

from datetime import date

from tests.hall import LARGE, Hall
from workflows.deadlines import Light
from workflows.queries import board, dashboard, listed_open
from workflows.queries.holding import held
from workflows.queries.statistics.asked import Asked, Grain


def busy(hall: Hall) -> None:
    """Cases of several ages, one in a special procedure."""
    first = hall.accepted(LARGE)
    hall.grant(first, "R01")
    for code in ("R08", "R11"):
        hall.to_decision(first, code)
    hall.suspend(first, "R11", days=15)
    hall.at("2026-03-09T10:00")
    hall.accepted({"has_signboard": True})
    hall.receive()
    hall.at("2026-03-12T15:00")
    hall.accepted()


def test_every_light_of_a_department_is_a_list(hall: Hall) -> None:
    busy(hall)
    now, calendars = hall.clock.now(), hall.services.calendar
    with hall.read() as session:
        rows = board.departments(session, now, calendars)
        for row in rows:
            code = row.department.code
            for light, n in row.lights.items():
                listed = listed_open.lit(session, now, calendars, light, code)
                assert len(listed) == n, (code, light)
                assert {one.standing.light for one in listed if one.standing} == {light}
            assert len(listed_open.lit(session, now, calendars, None, code)) == row.open
        grey = listed_open.lit(session, now, calendars, Light.GREY, "")
        assert [one.item.code for one in grey if one.item] == ["R11"]


def test_ages_posts_and_what_comes_are_lists(hall: Hall) -> None:
    busy(hall)
    now, calendars = hall.clock.now(), hall.services.calendar
    today = date(2026, 3, 12)
    with hall.read() as session:
        ages = dashboard.ages(session, today, calendars)
        assert sum(ages) == 3 and ages[:3] == [1, 1, 1]
        for which, n in enumerate(ages):
            assert len(listed_open.aged(session, now, calendars, which)) == n
        for load in dashboard.loads(session, now, 99):
            post = load.department, load.duty
            assert len(listed_open.of_post(session, now, calendars, post, False)) == load.tasks
            assert len(listed_open.of_post(session, now, calendars, post, True)) == load.late
        coming = dashboard.coming(session, now, calendars("cn"))
        assert any(one.red for one in coming) and any(one.yellow for one in coming)
        for one in coming:
            for light, n in ((Light.YELLOW, one.yellow), (Light.RED, one.red)):
                days = one.day, one.until
                assert len(listed_open.turning(session, now, calendars, days, light)) == n
        flow = dashboard.flow(session, today)
        assert [(one.day.day, one.received) for one in flow if one.received] == [
            (2, 1), (9, 2), (12, 1),
        ]  # fmt: skip


def test_a_late_case_names_the_item_that_held_it_up(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-03-24T10:00")
    hall.grant(number, "R01")
    asked = Asked(Grain.CASES, date(2026, 3, 1), date(2026, 3, 31))
    with hall.read() as session:
        (one,) = held(session, hall.clock.now(), asked, hall.services.calendar)
        assert one.open and one.holder.item.code == "R01"
        assert one.holder.over == 16 and one.way[0].item.code == "R01"
    for code in ("R02", "R03", "R08"):
        hall.grant(number, code)
    with hall.read() as session:
        (one,) = held(session, hall.clock.now(), asked, hall.services.calendar)
        assert not one.open and one.holder.item.code == "R01"
