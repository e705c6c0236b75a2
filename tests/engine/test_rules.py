"""The rules, one small diagram each, worked out by hand from the standard's text (BPMN 2.0.2 §13).

Each runs on the oracle, which referees the random diagrams, and on the engine.
"""

from typing import Any

import pytest

from tests.engine.drawing import (
    DECLARED,
    boundary,
    content,
    element,
    event,
    message,
    process,
    script,
    sub,
    thrown,
    timer,
)  # fmt: skip
from tests.engine.oracle.hands import Engine, Oracle

TERMINATE = "<terminateEventDefinition/>"
both = pytest.mark.parametrize("run", [Oracle, Engine])


def many(sequential: bool, inside: str) -> str:
    sign = "true" if sequential else "false"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{sign}">{inside}'
        "</multiInstanceLoopCharacteristics>"
    )


def beside(source: str, called: str) -> str:
    """A file with a process ``q`` that is called."""
    second = f'<process id="q" isExecutable="true">{called}</process>'
    return source.replace("</definitions>", f"{second}</definitions>")


def task(key: str, more: str) -> str:
    return element(key).replace("</userTask>", f"{more}</userTask>")


@both
def test_a_second_token_on_a_flow_stays_for_the_next_round(run: Any) -> None:
    # Two tokens go through a, one through b: the join fires once, and keeps one.
    source = process("p", ["s +1 x1 a +2 z e", "+1 c x1", "+1 b +2"])
    found = run(source)
    found.do("c")
    assert found.open() == ["a", "a", "b"]
    found.do("a")
    found.do("a")
    assert found.open() == ["b"]
    found.do("b")
    assert found.open() == ["z"]
    found.do("z")
    assert not found.finished and found.open() == []


@both
def test_an_inclusive_join_waits_for_work_behind_a_choice(run: Any) -> None:
    source = process(
        "p",
        ["s o1 a o2 z e", "o1 x1 b x2 o2", "x1 c x2"],
        {"o1 x1": "wide", "x1 b": "wide"},
    )
    found = run(source, wide=True)
    assert found.open() == ["b"]  # the default flow is not taken beside another
    found.do("b")
    assert found.open() == ["z"]


@both
def test_a_token_that_can_also_fill_a_full_flow_is_not_waited_for(run: Any) -> None:
    # From c a path leads to both flows into o1; the one from a is full already.
    source = process("p", ["s +1 a x2 o1 z e", "+1 c x1 b o1", "x1 x2"], {"x1 b": "far"})
    found = run(source, far=False)
    found.do("a")
    assert found.open() == ["c", "z"]
    found.do("c")
    assert found.open() == ["z", "z"]


@both
def test_a_token_that_can_fill_only_an_empty_flow_is_waited_for(run: Any) -> None:
    source = process("p", ["s +1 a o1 z e", "+1 c b o1"])
    found = run(source)
    found.do("a")
    assert found.open() == ["c"]
    found.do("c")
    found.do("b")
    assert found.open() == ["z"]


@both
def test_work_whose_boundary_event_leads_to_a_join_is_waited_for(run: Any) -> None:
    source = process(
        "p", ["s +1 a o1 z e", "+1 c e1", "late o1"],
        elements={"late": boundary("late", "c", timer("5wd"))},
    )  # fmt: skip
    found = run(source)
    found.do("a")
    assert found.open() == ["c", "late"]
    found.fire("late")
    assert found.open() == ["z"]


@both
def test_of_two_inclusive_joins_that_of_the_older_process_fires_first(run: Any) -> None:
    # z ends the process around before the sub-process with join a has written anything.
    inside = sub("k", ["s1 +1 o1 note e1", "+1 o1"], elements={"note": script("note", "w = 1")})
    source = process(
        "p",
        ["s +2 +3 o9 stop", "+3 o9", "+2 k e"],
        elements={"k": inside, "stop": event("endEvent", "stop", TERMINATE)},
    )
    found = run(source, w=0)
    assert found.finished
    assert found.variables == {"w": 0, "outcome": "stop"}


@both
def test_the_first_event_behind_an_event_gateway_ends_the_wait_for_the_others(run: Any) -> None:
    gateway = '<eventBasedGateway id="g"/>'
    catch = {"t": timer("5wd"), "n": message("m")}
    events = {key: event("intermediateCatchEvent", key, text) for key, text in catch.items()}
    source = process(
        "p", ["s g t a e", "g n b e"], elements={"g": gateway, **events}, declared=DECLARED
    )
    found = run(source)
    assert found.open() == ["n", "t"]
    found.deliver("paid", sum=3)
    assert found.open() == ["b"]
    assert found.variables["sum"] == 3


@both
def test_a_terminate_end_ends_its_own_process_only(run: Any) -> None:
    stop = event("endEvent", "stop", TERMINATE)
    inside = sub("k", ["s1 +1 a stop", "+1 b e1"], elements={"stop": stop})
    found = run(process("p", ["s +2 k z e", "+2 c e"], elements={"k": inside}))
    assert found.open() == ["a", "b", "c"]
    found.do("a")
    assert found.open() == ["c", "z"]


@pytest.mark.parametrize("code, open_after", [("err", ["a"]), ("err2", ["b"])])
@both
def test_an_error_goes_to_the_nearest_that_names_it_or_any(
    run: Any, code: str, open_after: list[str]
) -> None:
    throws = event("endEvent", "out", thrown("error", code))
    elements = {
        "k": sub("k", ["s1 +1 t out", "+1 u e1"], elements={"out": throws}),
        "exact": boundary("exact", "k", thrown("error", "err")),
        "any": boundary("any", "k", thrown("error")),
    }
    found = run(
        process("p", ["s k e", "any b e", "exact a e"], elements=elements, declared=DECLARED)
    )
    found.do("t")
    assert found.open() == open_after


@both
def test_an_error_leaves_a_called_process_and_one_that_nobody_catches_ends_all(run: Any) -> None:
    called = content(
        ["s1 t out"], elements={"out": event("endEvent", "out", thrown("error", "err"))}
    )
    elements = {"c": boundary("c", "k", thrown("error", "err2"))}
    source = process(
        "p", ["s +1 call:k:q e", "+1 other e", "c a e"], elements=elements, declared=DECLARED
    )
    source = source.replace(
        "</definitions>", f'<process id="q" isExecutable="true">{called}</process></definitions>'
    )
    found = run(source)
    found.do("t")
    assert found.finished and found.open() == []
    caught = run(source.replace('errorRef="err2"', 'errorRef="err"'))
    caught.do("t")
    assert caught.open() == ["a", "other"]
    assert "k" not in caught.variables


@both
def test_an_escalation_adds_a_token_or_ends_the_work(run: Any) -> None:
    throw = event("intermediateThrowEvent", "up", thrown("escalation", "esc"))
    inside = sub("k", ["s1 x1 up t x2 e1", "x2 x1"], {"x2 x1": "again"}, {"up": throw})
    for interrupting, first, second in ((False, ["h", "t"], ["h", "h", "t"]), (True, ["h"], None)):
        border = boundary("b", "k", thrown("escalation", "esc"), interrupting)
        elements = {"k": inside, "b": border}
        found = run(process("p", ["s k e", "b h e"], elements=elements, declared=DECLARED))
        assert found.open() == first
        if second:
            found.do("t", again=True)
            assert found.open() == second


@both
def test_a_timer_that_adds_runs_once_and_a_message_as_often_as_it_comes(run: Any) -> None:
    elements = {
        "t": boundary("t", "a", timer("3wd"), interrupting=False),
        "n": boundary("n", "a", message("m"), interrupting=False),
    }
    found = run(process("p", ["s a e", "t h e", "n r e"], elements=elements, declared=DECLARED))
    assert found.open() == ["a", "n", "t"]
    found.fire("t")
    found.deliver("paid")
    found.deliver("paid")
    assert found.open() == ["a", "h", "n", "r", "r"]
    found.do("a")
    assert found.open() == ["h", "r", "r"]


@both
def test_a_message_goes_to_the_one_that_has_waited_longest(run: Any) -> None:
    catch = {key: event("intermediateCatchEvent", key, message("m")) for key in ("n1", "n2")}
    source = process("p", ["s +1 n2 a e", "+1 b n1 c e"], elements=catch, declared=DECLARED)
    found = run(source)
    found.do("b")
    assert found.open() == ["n1", "n2"]
    found.deliver("paid")
    assert found.open() == ["a", "n1"]


@both
def test_many_instances_end_early_and_gather_what_the_completed_ones_brought(run: Any) -> None:
    loop = (
        "<loopDataInputRef>who</loopDataInputRef><loopDataOutputRef>all</loopDataOutputRef>"
        '<inputDataItem id="one" name="one"/><outputDataItem id="o" name="said"/>'
        "<completionCondition>numberOfCompletedInstances == 2 or said == 9</completionCondition>"
    )
    for sequential, open_first in ((False, ["a", "a", "a"]), (True, ["a"])):
        source = process("p", ["s a z e"], elements={"a": task("a", many(sequential, loop))})
        found = run(source, who=[7, 8, 9], said=0)
        assert found.open() == open_first
        found.do("a", said=1)
        assert "one" not in found.variables and found.variables["said"] == 0
        found.do("a")
        assert found.open() == ["z"]
        assert found.variables["all"] == [1, None]
        none = run(source, who=[], said=0)
        assert none.open() == ["z"]
        assert none.variables["all"] == []


@both
def test_a_called_process_reads_around_itself_and_writes_into_itself(run: Any) -> None:
    called = content(["s1 note x1 t e1", "x1 e2"], {"x1 t": "w == 3"},
                     {"note": script("note", "w = v + 1")})  # fmt: skip
    source = beside(process("p", ["s call:k:q z e"]), called)
    found = run(source, v=2, w=0)
    assert found.open() == ["t"]
    found.do("t", v=5)
    assert found.variables == {"v": 2, "w": 0, "k": "e1"}
    assert run(source, v=1, w=0).variables["k"] == "e2"


@both
def test_what_arrives_first_runs_first(run: Any) -> None:
    # One gateway less before the end that stops everything: the longer way writes nothing.
    stop = event("endEvent", "stop", TERMINATE)
    elements = {"stop": stop, "note": script("note", "w = 1"), "early": script("early", "u = 1")}
    arrows = ["s +1 +2 note e", "+1 early stop", "+2 e1"]
    found = run(process("p", arrows, elements=elements), u=0, w=0)
    assert found.finished
    assert found.variables == {"u": 1, "w": 1, "outcome": "stop"}
    longer = run(process("p", ["s +1 +2 +3 note e", "+2 e1", "+3 e2", arrows[1]],
                         elements=elements), u=0, w=0)  # fmt: skip
    assert longer.variables == {"u": 1, "w": 0, "outcome": "stop"}
