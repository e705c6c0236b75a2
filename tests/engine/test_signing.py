"""Several posts sign one step together: 会签 (all), 或签 (any), 票签 (vote)."""

from collections import Counter

import pytest

from tests.engine.drawing import process
from tests.engine.moving import Desk
from tests.engine.signed import Council, drawn, posts, signed
from tests.engine.test_moves_together import Office
from workflows import engine
from workflows.engine.approvals import Rule, Signer, Signing, needed_of
from workflows.engine.reading import Reading
from workflows.engine.tree import COMPLETED

MANY = (2, 5, 20)
Y, N, A = "agree", "disagree", "abstain"


@pytest.mark.parametrize("many", MANY)
def test_all_are_heard_and_agree_only_when_everyone_does(many: int) -> None:
    council = Council(posts([1] * many, "all"))
    assert [task.approval.duty for task in council.step.open_tasks] == [
        f"d{place}" for place in range(1, many + 1)
    ]
    council.sign(N, *[Y] * (many - 2))
    assert council.open() == {f"dept#{many}": 1}, "the disagreement does not end it"
    assert council.signatures().count.signed == many - 1
    council.sign(Y)
    assert (council.open(), council.conclusion) == ({"refuse": 1}, N)
    agreed = Council(posts([1] * many, "all"))
    agreed.sign(*[Y] * many)
    assert (agreed.open(), agreed.conclusion) == ({"decide": 1}, Y)


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize(("word", "follows"), [(Y, "decide"), (N, "refuse")])
def test_any_first_opinion_decides_and_the_others_are_not_needed(
    many: int, word: str, follows: str
) -> None:
    council = Council(posts([1] * many, "any"))
    council.say(many, word)
    assert (council.open(), council.conclusion) == ({follows: 1}, word)
    asked = council.signatures()
    assert [one.waits for one in asked.each] == [False] * many
    assert asked.count.signed == 1
    with pytest.raises(engine.TaskNotOpen):
        council.move(engine.complete, "dept#1", {"conclusion": Y})
    assert set(council.armed()) == set(), "the timer of the step has gone with it"


@pytest.mark.parametrize(
    ("votes", "mark", "said", "result"),
    [
        ([1, 1, 1], "60%", [Y, Y, None], Y),
        ([1, 1, 1], "60%", [Y, N, None], None),
        ([1, 1, 1], "60%", [N, A, None], N),
        ([2, 1, 1], "60%", [Y, None, None], None),
        ([3, 1, 1], "60%", [Y, None, None], Y),
        ([3, 1, 1], "60%", [N, None, None], N),
        ([1, 1], "50%", [Y, N], Y),  # what reaches the mark passes, a tie as well
        ([1, 1], "51%", [Y, N], N),
        ([1, 1], "51%", [Y, None], None),
        ([1, 1, 1, 1], "3", [Y, Y, N, None], None),
        ([1, 1, 1, 1], "3", [Y, Y, N, A], N),  # an abstention is no vote in favour
        ([1, 1, 1], "2", [A, A, A], N),
        ([1, 1, 1], "100%", [Y, A, None], N),
        ([1, 1, 1], "100%", [Y, Y, Y], Y),
        ([1] * 20, "66%", [Y] * 13 + [None] * 7, None),
        ([1] * 20, "66%", [Y] * 14 + [None] * 6, Y),
        ([1] * 20, "66%", [N] * 7 + [None] * 13, N),
    ],
)
def test_a_vote_is_over_as_soon_as_it_is_certain(
    votes: list[int], mark: str, said: list[str | None], result: str | None
) -> None:
    signers = tuple(Signer("checker", count) for count in votes)
    signing = Signing(Rule.VOTE, signers, needed_of(mark, sum(votes)) or 0)
    assert signing.count(said).result == result


def test_a_vote_says_how_it_stands_and_ends_early_in_both_directions() -> None:
    attributes = posts([1, 2, 3], "vote", "4").replace("rule", 'conclusions="agree" rule')
    council = Council(attributes)
    council.say(2, Y)
    count = council.signatures().count
    assert (count.signed, count.signers, count.agree, count.needed, count.votes) == (1, 3, 2, 4, 6)
    council.say(3, Y)
    assert (council.open(), council.conclusion) == ({"decide": 1}, Y)
    other = Council(attributes)
    other.say(3, A)
    assert (other.open(), other.conclusion) == ({"refuse": 1}, N)
    assert other.signatures().count.abstained == 3


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("rule", Rule)
def test_rolled_back_one_signs_again_and_the_opinions_of_the_others_stand(
    many: int, rule: str
) -> None:
    council = Council(posts([1] * many, rule, "100%"))
    council.sign(*[Y] * (1 if rule == "any" else many))
    assert council.open() == {"decide": 1}
    council.move(engine.roll_back, "dept#1")
    said = [one.conclusion for one in council.signatures().each]
    if rule == "any":
        assert council.open() == {f"dept#{place}": 1 for place in range(1, many + 1)}
    else:
        assert (council.open(), said) == ({"dept#1": 1}, [None, *[Y] * (many - 1)])
    council.say(1, N)
    assert (council.open(), council.conclusion) == ({"refuse": 1}, N)


@pytest.mark.parametrize("many", MANY)
def test_sent_straight_back_one_changes_his_mind_and_the_step_its_conclusion(many: int) -> None:
    council = Council(posts([1] * many, "all"))
    council.sign(*[Y] * many)
    council.back("decide", "dept#2")
    assert council.open() == {"dept#2": 1}
    [task] = council.step.open_tasks
    assert task.approval.duty == "d2", "it is still the part of that post"
    council.say(2, N)
    assert (council.open(), council.conclusion) == ({"decide": 1}, N), "the sender has it again"
    assert [one.conclusion for one in council.signatures().each] == [Y, N, *[Y] * (many - 2)]
    council.do("decide")
    assert council.step.finished


@pytest.mark.parametrize("many", MANY)
def test_sent_back_the_long_way_with_all_opinions_void_everybody_signs_again(many: int) -> None:
    council = Council(posts([1] * many, "all"))
    council.sign(*[Y] * many)
    council.back("decide", "dept#1", None, True, False)
    assert council.open() == Counter({f"dept#{place}": 1 for place in range(1, many + 1)})
    council.sign(*[Y] * many)
    assert council.open() == {"decide": 1}, "the way goes on once"


@pytest.mark.parametrize("rule", Rule)
def test_one_of_them_sends_back_to_a_step_before_and_the_others_go_on(rule: str) -> None:
    council = Council(posts([1, 1, 1], rule, "100%"))
    council.back("dept#2", "prepare")
    assert council.open() == {"prepare": 1, "dept#1": 1, "dept#3": 1}
    council.say(3, Y)
    if rule == "any":  # decided without him who sent back
        council.to_the_end()
    else:
        council.do("prepare")
        assert council.open() == {"dept#1": 1, "dept#2": 1}
        council.sign(Y, Y)
        council.do("decide")
    assert (council.step.finished, council.conclusion) == (True, Y)


def test_who_votes_anew_after_an_early_end_does_not_leave_it_undecided() -> None:
    council = Council(posts([1, 1, 1], "vote", "2"))
    council.sign(Y, Y)
    assert council.open() == {"decide": 1}
    with pytest.raises(engine.MoveNotPossible, match="票签提前有了结论"):
        council.back("decide", "dept#1")
    council.back("decide", "dept#1", straight=False)
    assert council.open() == {"dept#1": 1, "dept#3": 1}, "who was not needed is asked again"
    council.sign(N, Y)
    assert (council.open(), council.conclusion) == ({"decide": 1}, Y)


def test_sent_back_with_all_opinions_void_only_those_who_had_one_are_asked_again() -> None:
    council = Council(posts([1, 1, 1], "any"))
    council.say(2, Y)
    council.back("decide", "dept#2", None, True, True)
    assert council.open() == {"dept#2": 1}
    council.say(2, N)
    assert (council.open(), council.conclusion) == ({"decide": 1}, N)


def test_nobody_is_added_to_those_who_sign_together_or_taken_away() -> None:
    council = Council(posts([1, 1], "all"))
    for when in ("beside", "before", "after"):
        with pytest.raises(engine.MoveNotPossible, match="不能加签"):
            council.move(engine.add_signer, "dept#1", when)
    with pytest.raises(engine.MoveNotPossible, match="不能减签"):
        council.move(engine.remove_signer, "dept#1")


def test_only_a_step_that_is_signed_together_has_signatures() -> None:
    council = Council(posts([1, 1], "all"))
    reading = Reading(council.definition, council.step.state)
    assert reading.signatures(council.numbers["prepare"]) is None
    assert reading.signatures(999) is None
    assert engine.signed_together(council.sources) == {"dept"}


def test_a_case_moves_to_a_new_version_unless_who_signs_has_changed() -> None:
    council = Council(posts([1, 1], "all"))
    same = engine.load("p", drawn(posts([1, 1], "all") + ' form="opinion"'))
    step = engine.migrate(council.definition, same, council.step.state)
    assert len(step.open_tasks) == 2
    for changed in (posts([1, 1, 1], "all"), posts([1, 1], "any")):
        new = engine.load("p", drawn(changed))
        for state in (council.step.state, _after(council)):
            found = engine.can_migrate(council.definition, new, state)
            assert {str(one) for one in found} == {
                "[dept] 这个环节已经开始，而会签的签署人或规则在新版本里变了。"
            }
    before = engine.start(council.definition, {"conclusion": "none"})
    new = engine.load("p", drawn(posts([1, 1, 1], "all")))
    assert not engine.can_migrate(council.definition, new, before.state)


def _after(council: Council) -> bytes:
    done = Desk(council.sources, conclusion="none")
    done.do("receive", "prepare")
    done.do("dept#1", "dept#2", conclusion=Y)
    return done.step.state


class Restless(Office):
    """Those who sign are moved about like everybody else."""

    def complete(self) -> None:
        task = self.random.choice(self.step.open_tasks)
        words = {"conclusion": self.random.choice([Y, N, A])} if task.element == "dept" else {}
        self.take(engine.complete, task.number, {**words, "again": self.random.random() < 0.1})
        self.past.append(task.number)

    def check(self) -> None:
        super().check()
        reading = Reading(self.definition, self.step.state)
        visits = [one for one in reading.top.numbered.values() if "total" in one.internal_data]
        for whole in visits:
            if whole._state == COMPLETED:
                found = reading.signatures(whole.task_spec.instances(whole)[0].id)
                assert found and found.count.result
                alone = len(visits) == 1  # who jumps may come here twice
                assert not alone or found.count.result == self.step.variables["conclusion"]


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_done_the_conclusion_is_what_they_said(rule: str, seed: int) -> None:
    one = Restless(drawn(posts([1, 2, 1], rule)), seed)
    for _ in range(one.random.randrange(5, 40)):
        if not one.step.finished:
            one.something()
    for _ in range(300):
        if not one.step.finished:
            one.complete()
            one.check()
    assert one.step.finished and not one.step.timers


def test_inside_an_item_the_conclusion_stays_with_the_item() -> None:
    case = process("p", ["s +1 call:R1:item +2 e", "+1 call:R2:item +2"])
    ends = ["s sign x1 granted", "x1 refused"]
    item = process("item", ends, {"x1 granted": 'conclusion == "agree"'}, elements={
        "sign": signed("sign", posts([1, 1], "any")),
        "granted": '<endEvent id="granted"/>', "refused": '<endEvent id="refused"/>',
    })  # fmt: skip
    definition = engine.load("p", (case, item))
    step = engine.start(definition, {})
    assert Counter((task.item, task.approval.duty) for task in step.open_tasks) == Counter(
        [("R1", "d1"), ("R1", "d2"), ("R2", "d1"), ("R2", "d2")]
    )
    for item_code, word in (("R1", N), ("R2", Y)):
        number = next(task.number for task in step.open_tasks if task.item == item_code)
        step = engine.complete(definition, step.state, number, {"conclusion": word})
    assert step.finished
    assert (step.variables["R1"], step.variables["R2"]) == ("refused", "granted")
