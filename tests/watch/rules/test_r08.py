"""R08: refusals without a reason or a second person, in the history all the same."""

from tests.hall import Hall
from tests.watch.looking import found, matters
from tests.year.forging import forge
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline, DeclineGround


def test_a_refusal_of_one_person_or_of_no_words_is_found_and_a_proper_one_is_not(
    hall: Hall,
) -> None:
    proper = hall.accepted()
    hall.grant(proper, "R01")
    hall.refuse(proper, "R08")
    declined = hall.receive()
    hall.act("window1", declined, Decline(DeclineGround.NOT_COMPETENT, "不属于本机关职权范围"))
    hall.act("lead", declined, ConfirmDecline(True, "同意"))
    assert matters(hall, "R08") == []
    alone, silent, nobody = (hall.accepted() for _ in range(3))
    said = {"item": "R13", "opinion": "不符合条件"}
    forge(hall.services, alone, "decide", "王建国", decision="refused", **said)
    forge(hall.services, alone, "confirm_refusal", "王建国", confirmed=True, **said)
    forge(hall.services, silent, "decide", "王建国", item="R13", decision="refused", opinion=" ")
    forge(hall.services, nobody, "confirm_decline", "陈国华", confirmed=True, reason="不予受理")
    assert {one.case: one.facts["wrong"] for one in found(hall, "R08")} == {
        alone: ["second"], silent: ["reason"], nobody: ["second"]
    }  # fmt: skip
