"""People return, add, remove, take back and roll back in any order: nothing is lost by it.

Two, five and twenty departments work on one case.  After every act, whatever it was, each opinion
is where it was unless history says that it is void, every open task is one the process waits for,
and in the end the join has fired once.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.hall import Hall
from tests.wide import submissions, wide
from workflows import engine
from workflows.actions import Action
from workflows.actions.add_signer import AddSigner, When
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.remove_signer import RemoveSigner
from workflows.actions.roll_back import RollBack
from workflows.actions.send_back import SendBack
from workflows.actions.take_back import TakeBack
from workflows.catalogue.published import published
from workflows.errors import WorkflowError
from workflows.models import Case, Task
from workflows.models.deadline import Clock
from workflows.queries.timeline import verify
from workflows.states import CaseState

REASON = "情况有变，需要重新核对"
#: Departments, and with how many seeds.
SIZES = [(2, 0), (2, 1), (2, 3), (5, 0), (5, 1), (20, 0)]


@dataclass
class Shuffle:
    """A case that is pushed about, and what everyone has said in it."""

    hall: Hall
    number: str
    chance: random.Random
    said: dict[int, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def case(self) -> Case:
        return self.hall.case(self.number)

    def open(self) -> list[Task]:
        return [task for task in self.case().tasks if task.closed_at is None]

    def act(self, who: str, action: Action) -> bool:
        """An act, which may be refused; then nothing has changed."""
        before = self.case().history_length
        try:
            self.hall.act(who, self.number, action)
        except WorkflowError:
            assert self.case().history_length == before
            return False
        assert self.case().history_length == before + 1
        self.done.append(action.name)
        self.nothing_lost()
        return True

    # -- what people do -------------------------------------------------------------------------

    def conclude(self, task: Task) -> None:
        """Whoever has it agrees, or grants."""
        words = f"第 {len(self.said) + 1} 次意见"
        holder = self.hall.holder(task)
        given: Action = GiveOpinion(task.id, "agree", words)
        if task.kind == "decide":
            given = Decide(task.id, Decision.GRANTED, words)
        self.said[task.id] = words
        if not self.act(holder, given):
            del self.said[task.id]

    def send_back(self, task: Task) -> None:
        past = self._past(task.item_id)
        if past:
            target = self.chance.choice(past).id
            void, straight = self.chance.random() < 0.5, self.chance.random() < 0.5
            terms = SendBack(task.id, target, REASON, void=void, straight=straight)
            self.act(self.hall.holder(task), terms)

    def add_signer(self, task: Task) -> None:
        when = self.chance.choice(list(When))
        self.act(self.hall.holder(task), AddSigner(task.id, "chief", REASON, when))

    def remove_signer(self, task: Task) -> None:
        signers = [row for row in self.case().tasks if row.signer_of and not row.conclusion]
        if signers:
            asker = next(t for t in self.case().tasks if t.id == signers[-1].signer_of)
            self.act(self.hall.holder(asker), RemoveSigner(signers[-1].id, REASON))

    def take_back(self, task: Task) -> None:
        past = self._past(task.item_id)
        if past:
            self.act(self.hall.holder(past[-1]), TakeBack(past[-1].id))

    def roll_back(self, task: Task) -> None:
        past = [row for row in self.case().tasks if row.conclusion and not row.void_at]
        if past:
            self.act("lead", RollBack(self.chance.choice(past).id, REASON))

    def _past(self, item_id: int) -> list[Task]:
        rows = [row for row in self.case().tasks if row.item_id == item_id and row.conclusion]
        return sorted((row for row in rows if not row.void_at), key=lambda row: str(row.closed_at))

    # -- what must hold -------------------------------------------------------------------------

    def nothing_lost(self) -> None:
        case = self.case()
        by_id = {task.id: task for task in case.tasks}
        for task_id, words in self.said.items():
            assert by_id[task_id].opinion == words, f"an opinion is gone after {self.done}"
        assert {task.id for task in case.tasks if task.conclusion} == self.said.keys()
        waiting = {number for instance in self._waits(case) for number in instance}
        shown = {task.number for task in case.tasks if task.closed_at is None}
        assert waiting == shown, f"a task vanished after {self.done}"

    def _waits(self, case: Case) -> list[set[int]]:
        with self.hall.read() as session:
            live = session.merge(case)
            return [
                {
                    task.number
                    for task in engine.look(
                        published(live.version).definition(instance.process), instance.state
                    ).open_tasks
                }
                for instance in live.instances
            ]

    def over(self) -> None:
        """Everything is decided, once, and history accounts for every opinion that is void."""
        case = self.case()
        assert case.state is CaseState.DECIDED
        documents = [item.document_number for item in case.items]
        assert None not in documents and len(set(documents)) == len(documents)
        running = [row for row in case.deadlines if row.closed_at is None]
        assert [row.clock for row in running] == [Clock.DELIVERY], "the join fires once"
        void = [
            (one["step"], one["opinion"])
            for event in self.hall.history(self.number)
            for one in event.details.get("void", ())
        ]
        assert sorted(void) == sorted((t.name, t.opinion) for t in case.tasks if t.void_at)
        with self.hall.read() as session:
            assert verify(session, case).fault is None


@pytest.mark.parametrize(("departments", "seed"), SIZES)
def test_no_opinion_is_lost_no_task_vanishes_and_the_join_fires_once(
    hall: Hall, departments: int, seed: int
) -> None:
    number = hall.accepted({}, process=wide(hall, departments))
    submissions(hall, number)
    shuffle = Shuffle(hall, number, random.Random(f"{departments} {seed}"))
    acts: list[Callable[[Task], None]] = [
        shuffle.conclude, shuffle.conclude, shuffle.send_back, shuffle.add_signer,
        shuffle.remove_signer, shuffle.take_back, shuffle.roll_back,
    ]  # fmt: skip
    for _ in range(12 + 3 * departments):
        if tasks := shuffle.open():
            shuffle.chance.choice(acts)(shuffle.chance.choice(tasks))
    for _ in range(20 * departments):
        if tasks := shuffle.open():
            shuffle.conclude(tasks[0])
    shuffle.over()
    assert len(set(shuffle.done)) >= 4, "nothing much was tried"
