"""R17: an item was granted against a department that was asked and disagreed, and nothing says why.

Whoever asked decides, and may decide otherwise; but the decision explains it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from workflows.errors import N_
from workflows.models import Answer, Case, CaseItem, Consultation
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Parameter, Rule


def find(look: Look) -> Iterator[Found]:
    """Every grant with too few words after a disagreement."""
    query = (
        select(Case.number, CaseItem.code, Consultation.number, Consultation.department_code,
               Consultation.answered_at)
        .join_from(Consultation, Case, Case.id == Consultation.case_id)
        .join(CaseItem, CaseItem.id == Consultation.item_id)
        .where(Consultation.answer == Answer.DISAGREE)
    )  # fmt: skip
    if look.cases is not None:
        query = query.where(Case.number.in_(look.cases))
    rows: Sequence[Any] = look.session.execute(query).all()
    history = look.whole({row[0] for row in rows}, "decide", "answer_consultation")
    for case, item, number, asked, answered in rows:
        events = [row for row in history[case] if row.item == item]
        against = [row for row in events if row.details.get("number") == number]
        for event in events:
            granted = event.action == "decide" and event.details.get("decision") == "granted"
            words = str(event.details.get("opinion") or "").strip()
            if granted and event.at >= answered and len(words) < look.figures["characters"]:
                yield look.found(
                    f"{case}/{item}/{event.sequence}/{asked}", event.at, case=case, item=item,
                    department=event.department, person=event.actor,
                    evidence=(*(row.proof for row in against), event.proof),
                    facts={"asked": asked, "opinion": words},
                )  # fmt: skip


CHARACTERS = Parameter(
    "characters", N_("说明最少字数"), 20, N_("字"), N_("缺省值，须当地核定"), 1, 500
)  # fmt: skip
RULE = Rule(
    "R17", Family.CONTENT, Level.YELLOW, N_("与不同意的答复相反而未说明理由"),
    "须当地核定", find, (CHARACTERS,),
)  # fmt: skip
