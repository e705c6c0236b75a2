"""Whoever has a task in a trial does it, with the action that a person would use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from workflows.actions import Action, Actor
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.pause_deadline import PauseDeadline
from workflows.actions.pre_review import PreReview
from workflows.actions.request_pause import RequestPause
from workflows.actions.resume_deadline import ResumeDeadline
from workflows.actions.sign_for import SignFor
from workflows.models import Case, CaseItem, ClockRequest, Person, Task
from workflows.permissions import Role
from workflows.states import DECIDED_ITEMS, GRANTED_ITEMS, CaseState, ItemState
from workflows.trials.office import Opened, people_of

SAID = "试办"
#: In these states a case is on its way to its decisions.
UNDER_WAY = frozenset({
    CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.IN_REVIEW, CaseState.SUSPENDED,
})  # fmt: skip
#: A department has not yet opened what was distributed to it.
UNSIGNED = ItemState.RECEIVED


@dataclass(frozen=True)
class OpenTask:
    """A task that waits for somebody."""

    id: int
    item: str
    element: str
    kind: str
    department: str
    duty: str
    barred_id: int | None
    #: The state of its item when the task was looked at.
    state: ItemState


class Desk:
    """The tables, asked without making objects, and the people of the departments."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        with opened.sessions() as session:
            people = session.execute(select(Person.username, Person.id)).all()
        self.ids: dict[str, int] = {username: number for username, number in people}

    # -- what there is ------------------------------------------------------------------------

    def over(self, number: str) -> bool:
        """Whether nothing of the case is left to decide."""
        return self._one(select(Case.state).where(Case.number == number)) not in UNDER_WAY

    def submitted(self, number: str) -> bool:
        """Whether the window still has to accept it."""
        state = self._one(select(Case.state).where(Case.number == number))
        return bool(state is CaseState.SUBMITTED)

    def tasks(self, number: str) -> list[OpenTask]:
        """The open tasks of the case, but for what is checked when all is decided."""
        query = (
            select(Task.id, CaseItem.code, Task.element, Task.kind, Task.department_code,
                   Task.duty, Task.barred_id, CaseItem.state)
            .join(CaseItem, CaseItem.id == Task.item_id)
            .join(Case, Case.id == Task.case_id)
            .where(Case.number == number, Task.closed_at.is_(None), Task.kind != "check")
            .order_by(Task.id)
        )  # fmt: skip
        with self.opened.sessions() as session:
            return [OpenTask(*row) for row in session.execute(query)]

    def state_of(self, task: OpenTask) -> ItemState | None:
        """The state of the item of a task now; None when the task is closed or gone."""
        query = select(CaseItem.state).join(Task, Task.item_id == CaseItem.id)
        found = self._one(query.where(Task.id == task.id, Task.closed_at.is_(None)))
        return None if found is None else ItemState(found)

    def _one(self, query: Any) -> Any:
        with self.opened.sessions() as session:
            return session.scalar(query)

    def _gates(self, number: str, task: OpenTask) -> dict[str, Any]:
        """The states of the items of the case that must be decided before this one is."""
        item = self.opened.office.catalogue.item(task.item)
        codes = [before.item for before in item.after if before.gate == "decision"]
        query = select(CaseItem.code, CaseItem.state).join(Case, Case.id == CaseItem.case_id)
        query = query.where(Case.number == number, CaseItem.code.in_(codes))
        with self.opened.sessions() as session:
            return {code: state for code, state in session.execute(query)} if codes else {}

    # -- what is done -------------------------------------------------------------------------

    def sign_for(self, number: str, task: OpenTask, now: datetime) -> None:
        """The department signs for what was distributed to it, as soon as it comes."""
        if task.kind in ("review", "decide") and task.state is UNSIGNED:
            self._act(task, number, SignFor(task.id), now)

    def do(self, number: str, task: OpenTask, word: str, now: datetime) -> bool:
        """Close a task with a word; False when a predecessor has to be decided first.

        Who has to wait reviews all the rest now; what depends on a refusal is refused (§38).
        """
        if task.kind == "decide" and word == Decision.GRANTED:
            states = self._gates(number, task).values()
            if not DECIDED_ITEMS.issuperset(states):
                self._act(task, number, PreReview(task.id, SAID), now)
                return False
            if not GRANTED_ITEMS.issuperset(states):
                word = Decision.REFUSED
        self._act(task, number, _action(task, word), now)
        return True

    def stop(self, number: str, item: str, procedure: str, days: int, now: datetime) -> bool:
        """Stop the clocks of an item, by one person or by two; False when it is decided."""
        query = select(CaseItem.state, CaseItem.department_code)
        query = query.join(Case, Case.id == CaseItem.case_id)
        with self.opened.sessions() as session:
            state, department = session.execute(
                query.where(Case.number == number, CaseItem.code == item)
            ).one()
        if state is not ItemState.REVIEWING:
            return False
        if not self.opened.office.catalogue.rules.pause_approval:
            pause = PauseDeadline(item, procedure, days, SAID)
            self.opened.act(self._person(department, "checker"), number, pause, now)
            return True
        ask = RequestPause(item, procedure, days, SAID)
        self.opened.act(self._person(department, "handler"), number, ask, now)
        request = self._one(select(ClockRequest.id).order_by(ClockRequest.id.desc()).limit(1))
        approve = ApprovePause(request, True)
        self.opened.act(self._person(department, "checker"), number, approve, now)
        return True

    def go_on(self, number: str, item: str, now: datetime) -> None:
        """Let the clocks of an item run again."""
        department = self.opened.office.catalogue.item(item).department
        checker = self._person(department, "checker")
        self.opened.act(checker, number, ResumeDeadline(item, SAID), now)

    def _act(self, task: OpenTask, number: str, action: Action, now: datetime) -> None:
        self.opened.act(
            self._person(task.department, task.duty, task.barred_id), number, action, now
        )

    def _person(self, department: str, duty: str, barred_id: int | None = None) -> Actor:
        """Who does it: the holder of the post, or the deputy when the holder may not."""
        holder, deputy = people_of(department, duty)
        username = deputy if self.ids[holder] == barred_id else holder
        return Actor(username, frozenset({Role.APPROVER}), self.ids[username])


def _action(task: OpenTask, word: str) -> Action:
    """The action that closes a task with this word."""
    if task.kind == "decide":
        return Decide(task.id, Decision(word), SAID)
    if task.kind == "confirm":
        return ConfirmRefusal(task.id, word == "confirmed", SAID)
    return GiveOpinion(task.id, word, SAID)
