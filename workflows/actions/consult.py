"""Ask other departments about an item (征求意见): a question, and a limit of its own to answer it.

Internal consultation: the department asked answers within seven working days (国发〔1999〕9号) or
what the catalogue says for the item.  No law lets the limit of the item stop meanwhile
(行政许可法 §45 does not name it), so its own clock runs on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context, catalogue_of, written
from workflows.actions.clocks import new_clocks, running, start_clocks
from workflows.actions.consultations import asked, names_of
from workflows.actions.numbers import document_number
from workflows.actions.tell import tell_department
from workflows.actions.work import Work, take_up
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Consultation, Deadline, Post
from workflows.models.consultation import ANSWERS
from workflows.models.deadline import Basis, Clock
from workflows.models.rows import add_last
from workflows.states import ITEMS, next_states

ASKS = N_("关于%(what)s，请您部门在%(due)s前答复征求意见：%(question)s")


class NobodyAsked(WorkflowError):
    """A question goes to somebody."""

    sentence = N_("请选择要征求意见的部门。")


class AsksItself(WorkflowError):
    """One's own department is asked with a signature (加签), not with a letter."""

    sentence = N_("征求意见是向其他部门征求；本部门内请用会签。")


class NobodyAnswers(WorkflowError):
    """The department is not in this hall, or has no post that answers."""

    sentence = N_("部门 %(departments)s 没有承办岗位，不能征求意见。")


class AskedAlready(WorkflowError):
    """The same department, about the same item, and it has not answered yet."""

    sentence = N_("已经向 %(departments)s 征求意见，还没有答复，不能重复征求。")


@dataclass(frozen=True)
class Consult(CaseAction):
    task: int
    departments: list[str]
    question: str

    name = "consult"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "review", "decide", "confirm")
        next_states(ITEMS, work.item.state, self.name)
        question = written(self.question)
        codes = sorted(set(self.departments))
        self._require(work, codes, ctx)
        number = document_number(ctx, case, "ZQ")
        clocks = _clocks(work, len(codes), ctx)
        facts = {"number": number, "question": question, "asked_by": ctx.actor.name}
        rows = [
            Consultation(
                case_id=case.id, item_id=work.item.id, task_id=work.task.id, department_code=code,
                deadline_id=clock.id, **facts,
            )
            for code, clock in zip(codes, clocks, strict=True)
        ]  # fmt: skip
        add_last(ctx.session, *rows)
        due_at = clocks[0].due_at
        due = office_time(due_at).strftime("%Y-%m-%d %H:%M") if due_at else ""
        params = {"what": work.item.name, "due": due, "question": question}
        for code in codes:
            tell_department(case, code, ANSWERS, Light.GREEN, ASKS, params, ctx, work.item)
        names = list(names_of(ctx, set(codes)).values())
        return work.facts(departments=names, question=question, number=number, due=due)

    def _require(self, work: Work, codes: Sequence[str], ctx: Context) -> None:
        """The departments can be asked, or the refusal."""
        if not codes:
            raise NobodyAsked
        if work.item.department_code in codes:
            raise AsksItself
        answering = select(Post.department_code).where(Post.duty == ANSWERS)
        found = set(ctx.session.scalars(answering.where(Post.department_code.in_(codes))))
        if lacking := set(codes) - found:
            raise NobodyAnswers(departments="、".join(sorted(lacking)))
        waiting = {row.department_code for row in asked(work.case, ctx, work.item)}
        if twice := waiting.intersection(codes):
            raise AskedAlready(departments="、".join(names_of(ctx, twice).values()))


def _clocks(work: Work, many: int, ctx: Context) -> list[Deadline]:
    """As many clocks as departments are asked, started together."""
    catalogue = catalogue_of(work.case)
    limit = catalogue.item(work.item.code).consultation or catalogue.rules.consultation
    limits = [(Basis.PROMISED, limit)] * many
    clocks = new_clocks(work.case, Clock.CONSULTATION, limits, ctx, work.item)
    start_clocks(work.case, clocks, ctx)
    return running(work.case, Clock.CONSULTATION, work.item)[-many:]
