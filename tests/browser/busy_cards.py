"""What the watch has found in the busy hall: cards in every state that a page shows."""

from tests.hall import Hall
from tests.watching import ANSWER, APPEAL, issued, raised
from workflows.actions.return_answer import ReturnAnswer
from workflows.states import Level


def watched(hall: Hall, number: str) -> None:
    """One card waits, was returned once; one was answered; one is appealed against; a notice."""
    first = issued(hall, case=number, item="R08")
    hall.act("sj.checker", first.code, ANSWER)
    hall.act("supervisor", first.code, ReturnAnswer("没有写明何时办结", 2))
    answered = raised(hall, number=number, key="answered")
    hall.act("sj.checker", answered.code, ANSWER)
    appealed = raised(hall, Level.RED, number=number, key="appealed")
    hall.act("sj.checker", appealed.code, APPEAL)
    raised(hall, Level.NOTICE, number=number, key="noticed")
