"""Answer a card (反馈说明): why it happened, and what is done about it.

Anybody on a post of the department may answer for it; a later answer than was asked for is taken
as well, and is known to be late.
"""

from dataclasses import dataclass
from typing import Any, Literal

from workflows.actions.base import Context
from workflows.actions.cards import CardAction, answers_for, said, tell, wall
from workflows.clock import passed
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Card
from workflows.states import CardState

#: Why it happened, as the department sees it.
Category = Literal["delay", "staff", "waiting", "misread", "applicant", "system", "other"]
ANSWERED = N_("监察卡 %(card)s（%(what)s）已答复，请审阅。")


@dataclass(frozen=True)
class AnswerCard(CardAction):
    category: Category
    explanation: str
    measures: str

    name = "answer_card"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        answers_for(card, ctx)
        late = passed(ctx.now, card.reply_due)
        card.answer = {
            "category": self.category,
            "explanation": said(self.explanation),
            "measures": said(self.measures),
            "by": ctx.actor.name,
            "at": wall(ctx.now),
            "round": card.round,
            "late": late,
        }
        card.answered_at = ctx.now
        card.state = CardState.ANSWERED
        card.next_at = None
        tell(card, ("supervisor",), Light.GREEN, ANSWERED, ctx)
        return dict(card.answer)
