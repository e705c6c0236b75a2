"""What a process waits for has come: it goes on, and nobody waits twice."""

import pytest

from tests.hall import Hall
from tests.moving import publish, rows
from workflows.actions import NotPermitted
from workflows.actions.send_message import NobodyWaits, SendMessage


def test_a_message_lets_the_one_go_on_that_waits_for_it(hall: Hall) -> None:
    publish(hall)
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    hall.act("window1", number, SendMessage("专家意见", "已收到纸质意见"))
    assert hall.task(number, "R08").element == "decide"
    check = rows(hall, number, "R08")[1]
    assert check.closed_at is not None and check.conclusion is None
    details = hall.history(number)[-1].details
    assert (details["message"], details["note"]) == ("专家意见", "已收到纸质意见")
    assert details["withdrawn"] == ["R08 审核人审核"]


def test_a_message_nobody_waits_for_is_refused(hall: Hall) -> None:
    publish(hall)
    number = hall.accepted()
    with pytest.raises(NobodyWaits):
        hall.act("window1", number, SendMessage("专家意见"))
    with pytest.raises(NotPermitted):
        hall.act("sj.handler", number, SendMessage("专家意见"))
