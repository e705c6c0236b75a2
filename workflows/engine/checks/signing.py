"""The checks of a step that several posts sign together: 会签 (all), 或签 (any), 票签 (vote)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import Any

from workflows.engine.approvals import ABSTAIN, AGREE, DISAGREE, Rule, needed_of, signers_of
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, extensions
from workflows.engine.xml import tag
from workflows.errors import N_

MOST_VOTES = 100
ATTRIBUTES = ("signers", "rule", "pass")
ONE = N_("duty 和 signers 只写一个：一个岗位办用 duty，几个岗位一起签用 signers。")
KIND = N_("kind=“%(kind)s”的环节不能会签：决定、否定报批和核查由一个人作出，会签用 review。")
SYNTAX = N_("signers 应写岗位，票签可带票数，如 checker approver:2；“%(signers)s”不对。")
UNKNOWN = N_("signers 里的岗位 %(duty)s 不存在，应为 %(ok)s。")
TWICE = N_("signers 里的岗位 %(duty)s 写了两次。")
FEW = N_("会签至少要两个岗位，signers 只写了 %(count)s 个。")
VOTES = N_("signers 里 %(duty)s 的票数应为 1 到 %(most)s 的整数。")
WEIGHTS = N_('signers 里 %(duty)s 带了票数，票数只用于票签（rule="vote"）。')
RULE = N_("会签规则 rule 应为 %(ok)s。")
NO_SIGNERS = N_("写了 %(name)s 却没有签署人，请写明 signers。")
NO_PASS = N_('票签（rule="vote"）要写明通过线 pass，如 %(share)s，或票数 4。')
PASS = N_("通过线 pass=“%(mark)s”不对：应为 %(least)s 到 %(most)s，或票数 1 到 %(votes)s。")
PASS_ONLY = N_('通过线 pass 只用于票签（rule="vote"）。')
CONCLUSIONS = N_("会签环节的结论 conclusions 应为 agree disagree，票签还可以有 abstain。")
MARKER = N_("会签环节要画成同时的多实例（三条竖线），里面什么也不写。")
SEVERAL = N_("differentFrom 指的环节 %(other)s 由几个人会签，请指一个人办的环节。")


def is_signed_together(node: Any) -> bool:
    """Whether anything in the ``lb:approval`` of a node says that several posts sign together."""
    return any(
        name in found.attrib for found in extensions(node, "approval") for name in ATTRIBUTES
    )


def faults(level: Level, node: Any, approval: Any, duties: Set[str]) -> Iterator[Fault]:
    """What is wrong with a step that several posts sign together."""
    found = approval.attrib
    if "signers" not in found:
        names = " ".join(name for name in ATTRIBUTES if name in found)
        yield level.fault(node, NO_SIGNERS, name=names)
    elif "duty" in found:
        yield level.fault(node, ONE)
    if found.get("kind") in ("decide", "confirm", "check"):
        yield level.fault(node, KIND, kind=found["kind"])
    if found.get("rule") not in set(Rule):
        yield level.fault(node, RULE, ok=" ".join(Rule))
    votes = _votes(found.get("signers", ""))
    if votes is None:
        yield level.fault(node, SYNTAX, signers=found["signers"][:60])
    else:
        yield from _signers(level, node, found, votes, duties)
        yield from _pass(level, node, found, sum(count for _, count in votes))
    wanted = {AGREE, DISAGREE}
    said = set(found.get("conclusions", "").split())
    if said - ({ABSTAIN} if found.get("rule") == Rule.VOTE else set()) != wanted:
        yield level.fault(node, CONCLUSIONS)
    loop = node.find(tag("multiInstanceLoopCharacteristics"))
    if loop is None or len(loop) or loop.get("isSequential") in ("true", "1"):
        yield level.fault(node, MARKER)


def _votes(text: str) -> list[tuple[str, int]] | None:
    try:
        return [(signer.duty, signer.votes) for signer in signers_of(text)]
    except ValueError:
        return None


def _signers(
    level: Level, node: Any, found: Mapping[str, str], votes: list[tuple[str, int]],
    duties: Set[str],
) -> Iterator[Fault]:  # fmt: skip
    for duty, count in Counter(duty for duty, _ in votes).items():
        if duty not in duties:
            yield level.fault(node, UNKNOWN, duty=duty[:40], ok=" ".join(sorted(duties)))
        if count > 1:
            yield level.fault(node, TWICE, duty=duty[:40])
    if "signers" in found and len(votes) < 2:
        yield level.fault(node, FEW, count=len(votes))
    for duty, count in votes:
        if not 1 <= count <= MOST_VOTES:
            yield level.fault(node, VOTES, duty=duty[:40], most=MOST_VOTES)
        elif count > 1 and found.get("rule") != Rule.VOTE:
            yield level.fault(node, WEIGHTS, duty=duty[:40])


def _pass(level: Level, node: Any, found: Mapping[str, str], votes: int) -> Iterator[Fault]:
    if found.get("rule") != Rule.VOTE:
        if "pass" in found:
            yield level.fault(node, PASS_ONLY)
    elif "pass" not in found:
        yield level.fault(node, NO_PASS, share="60%")
    elif votes > 0 and needed_of(found["pass"], votes) is None:
        params = {"mark": found["pass"][:40], "least": "1%", "most": "100%", "votes": votes}
        yield level.fault(node, PASS, **params)
