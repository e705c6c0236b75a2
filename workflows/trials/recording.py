"""A real case as a test case: what was answered, what was decided and when; nothing personal.

Names, numbers, telephones, what was written into forms and opinions stay with the case.  What a
test case has no words for (送回、跳转、加签, people who were away) is not told; running it shows.
"""

from collections import Counter, defaultdict
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.clock import office_moment, office_time
from workflows.deadlines import Limit, Unit
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Task
from workflows.states import CaseState
from workflows.trials.outcome import expectations, told
from workflows.trials.records import AT_ONCE, TestCase
from workflows.worktime import WorkTime

Written = dict[str, object]

#: What is remembered of a step by its kind.
WORDS = {"review": "say", "decide": "decide"}
ENDED = frozenset({CaseState.DECIDED, CaseState.DELIVERED, CaseState.CLOSED})


class CaseNotDecided(WorkflowError):
    """Only a case that has come to its end says what is to be expected."""

    sentence = N_("办件 %(number)s 还没有全部决定，不能录成试办用例。")


def record(session: Session, case: Case, calendar: WorkCalendar, name: str) -> TestCase:
    """A case that was decided as a test case.  Raises CaseNotDecided."""
    if case.state not in ENDED:
        raise CaseNotDecided(number=case.number)
    work = WorkTime(calendar)
    supplement = _supplement(case, work)
    window = case.supplemented_at or case.received_at
    told_at = _told_at(case) or case.accepted_at or case.received_at
    return TestCase.model_validate(
        {
            "name": name,
            "begins": office_time(case.received_at).replace(microsecond=0),
            "answers": dict(case.answers),
            "accept": _between(case.received_at if supplement else window, told_at, work),
            "supplement": supplement,
            "steps": _steps(case, work),
            "pauses": _pauses(case, work),
            "expect": expectations(told(session, case)),
        }
    )


def _told_at(case: Case) -> datetime | None:
    return datetime.fromisoformat(case.supplement["at"]) if case.supplement else None


def _supplement(case: Case, work: WorkTime) -> Written | None:
    told_at = _told_at(case)
    if case.supplement is None or told_at is None:
        return None
    brought = _between(told_at, case.supplemented_at or told_at, work)
    return {"materials": tuple(case.supplement["faults"]), "after": brought}


def _steps(case: Case, work: WorkTime) -> dict[str, tuple[Written, ...]]:
    """What was said at each step, time after time."""
    codes = {item.id: item.code for item in case.items}
    found: defaultdict[str, list[Written]] = defaultdict(list)
    for task in sorted(case.tasks, key=lambda task: (task.opened_at, task.id)):
        if task.closed_at and task.conclusion and task.kind != "check":
            found[f"{codes[task.item_id]}.{task.element}"].append(_act(task, work))
    return {key: tuple(acts) for key, acts in found.items()}


def _act(task: Task, work: WorkTime) -> Written:
    assert task.closed_at is not None
    said: Written = {"after": _between(task.opened_at, task.closed_at, work)}
    if task.kind in WORDS:
        said[WORDS[task.kind]] = task.conclusion
    elif task.conclusion != "confirmed":
        said["confirm"] = False
    return said


def _pauses(case: Case, work: WorkTime) -> tuple[Written, ...]:
    """The special procedures of items; of a pause only its days are known."""
    items = {item.id: item for item in case.items}
    times: Counter[int] = Counter()
    found: list[Written] = []
    for row in case.pauses:
        if row.item_id is None or not row.notice_number:
            continue
        item, times[row.item_id] = items[row.item_id], times[row.item_id] + 1
        begun = item.started_at or case.received_at
        opens = office_moment(row.started_on, work.calendar.sessions[0][0])
        ended = row.ended_on or row.started_on
        days = work.calendar.ordinal(ended) - work.calendar.ordinal(row.started_on)
        found.append(
            {
                "item": item.code,
                "procedure": row.kind,
                "after": _between(begun, max(begun, opens), work),
                "lasts": f"{max(1, days)}wd",
            }
        )
    return tuple(found)


def _between(earlier: datetime, later: datetime, work: WorkTime) -> str:
    """The working time between two instants, to a hundredth of an hour."""
    seconds = work.place(later) - work.place(earlier)
    hours = (Decimal(max(0, seconds)) / 3600).quantize(Decimal("0.01"))
    return str(Limit(hours, Unit.HOURS) if hours else AT_ONCE)
