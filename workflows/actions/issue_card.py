"""Issue a 督办单 by hand: a supervisor asks a department to account for a matter by a day.

The form carries a token, so that a double click issues one card.  Nothing of the case changes.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select

from workflows.actions.base import CaseNotFound, Context
from workflows.actions.cards import REGION, CardAction, begin, said, to_reply
from workflows.actions.numbers import card_number
from workflows.errors import N_, WorkflowError
from workflows.models import Card, Case, CaseItem, Department, HistoryEvent
from workflows.states import CardState, Level

#: Characters of a token that are kept.
TOKEN = 100
#: So many rows of history prove a matter.
MOST = 50


class AlreadyIssued(WorkflowError):
    """The same form was sent twice: a double click, or a page sent again."""

    sentence = N_("这张督办单已经发出，编号 %(number)s。")


class NobodyAnswers(WorkflowError):
    """A 督办单 is sent to a department there is, about an item of the case."""

    sentence = N_("请选择答复的部门；写明办件时，事项应当是该办件的事项。")


@dataclass(frozen=True)
class IssueCard(CardAction):
    token: str
    level: Literal["yellow", "red"]
    reason: str
    reply: int
    department: str = ""
    case: str = ""
    item: str = ""
    law: str = ""
    #: Rows of the case's history that prove it.
    evidence: list[int] = field(default_factory=list)

    name = "issue_card"

    def find(self, key: str, ctx: Context) -> Card:
        number = card_number(ctx)  # first, see raise_card
        token = self.token[:TOKEN] or None
        twice = ctx.session.scalar(select(Card.number).where(Card.token == token))
        if token is not None and twice is not None:
            raise AlreadyIssued(number=twice)
        case = self._case(ctx)
        department = self._department(case, ctx)
        card = Card(
            number=number, rule=None, matter=None, token=token,
            level=Level(self.level), raised_as=Level(self.level), state=CardState.NEW,
            scored=False, region=case.region if case else REGION,
            theme=case.version.process if case else "", case_id=case.id if case else None,
            item_code=self.item or None, department_code=department, person=None,
            facts={"law": self.law.strip()[:200]} if self.law.strip() else {},
            evidence=self._evidence(case, ctx), reason=said(self.reason), happened_at=ctx.now,
            raised_at=ctx.now, raised_by=ctx.actor.name, raised_by_id=ctx.actor.person_id,
            round=1, papers=[], rung=0, history_length=0, history_hash="",
        )  # fmt: skip
        ctx.session.add(card)
        return card

    def _case(self, ctx: Context) -> Case | None:
        if not self.case:
            return None
        case = ctx.session.scalar(select(Case).where(Case.number == self.case))
        if case is None:
            raise CaseNotFound(number=self.case)
        return case

    def _department(self, case: Case | None, ctx: Context) -> str:
        """The department that answers: of the item, or as chosen."""
        if self.item:
            mine = (CaseItem.case_id == (case.id if case else 0), CaseItem.code == self.item)
            of_item = ctx.session.scalar(select(CaseItem.department_code).where(*mine))
            if of_item is None or self.department not in ("", of_item):
                raise NobodyAnswers
            return of_item
        if ctx.session.get(Department, self.department) is None:
            raise NobodyAnswers
        return self.department

    def _evidence(self, case: Case | None, ctx: Context) -> list[Any]:
        if case is None or not self.evidence:
            return []
        query = select(HistoryEvent.sequence).where(
            HistoryEvent.subject == case.key, HistoryEvent.sequence.in_(self.evidence[:MOST])
        )
        return [[case.key, n] for n in ctx.session.scalars(query.order_by(HistoryEvent.sequence))]

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        sent = begin(card, ctx, to_reply(self.reply))
        return {
            "card": card.number,
            "case": self.case or None,
            "item": card.item_code,
            "department": card.department_code,
            "reason": card.reason,
            "evidence": card.evidence,
            **sent,
        }
