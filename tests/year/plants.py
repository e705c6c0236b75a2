"""What goes wrong, one kind after another, and what the watch has to say of it.

What is expected is written down here, by whoever plants it, from the law and the catalogue; no
rule is asked.
"""

from collections.abc import Callable

from tests.hall import APPLICANT
from tests.year.courses import Going, Plan
from tests.year.doings import asked, handed_on, visited
from tests.year.forging import forge, forge_decider, forge_pause
from tests.year.stage import Course, Stage
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.give_rating import GiveRating
from workflows.models import Answer

#: Who has no 执法资格 all year; see `prepared`.
UNQUALIFIED = "sj.handler2"
SEWAGE = {"discharges_sewage": True}
#: A kind of fault: its plan, and what the watch has to find in the case.
Kind = Callable[[Stage], tuple[Plan, list[tuple[str, str | None]]]]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Under this name a fault is planted."""

    def keep(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return keep


# -- limits (时限) -----------------------------------------------------


@kind("W01 yellow")
def _yellow(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Decided on the last day: in time, but the light was yellow for two days."""
    return Plan(hold={"R08": (5, 2)}), [("W01", "R08")]


@kind("W02 signed late")
def _signed_late(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Four hours to sign, six that it lay there; the item has three days."""
    return Plan(lies={"R13": 6}), [("W02", "R13")]


@kind("R01 late")
def _late(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Promised in five days, decided on the eighth."""
    return Plan(hold={"R08": (8, 2)}), [("W01", "R08"), ("R01", "R08")]


@kind("R01 whole case")
def _whole(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """The case is promised in thirteen days and decided on the sixteenth: the item, of ten days
    by law, is beyond everything, the case within its forty-five."""
    found = [("W01", "R08"), ("R01", "R08"), ("R02", "R08"), ("W01", None), ("R01", None)]
    return Plan(hold={"R08": (16, 2)}), found


@kind("R02 unlawful")
def _unlawful(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Ten days by law, decided on the eleventh."""
    return Plan(hold={"R08": (11, 2)}), [("W01", "R08"), ("R01", "R08"), ("R02", "R08")]


@kind("R03 silent")
def _silent(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Nobody looks for five days, so by law it was accepted six days ago: what had half a day,
    three days, or five is late before it has begun; the licence is due by law in three."""
    late = [(rule, item) for rule in ("W01", "R01") for item in ("R01", "R13", "R08")]
    return Plan(silent=True), [("R03", None), *late, ("R02", "R01")]


@kind("R04 not handed over")
def _kept(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    return Plan(deliver_on=12), [("R04", None)]


@kind("R05 longer than told")
def _long_pause(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Three days were told, it took four: one runs against the department, which is in time."""

    def test(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 1, 1)
        yield from going.pause(code, 3, 4)

    return _sewage(test), [("R05", "R11")]


@kind("R06 too many days")
def _too_long(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    return _extended(stage, days=30), [("R06", "R08")]


@kind("R06 twice")
def _twice(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Once by the chief, as the law allows; and once more."""

    def twice(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 2, 1)
        stage.act("sj.chief", going.number, ExtendDeadline(3, "现场核查需要", code))
        yield stage.soon(1, 2)
        forge(stage.services, going.number, "extend_deadline", "冯局", item=code, days=3)

    return Plan(between={"R08": twice}, hold={"R08": (4, 2)}), [("R06", "R08")]


@kind("R06 after the limit")
def _afterwards(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Asked for on the seventh of five days: that is late already."""
    plan = _extended(stage, days=3, on=7)
    plan.hold["R08"] = (8, 2)
    return plan, [("R06", "R08"), ("W01", "R08"), ("R01", "R08")]


def _extended(stage: Stage, days: int, on: int = 2) -> Plan:
    def extend(going: Going) -> Course:
        yield stage.after(going.begun, on, 1)
        forge(stage.services, going.number, "extend_deadline", "冯局", item="R08", days=days)

    return Plan(accepted=extend)


# -- course (流程) -----------------------------------------------------


@kind("R07 told twice")
def _told_twice(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    def again(going: Going) -> None:
        faults = {"M07": "请再补一份平面图"}
        forge(stage.services, going.number, "return_for_supplement", "李芳", faults=faults)

    return Plan(supplement=True, closed=again), [("R07", None)]


@kind("R08 alone")
def _alone(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """The same person proposes a refusal and confirms it."""

    def refuse(going: Going) -> None:
        words = "不符合法定条件，不予许可。"
        item = {"item": "R13", "opinion": words}
        forge(stage.services, going.number, "decide", "王建国", decision="refused", **item)
        forge(stage.services, going.number, "confirm_refusal", "王建国", confirmed=True, **item)

    return Plan(closed=refuse), [("R08", "R13")]


@kind("R08 without reason")
def _unreasoned(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """It says nothing, so that it is an empty opinion as well."""

    def refuse(going: Going) -> None:
        said = {"item": "R13", "decision": "refused", "opinion": ""}
        forge(stage.services, going.number, "decide", "王建国", **said)

    return Plan(closed=refuse), [("R08", "R13"), ("R16", "R13")]


@kind("R09 no ground")
def _groundless(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    def stop(going: Going, code: str) -> Course:
        yield stage.soon(3, 4)
        forge_pause(stage.services, going.number, code, "领导出差", "李建国")

    return _sewage(stop), [("R09", "R11")]


@kind("R10 again and again")
def _often(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Three lawful tests of a day each, one after the other."""

    def test(going: Going, code: str) -> Course:
        for day in (1, 2, 3):
            yield stage.after(going.begun, day, 1)
            yield from going.pause(code, 1, 1)

    return _sewage(test), [("R10", "R11")]


@kind("R10 at the end")
def _at_the_end(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """On the last of five days a test is begun that takes two; the light was yellow before."""

    def test(going: Going, code: str) -> Course:
        yield stage.after(going.begun, 5, 1)
        yield from going.pause(code, 3, 2)

    plan = _sewage(test)
    plan.hold["R11"] = (7, 4)
    return plan, [("R10", "R11"), ("W01", "R11")]


@kind("R12 not in the guide")
def _demanded(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    def demand(going: Going) -> None:
        faults = {"X09": "请提供近三年纳税证明"}
        forge(stage.services, going.number, "return_for_supplement", "李芳", faults=faults)

    return Plan(closed=demand), [("R12", None)]


@kind("R13 unqualified")
def _unqualified(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    def tamper(going: Going) -> None:
        person = stage.hall.actor(UNQUALIFIED).person_id
        forge_decider(stage.services, going.number, "R08", person)

    return Plan(closed=tamper), [("R13", "R08")]


@kind("R13 alone")
def _same(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """Who checked it has decided it."""

    def tamper(going: Going) -> None:
        forge_decider(stage.services, going.number, "R08", None)

    return Plan(closed=tamper), [("R13", "R08")]


@kind("R14 from hand to hand")
def _round(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    plan = handed_on(stage, ("sj.handler", "sj.member1", "sj.member2", "sj.handler"))
    return plan, [("R14", "R08")]


@kind("R15 stayed away")
def _silent_seat(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    return visited(stage, comes=None), [("R15", "R10")]


@kind("R15 excused itself")
def _excused(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    return visited(stage, comes=False), [("R15", "R10")]


# -- content (内容) -----------------------------------------------------


@kind("R16 a word")
def _a_word(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    return Plan(words={("R08", "check"): "同意"}), [("R16", "R08")]


@kind("R17 against an answer")
def _against(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    plan = asked(stage, Answer.DISAGREE)
    plan.words["R08", "decide"] = "经研究，准予许可。"
    return plan, [("R17", "R08")]


def _sewage(between: Callable[[Going, str], Course]) -> Plan:
    return Plan(answers=SEWAGE, between={"R11": between})


# -- ratings (好差评) -----------------------------------------------------


@kind("R20 not followed up")
def _unheard(stage: Stage) -> tuple[Plan, list[tuple[str, str | None]]]:
    """A bad rating, and nobody calls, nor puts anything right: two limits are over.

    In the first hall only: a rating is known by its number, which the other hall has as well.
    """
    if stage.seed != 1:
        return Plan(), []

    def rate(going: Going) -> None:
        stage.known.setdefault("applicant", APPLICANT)
        stage.act("applicant", going.number, GiveRating(1, item="R08"))

    return Plan(closed=rate), [("R20", "R08"), ("R20", "R08")]
