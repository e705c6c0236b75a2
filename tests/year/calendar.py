"""Who comes when: a year of cases of both themes, most of them as they should, some planted.

What is lawful is there as well, so that no rule fires on it: supplements, tests that stop a clock
for the time that was told, extensions, questions and answers, visits, refusals, withdrawals.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from server.context import Services
from tests.hall import Hall
from tests.year.courses import Going, Plan, Step
from tests.year.doings import asked, handed_on, visited
from tests.year.plants import KINDS, UNQUALIFIED
from tests.year.stage import Course, Stage
from workflows.actions import perform
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.set_qualification import SetQualification
from workflows.clock import OFFICE_ZONE, FixedClock
from workflows.models import Answer

#: The hall is set up; the year begins and ends; the last licence was handed over.
BEFORE = datetime(2025, 1, 2, 9, 0, tzinfo=OFFICE_ZONE)
FIRST, LAST = date(2025, 1, 6), date(2025, 12, 19)
AFTER = datetime(2026, 2, 2, 9, 0, tzinfo=OFFICE_ZONE)
#: Everything of the second theme that has a special procedure and is quickly decided.
SITE = {"bridge_lines": True, "construction_discharge": True, "moves_ancient_tree": True}
#: In this month this department stops most of its clocks; see R10.
MONTH, GREEDY, GREEDY_ITEM = 6, "SL", "G17"
EXPLAINED = "已逐条研究城管部门意见，油烟经净化后高空排放，邻近居民已书面同意，依法准予。"


def prepared(services: Services) -> None:
    """Before the year begins: one person's qualification has run out."""
    hall = Hall(services, FixedClock(BEFORE))
    context = services.context(hall.actor("admin"))
    with context.session:
        until = date(2024, 12, 31)
        perform("organisation", SetQualification(UNQUALIFIED, "考核不合格", until), context)


def arrivals(stage: Stage, cases: int, planted: int, sites: int) -> None:
    """Put a year's cases on the agenda: so many, of them every kind so often planted."""
    days = _days(stage)
    rest = cases - planted * (len(KINDS) + 3) - sites
    for turn, plan in enumerate(_planted(stage, planted)):
        _come(stage, days[turn * len(days) // (planted * len(KINDS))], plan)
    for turn in range(sites):
        day = days[turn * len(days) // sites]
        _come(stage, day, _site(stage, day))
    for turn in range(rest):
        _come(stage, days[turn * len(days) // rest], None)
    for turn in range(planted):
        day = days[int((turn + 0.5) / planted * len(days))]
        _batch(stage, stage.day(day, 1))


def _days(stage: Stage) -> list[date]:
    every = (FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1))
    return [day for day in every if stage.work.calendar.is_workday(day)]


def _come(stage: Stage, day: date, plan: Plan | None) -> None:
    stage.spawn(_case(stage, plan), at=stage.day(day, stage.chance.uniform(0.1, 6.5)))


def _case(stage: Stage, plan: Plan | None) -> Course:
    yield from Going(stage, plan or usual(stage)).course()


def _planted(stage: Stage, many: int) -> Iterator[Plan]:
    """Every kind of fault so often, in turns."""
    for _ in range(many):
        for name in KINDS:
            yield planted(stage, name)


def planted(stage: Stage, name: str) -> Plan:
    """A plan with a fault; what the watch has to find is noted when the case has its number."""
    plan, found = KINDS[name](stage)
    plan.found = tuple(found)
    return plan


def _batch(stage: Stage, at: int) -> None:
    """R11: three cases with their licences, decided within minutes by the same people."""
    for turn in range(3):
        plan = Plan(rushed=True, found=(("R11", "R08"),))
        stage.spawn(Going(stage, plan).course(), at=at + turn * 300)


# -- what is as it should be -----------------------------------------------------


def usual(stage: Stage) -> Plan:
    """An ordinary case: what makes it differ from the next comes round in turns."""
    for many, what in ((8, _tested), (60, _asked), (61, _explained), (70, _visited), (75, _handed),
                       (80, _extended)):  # fmt: skip
        if stage.every(what.__name__, many):
            return what(stage)
    answers: dict[str, bool | int | float] = {
        "has_signboard": stage.every("sign", 12), "has_employees": stage.every("staff", 20),
    }  # fmt: skip
    if stage.every("area", 30):
        answers["area_m2"] = 400
    return Plan(
        answers=answers,
        supplement=stage.every("supplement", 9),
        withdraw=stage.every("withdraw", 50),
        refuse="R08" if stage.every("refuse", 40) else "",
    )


def _tested(stage: Stage) -> Plan:
    """With a licence to discharge; one in six has its water tested, in the time that was told."""

    def test(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 1, 1)
        yield from going.pause(code, 4, 3)

    tests = stage.every("test", 6)
    return Plan(answers={"discharges_sewage": True}, between={"R11": test} if tests else {})


def _asked(stage: Stage) -> Plan:
    return asked(stage, Answer.AGREE)


def _explained(stage: Stage) -> Plan:
    """Granted although another department disagreed, and it is said why."""
    plan = asked(stage, Answer.DISAGREE)
    plan.words["R08", "decide"] = EXPLAINED
    return plan


def _visited(stage: Stage) -> Plan:
    return visited(stage, comes=True)


def _handed(stage: Stage) -> Plan:
    """Handed on twice, which happens."""
    return handed_on(stage, ("sj.handler", "sj.member1", "sj.handler"))


def _extended(stage: Stage) -> Plan:
    """Longer by three days, in time and by the right superior; decided before it is yellow."""

    def extend(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 2, 1)
        stage.act("sj.chief", going.number, ExtendDeadline(3, "现场核查需要", code))

    return Plan(between={"R08": extend}, hold={"R08": (5, 2)})


def _site(stage: Stage, day: date) -> Plan:
    """A site; one clock in six is stopped, in one month nearly all of one office."""
    between = {}
    for item in ("G12", "G15", "G17"):
        greedy = (day.month, item) == (MONTH, GREEDY_ITEM)
        if stage.every(item, 6) or (greedy and not stage.every("greedy", 6)):
            between[item] = _procedure(stage)
    return Plan("construction", SITE, between=between)


def _procedure(stage: Stage) -> Step:
    """A special procedure of two days that takes two days."""

    def take(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 1, 1)
        yield from going.pause(code, 3, 2)

    return take
