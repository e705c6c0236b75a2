"""时限看板: every figure equals what somebody counts who has only the history."""

from collections import Counter
from datetime import date

from tests.hall import Hall
from tests.watch.days import day
from tests.watch.lamps import Watcher
from tests.watch.spring import Spring
from tests.watch.test_statistics import read
from workflows.queries import board, dashboard


def compare(hall: Hall) -> int:
    """Every number of the board now; how many open items there are."""
    now, calendars = hall.clock.now(), hall.services.calendar
    watcher = Watcher(read(hall), now)
    with hall.read() as session:
        departments = board.departments(session, now, calendars)
        ages = dashboard.ages(session, day(now), calendars)
        flow = dashboard.flow(session, day(now))
        loads = dashboard.loads(session, now, 999)
        coming = dashboard.coming(session, now, calendars("cn"))
    shown = {(row.department.code, light.value): n for row in departments
             for light, n in row.lights.items() if n}  # fmt: skip
    assert shown == dict(watcher.lights()), now
    posts = {(load.department, load.duty): load for load in loads}
    assert {key: load.tasks for key, load in posts.items()} == dict(watcher.posts()), now
    late = {key: load.late for key, load in posts.items() if load.late}
    assert late == dict(watcher.late_at_posts()), now
    by_age: Counter[int] = Counter()
    for days, n in watcher.ages().items():
        place = next(i for i, (_from, to) in enumerate(dashboard.AGES) if to is None or days <= to)
        by_age[place] += n
    assert ages == [by_age[place] for place in range(len(ages))]
    per_day = watcher.per_day()
    for one in flow:
        assert (one.received, one.finished) == (
            per_day["received", one.day], per_day["finished", one.day],
        )  # fmt: skip
    for ahead in coming:
        assert (ahead.yellow, ahead.red) == watcher.turning(ahead.day, ahead.until), ahead.day
    return sum(shown.values())


def test_every_figure_of_the_board_equals_an_independent_count(hall: Hall) -> None:
    spring = Spring(hall, seed=7)
    spring.begin(each=3, rounds=1)
    first, seen = date(2026, 3, 2), []
    for n in range(24):
        spring.day(first.replace(day=first.day + n))
        if n in (3, 7, 10, 14, 17, 23):
            seen.append(compare(hall))
    assert min(seen) > 10
