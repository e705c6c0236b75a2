"""Two schedulers, one killed at random while ten minutes pass: each rung once, and none missed."""

from tests.hall import Hall
from tests.schedulers import two_schedulers


def test_each_rung_once_and_none_missed_whoever_is_killed(hall: Hall) -> None:
    watch = two_schedulers(hall, cases=6, cards=8, kills=4, seconds=2.0)
    assert watch.faults == []
    assert watch.kills == 4
