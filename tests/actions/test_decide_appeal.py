"""An appeal is decided: upheld, the clock goes on where it was; revoked, it leaves the score."""

from dataclasses import replace
from typing import Any

import pytest

from server.view import minute
from tests.evidence import one_row, only, pass_days, path, refused
from tests.hall import Hall
from tests.watching import APPEAL, card_of, raised, rungs, told
from workflows.actions.decide_appeal import CauseMissing, DecideAppeal
from workflows.permissions import Role
from workflows.queries.timeline import verify_all
from workflows.states import CardState, Level

REVOKE = DecideAppeal("revoked", "停机属实，予以撤销", "system", "已核对运维事件单")


def test_upheld_the_days_of_the_appeal_do_not_count(hall: Hall) -> None:
    card = raised(hall, Level.RED)  # three working days: until Thursday
    hall.at("2026-03-03T10:00")
    hall.act("sj.checker", card.code, APPEAL)
    hall.at("2026-03-10T10:00")
    row = one_row(hall, "supervisor", card.code, DecideAppeal("upheld", "系统运行正常"))
    assert path(row) == ("appealed", "open")
    after = card_of(hall, card.code)
    assert minute(after.reply_due) == "2026-03-12 23:59", "from Tuesday on three days are left"
    assert after.scored and told(hall, card)[-1] == ("yellow", "approver")
    pass_days(hall, "2026-03-11", "2026-03-13")
    assert rungs(hall, card) == [0, 1]


def test_revoked_it_is_over_and_leaves_the_score(hall: Hall) -> None:
    card = raised(hall)
    hall.act("sj.checker", card.code, APPEAL)
    only(hall, card.code, REVOKE, Role.SUPERVISOR)
    row = one_row(hall, "supervisor", card.code, REVOKE)
    assert path(row) == ("appealed", "revoked") and row.details["cause"] == "system"
    after = card_of(hall, card.code)
    assert (after.state, after.scored, after.next_at) == (CardState.REVOKED, False, None)
    pass_days(hall, "2026-03-03", "2026-03-20")
    assert rungs(hall, card) == [0]
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))


@pytest.mark.parametrize("changes", [{"cause": None}, {"evidence": " "}])
def test_nothing_is_revoked_without_a_cause_and_evidence(
    hall: Hall, changes: dict[str, Any]
) -> None:
    card = raised(hall)
    hall.act("sj.checker", card.code, APPEAL)
    with refused(hall, CauseMissing):
        hall.act("supervisor", card.code, replace(REVOKE, **changes))
