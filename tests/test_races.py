"""Several people, processes and schedulers at the same moment: nothing lost, nothing doubled.

Every test runs real processes on a real database.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from multiprocessing.process import BaseProcess
from typing import Any

from server.context import Services
from server.db import connect
from server.scheduler import sweep_once
from server.settings import Settings
from tests.calendars import arranged
from tests.hall import LARGE, Hall
from tests.inspecting import filing
from tests.moving import rows
from tests.processes import PROCESSES
from tests.signing import VOTE, council, part
from workflows.actions import Action, perform
from workflows.actions.claim import Claim
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.hand_over import HandOver
from workflows.actions.receive import Receive
from workflows.actions.sign_for import SignFor
from workflows.clock import FixedClock
from workflows.errors import WorkflowError
from workflows.queries.timeline import verify_all
from workflows.states import ItemState

Job = tuple[str, str, Action]


def services_at(settings: Settings, now: datetime) -> Services:
    return Services(settings, FixedClock(now), connect(settings.database_url))


def act_at_once(settings: Settings, now: datetime, job: Job, gate: Any, outcomes: Any) -> None:
    """One person in a process of its own, waiting at the gate for the others."""
    username, key, action = job
    services = services_at(settings, now)
    hall = Hall(services, services.clock)  # type: ignore[arg-type]
    context = services.context(hall.actor(username))
    gate.wait()
    try:
        with context.session:
            perform(key, action, context)
        outcomes.put("done")
    except WorkflowError as refusal:
        outcomes.put(refusal.code)


def at_once(hall: Hall, jobs: list[Job]) -> Counter[str]:
    """Do all of these in processes of their own at the same moment; count the outcomes."""
    gate = PROCESSES.Barrier(len(jobs))
    outcomes = PROCESSES.Queue()
    now = hall.clock.now()
    run_all(act_at_once, [(hall.services.settings, now, job, gate, outcomes) for job in jobs])
    return Counter(outcomes.get(timeout=10) for _ in jobs)


def run_all(target: Callable[..., None], calls: list[tuple[Any, ...]]) -> None:
    processes: list[BaseProcess] = [PROCESSES.Process(target=target, args=args) for args in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
        assert process.exitcode == 0


def all_chains_are_whole(hall: Hall) -> bool:
    with hall.read() as session:
        return all(chain.fault is None for chain in verify_all(session))


def test_departments_that_finish_at_the_same_moment_lose_nothing(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    instant = ["R02", "R03", "R04", "R05"]
    for code in instant:
        hall.sign_for(number, code)
    tasks = [hall.task(number, code) for code in instant]
    jobs: list[Job] = [
        (hall.holder(task), number, Decide(task.id, Decision.GRANTED, "准予")) for task in tasks
    ]
    before = hall.case(number).history_length
    assert at_once(hall, jobs) == {"done": 4}
    assert {hall.item(number, code).state for code in instant} == {ItemState.APPROVED}
    assert hall.case(number).history_length == before + 4
    assert all_chains_are_whole(hall)
    hall.grant_all(number)
    assert hall.case(number).state == "decided"


def test_one_task_done_by_four_clicks_at_once_is_done_once(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R01")
    task = hall.task(number, "R01")
    job: Job = (hall.holder(task), number, Decide(task.id, Decision.GRANTED, "准予"))
    outcomes = at_once(hall, [job] * 4)
    assert outcomes["done"] == 1 and outcomes["task_not_open"] == 3
    assert hall.actions(number).count("decide") == 1
    assert len([t for t in hall.case(number).tasks if t.item_id == task.item_id]) == 1


def test_one_receipt_sent_four_times_at_once_is_one_case(hall: Hall) -> None:
    receipt = Receive(
        process="restaurant", token="the same", applicant="某某", applicant_number="1", phone="2"
    )
    outcomes = at_once(hall, [("window1", "", receipt)] * 4)
    assert outcomes == {"done": 1, "already_received": 3}


def test_cases_received_at_the_same_moment_have_numbers_of_their_own(hall: Hall) -> None:
    receipt = Receive(
        process="restaurant", token="", applicant="某某", applicant_number="1", phone="2"
    )
    jobs: list[Job] = [("window1", "", replace(receipt, token=str(n))) for n in range(4)]
    assert at_once(hall, jobs) == {"done": 4}
    assert all_chains_are_whole(hall)


def sweep_at_once(settings: Settings, now: datetime, gate: Any, climbed: Any) -> None:
    services = services_at(settings, now)
    gate.wait()
    climbed.put(sweep_once(services))


def test_two_schedulers_at_once_fire_every_rung_once(hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(4)]
    hall.at("2026-04-13T09:30")
    gate, climbed = PROCESSES.Barrier(2), PROCESSES.Queue()
    now = hall.clock.now()
    run_all(sweep_at_once, [(hall.services.settings, now, gate, climbed)] * 2)
    total = climbed.get(timeout=10) + climbed.get(timeout=10)
    rungs = Counter(
        (number, event.details["clock"], event.details["basis"], event.details["item"],
         event.details["rung"])
        for number in numbers
        for event in hall.history(number)
        if event.action in ("warn", "escalate")
    )  # fmt: skip
    assert total == sum(rungs.values()) > 20
    assert set(rungs.values()) == {1}
    assert all_chains_are_whole(hall)
    assert hall.sweep() == 0


def work_until_killed(settings: Settings, now: datetime, jobs: list[Job], started: Any) -> None:
    services = services_at(settings, now)
    hall = Hall(services, services.clock)  # type: ignore[arg-type]
    for username, key, action in jobs:
        context = services.context(hall.actor(username))
        with context.session:
            perform(key, action, context)
        started.set()


def test_a_process_killed_in_the_middle_leaves_every_case_whole(hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(12)]
    jobs: list[Job] = []
    for number in numbers:
        task = hall.task(number, "R13")
        username = hall.holder(task)
        jobs.append((username, number, SignFor(task.id)))
        jobs.append((username, number, Decide(task.id, Decision.GRANTED, "准予")))
    started = PROCESSES.Event()
    process = PROCESSES.Process(
        target=work_until_killed, args=(hall.services.settings, hall.clock.now(), jobs, started)
    )
    process.start()
    assert started.wait(60)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert all_chains_are_whole(hall)
    done = 0
    for number in numbers:
        acts = hall.actions(number)[2:]
        item = hall.item(number, "R13")
        expected = {0: ItemState.RECEIVED, 1: ItemState.REVIEWING, 2: ItemState.APPROVED}
        assert item.state is expected[len(acts)], "state and history agree"
        assert (item.document_number is not None) == (len(acts) == 2)
        done += len(acts)
        hall.grant_all(number)
        assert hall.case(number).state == "decided"
    assert 0 < done <= len(jobs)


def claim_at_once(settings: Settings, now: datetime, job: Job, gate: Any, outcomes: Any) -> None:
    """One person in a process of its own; what the others are told."""
    username, key, action = job
    services = services_at(settings, now)
    hall = Hall(services, services.clock)  # type: ignore[arg-type]
    actor = hall.actor(username)
    context = services.context(actor)
    gate.wait()
    try:
        with context.session:
            perform(key, action, context)
        outcomes.put(("won", actor.name))
    except WorkflowError as refusal:
        outcomes.put((refusal.code, str(refusal)))


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.task(number, "R08")
    gate, outcomes = PROCESSES.Barrier(3), PROCESSES.Queue()
    who = ["sj.member1", "sj.member2", "sj.handler2"]
    jobs: list[Job] = [(username, number, Claim(task.id)) for username in who]
    now = hall.clock.now()
    run_all(claim_at_once, [(hall.services.settings, now, job, gate, outcomes) for job in jobs])
    told = [outcomes.get(timeout=10) for _ in jobs]
    [winner] = [name for outcome, name in told if outcome == "won"]
    lost = [sentence for outcome, sentence in told if outcome == "already_claimed"]
    assert lost == [f"这项任务已由 {winner} 认领。"] * 2
    assert hall.actions(number).count("claim") == 1
    assert all_chains_are_whole(hall)


def test_a_hand_over_and_what_its_tasks_are_at_the_same_moment_lose_nothing(hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(3)]
    tasks = [hall.task(number, "R08") for number in numbers]
    for number, task in zip(numbers, tasks, strict=True):
        hall.act("sj.member1", number, Claim(task.id))
    jobs: list[Job] = [("admin", "organisation", HandOver("sj.member1", "sj.member2", "调离"))]
    jobs += [
        ("sj.member1", number, SignFor(task.id))
        for number, task in zip(numbers, tasks, strict=True)
    ]
    outcomes = at_once(hall, jobs)
    assert outcomes["done"] + outcomes["not_your_task"] == 4 and outcomes["done"] >= 1
    new = hall.actor("sj.member2").person_id
    assert {hall.task(number, "R08").assignee_id for number in numbers} == {new}
    assert all_chains_are_whole(hall)


def test_of_those_who_sign_together_at_once_one_decides_and_nothing_is_lost(hall: Hall) -> None:
    number = council(hall, VOTE)
    jobs: list[Job] = []
    for duty in ("checker", "approver", "chief"):
        task = part(hall, number, duty)
        jobs.append((hall.holder(task), number, GiveOpinion(task.id, "agree", "同意")))
    outcomes = at_once(hall, jobs)
    signed = [row.details["signing"] for row in hall.history(number) if "signing" in row.details]
    assert outcomes["done"] == len(signed) and outcomes["done"] + outcomes["task_not_open"] == 3
    assert [row["result"] for row in signed] == [None] * (len(signed) - 1) + ["agree"]
    assert [row["signed"] for row in signed] == [*range(1, len(signed) + 1)]
    assert [row.element for row in rows(hall, number, "R08")] == [
        "review",
        *["check"] * 3,
        "decide",
    ]
    assert all_chains_are_whole(hall)


def test_a_region_that_two_import_for_at_once_for_the_first_time_is_imported_once(
    hall: Hall,
) -> None:
    outcomes = at_once(hall, [("admin", "cn", arranged()), ("admin", "cn", arranged())])
    assert outcomes == {"done": 1, "calendar_changed": 1}
    assert [event.action for event in hall.history("calendar:cn")] == ["import_calendar"]


def test_of_two_departments_that_file_an_inspection_at_once_one_sees_the_other(hall: Hall) -> None:
    jobs: list[Job] = [(f"{code}.handler", "", filing(token=code)) for code in ("sj", "xf")]
    assert at_once(hall, jobs) == {"done": 1, "others_come_too": 1}
