"""A card that nobody answers goes up its ladder: each rung once, with its paper and a new day."""

from tests.evidence import only, pass_days, refused
from tests.hall import Hall
from tests.watching import card_of, raised, rungs, told
from workflows.actions.climb import NotDue
from workflows.actions.climb_card import ClimbCard
from workflows.permissions import Role
from workflows.states import Level


def test_unanswered_a_yellow_card_turns_red_and_goes_up_to_a_circular(hall: Hall) -> None:
    card = raised(hall)
    pass_days(hall, "2026-03-03", "2026-04-10")
    after = card_of(hall, card.code)
    assert (after.level, after.raised_as, after.next_at) == (Level.RED, Level.YELLOW, None)
    assert rungs(hall, card) == [0, 1, 2, 3, 4]
    assert [(sent["paper"], sent["at"], sent["due"]) for sent in after.papers] == [
        ("supervision", "2026-03-02 09:30", "2026-03-03 23:59"),
        ("rectification", "2026-03-04 00:00", "2026-03-09 23:59"),
        ("advice", "2026-03-13 00:00", "2026-03-27 23:59"),
        ("circular", "2026-03-28 00:00", None),
    ]
    assert [whom for _light, whom in told(hall, card)] == [
        "handler", "checker", "approver", "supervisor", "chief", "supervisor",
        "chief", "government", "chief", "supervisor", "government",
    ]  # fmt: skip
    steps = [event for event in hall.history(f"card:{card.code}") if event.action == "climb_card"]
    assert [event.details["rung"] for event in steps] == [2, 3, 4, 5]


def test_after_a_standstill_a_reply_still_has_its_time(hall: Hall) -> None:
    card = raised(hall)
    hall.at("2026-03-20T09:00")
    assert hall.sweep() > 0
    assert rungs(hall, card) == [0, 1], "what the paper asks for cannot be overdue with it"
    assert (card_of(hall, card.code).papers[-1]["due"]) == "2026-03-25 23:59"


def test_a_rung_that_has_not_come_or_was_climbed_is_refused(hall: Hall) -> None:
    card = raised(hall)
    with refused(hall, NotDue):
        hall.act("system", card.code, ClimbCard(1))
    hall.at("2026-03-04T00:00")
    only(hall, card.code, ClimbCard(1), Role.SYSTEM)
    hall.act("system", card.code, ClimbCard(1))
    with refused(hall, NotDue):
        hall.act("system", card.code, ClimbCard(1))
