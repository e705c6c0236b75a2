"""What a simulation comes to, as plain data: nothing in it knows how it was got.

Durations are working days of the hall.  A share is between 0 and 1.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from workflows.calendar import WorkCalendar
from workflows.clock import passed
from workflows.deadlines import Ledger, Limit, Pause, due
from workflows.simulation.course import REFUSED, Course, Track
from workflows.simulation.playing import Played
from workflows.worktime import WorkTime

#: Days of the queue that are drawn; a longer simulation is drawn with fewer points.
POINTS = 120
#: Classes of the durations of whole cases, one a working day; the last takes what is longer.
CLASSES = 40


def figures(played: Played) -> dict[str, Any]:
    """All figures of a simulation."""
    decided = [course for course in played.courses if course.decided is not None]
    return {
        "cases": _cases(decided, played),
        "unfinished": len(played.courses) - len(decided),
        "items": [
            _item(
                item.code, [c.tracks[item.code] for c in decided if item.code in c.tracks], played
            )
            for item in played.catalogue.items
        ],
        "steps": [_step(key, played) for key in sorted(played.steps)],
        "posts": [_post(name, played) for name in sorted(played.posts)],
        "days": _labels(played),
    }


# -- the whole -----------------------------------------------------------------------------------


def _cases(decided: Sequence[Course], played: Played) -> dict[str, Any]:
    lengths = [c.decided - c.accepted for c in decided if c.decided and c.accepted is not None]
    classes = [0] * CLASSES
    for length in lengths:
        classes[min(CLASSES - 1, length // played.work.in_a_day)] += 1
    theme = played.catalogue.theme
    return {
        "n": len(decided),
        **_spread(lengths, played.work),
        "classes": classes,
        "promised": str(theme.promised),
        "statutory": str(theme.cap),
        "late": _share(_case_late(c, c.promised, played) for c in decided),
        "unlawful": _share(_case_late(c, theme.cap, played) for c in decided),
        "at_window": _mean(
            (c.released - c.arrived for c in decided if c.released is not None), played.work
        ),
    }


def _case_late(course: Course, limit: Limit, played: Played) -> bool:
    assert course.accepted is not None and course.decided is not None
    return _late(course.accepted, course.decided, limit, tuple(course.pauses), played.work)


def _item(code: str, tracks: Sequence[Track], played: Played) -> dict[str, Any]:
    item, work = played.catalogue.item(code), played.work
    statutory, promised = played.catalogue.limits(item)
    handled = [t for t in tracks if t.started is not None and t.decided is not None]
    lengths = [t.decided - t.started for t in handled if t.decided and t.started is not None]
    return {
        "code": code,
        "name": item.name,
        "name_en": item.name_en,
        "n": len(handled),
        **_spread(lengths, work),
        "waited": _mean((t.waited for t in handled), work),
        "worked": _mean((t.worked for t in handled), work),
        "blocked": _mean((t.blocked for t in handled), work),
        "refused": _share(t.outcome == REFUSED for t in handled),
        "promised": str(promised),
        "statutory": str(statutory) if statutory else None,
        "late": _share(_item_late(t, promised, work) for t in handled),
        "unlawful": _share(statutory is not None and _item_late(t, statutory, work)
                           for t in handled),
    }  # fmt: skip


def _item_late(track: Track, limit: Limit, work: WorkTime) -> bool:
    assert track.started is not None and track.decided is not None
    return _late(track.started, track.decided, limit, tuple(track.pauses), work)


# -- steps and posts -----------------------------------------------------------------------------


def _step(key: str, played: Played) -> dict[str, Any]:
    done = played.steps[key]
    lengths = [a + b for a, b in zip(done.waited, done.worked, strict=True)]
    return {
        "key": key,
        "n": len(lengths),
        **_spread(lengths, played.work),
        "waited": _mean(done.waited, played.work),
        "worked": _mean(done.worked, played.work),
    }


def _post(name: str, played: Played) -> dict[str, Any]:
    """A post while cases came; what was left afterwards is not counted as idleness."""
    post, day = played.posts[name], played.work.in_a_day
    code = name.partition(".")[0]
    of = [one for one in played.catalogue.departments if one.code == code]
    first, last = played.first // day, played.last // day
    days = range(first, last + 1)
    waited = [post.waited.get(one, 0) / day for one in days]
    worked = sum(post.worked.get(one, 0) for one in days)
    return {
        "key": name,
        "name": of[0].name if of else None,
        "name_en": of[0].name_en if of else None,
        "people": post.people,
        "n": post.done,
        "busy": worked / (post.people * (played.last - played.first)),
        "longest": post.longest,
        "queue": [round(sum(part) / len(part), 2) for part in _parts(waited)],
    }


def _parts(values: Sequence[float]) -> list[Sequence[float]]:
    """The days in as many parts as are drawn."""
    size = -(-len(values) // POINTS)
    return [values[at : at + size] for at in range(0, len(values), size)]


def _labels(played: Played) -> list[str]:
    """The first day of each part."""
    day = played.work.in_a_day
    days = [float(one) for one in range(played.first // day, played.last // day + 1)]
    calendar = played.work.calendar
    return [calendar.workday_at(int(part[0])).isoformat() for part in _parts(days)]


# -- counting ------------------------------------------------------------------------------------


def _spread(lengths: Sequence[int], work: WorkTime) -> dict[str, float]:
    """Mean and percentiles, in working days."""
    row = sorted(lengths)
    return {
        "mean": _mean(row, work),
        "p50": _days(_percentile(row, 50), work),
        "p90": _days(_percentile(row, 90), work),
        "max": _days(row[-1] if row else 0, work),
    }


def _percentile(row: Sequence[int], of: int) -> int:
    """The smallest value that so many in a hundred do not exceed."""
    return row[max(0, -(-len(row) * of // 100) - 1)] if row else 0


def _mean(lengths: Iterable[int], work: WorkTime) -> float:
    row = list(lengths)
    return _days(sum(row) / len(row), work) if row else 0.0


def _days(seconds: float, work: WorkTime) -> float:
    return round(seconds / work.in_a_day, 3)


def _share(held: Iterable[bool]) -> float:
    row = list(held)
    return round(sum(row) / len(row), 4) if row else 0.0


# -- the limits of the law -----------------------------------------------------------------------


def _late(
    started: int, decided: int, limit: Limit, pauses: tuple[tuple[int, int], ...], work: WorkTime
) -> bool:
    """Whether a limit was over when it was decided, by the same arithmetic as in a hall."""
    begun, ended = work.moment(started), work.moment(decided)
    if (ended - begun).days < limit.days and not pauses and limit.days:
        return False
    halts = tuple((work.moment(a).date(), work.moment(b).date()) for a, b in pauses)
    ledger = Ledger(begun, limit, tuple(Pause(*days) for days in halts))
    return passed(ended, _due(ledger, work.calendar))


@lru_cache(maxsize=50_000)
def _due(ledger: Ledger, calendar: WorkCalendar) -> Any:
    return due(ledger, calendar).at
