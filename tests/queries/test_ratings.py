"""好差评统计: every figure is counted from ratings that somebody gave, and nothing else."""

from datetime import timedelta

from tests.hall import APPLICANT, Hall
from tests.ratings import call_back, rectify, said
from workflows.actions.appeal_rating import AppealRating
from workflows.actions.call_back_rater import CalledBack
from workflows.actions.correct_rating import CorrectRating
from workflows.actions.decide_rating_appeal import DecideRatingAppeal
from workflows.queries.ratings import Reader, Report, listed, report


def counted(hall: Hall) -> Report:
    now = hall.clock.now()
    with hall.read() as session:
        return report(session, now - timedelta(days=30), now + timedelta(days=1))


def test_the_figures_of_a_period_say_what_was_said_and_what_came_of_it(hall: Hall) -> None:
    said(hall, 5)
    put_right = said(hall, 1)
    rectify(hall, put_right)
    call_back(hall, put_right, CalledBack.SATISFIED)
    talked_out = said(hall, 2)
    hall.act(APPLICANT, talked_out.key, CorrectRating(4))
    mistaken = said(hall, 1)
    hall.act("sj.checker", mistaken.key, AppealRating("评价的是另一件事"))
    hall.act("supervisor", mistaken.key, DecideRatingAppeal(True, "确系误评"))
    hall.grant(hall.accepted(), "R01")  # nobody says anything of this one

    found = counted(hall)
    [sj] = found.departments
    assert (sj.key, sj.given, sj.good, sj.bad) == ("SJ", 3, 2, 1)
    assert (sj.excluded, sj.corrected, sj.possible) == (1, 1, 5)
    assert (sj.followed, sj.contacted, sj.called_back, sj.rectified) == (2, 1, 1, 1)
    assert (found.everything.given, found.whole.possible, found.windows) == (3, 5, [])

    hall.clock.advance(days=31)
    assert counted(hall).everything.given == 0 and counted(hall).departments == []


def test_the_lists_hold_what_is_open_what_was_bad_and_only_what_one_may_see(hall: Hall) -> None:
    good, bad = said(hall, 5), said(hall, 1)
    with hall.read() as session:
        lists = {name: listed(session, Reader(), name) for name in ("open", "bad", "all")}
        assert {name: [row.id for row, _ in one.rows] for name, one in lists.items()} == {
            "open": [bad.id], "bad": [bad.id], "all": [bad.id, good.id],
        }  # fmt: skip
        assert [clock.clock.value for clock in lists["open"].rows[0][1]] == ["contact", "rectify"]
        assert listed(session, Reader("YC"), "all").total == 0
        assert listed(session, Reader("SJ"), "appealed").total == 0
