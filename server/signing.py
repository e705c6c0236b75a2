"""会签、或签、票签 in words: who signs, how the count stands, how the step was decided."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from server.context import reader
from server.labels import CONCLUSIONS, DUTIES, RULES, said, word
from server.names import step_name, zh
from server.parallel import InCharge
from server.view import minute
from workflows.engine.approvals import Count
from workflows.engine.reading import Signatures
from workflows.errors import N_
from workflows.models import Case, Task
from workflows.queries.signing import Signed, together

#: By what a step is decided, by its rule.
HOW = {
    "all": N_("全部签署后形成结论：都同意才是同意，有一个不同意就是不同意。"),
    "any": N_("第一个签署的意见就是结论，其余的不再需要签署。"),
    "vote": N_(
        "赞成满 %(needed)s 票（共 %(votes)s 票）为同意，弃权不算赞成；结果确定后不再等其余的票。"
    ),
}
SIGNED = N_("已签 %(signed)s/%(signers)s")
VOTED = N_(
    "已签 %(signed)s/%(signers)s，赞成 %(agree)s 票，反对 %(against)s 票，"
    "弃权 %(abstained)s 票，通过需 %(needed)s 票"
)


def signing(case: Case, task: Task, who: InCharge) -> dict[str, Any] | None:
    """What the page of a task shows of those who sign with it, or signed before it; else None."""
    found = together(reader(), case, task)
    if found is None:
        return None
    rule, count = found.signing.rule.value, found.count
    me = current_user.person.id
    mine = (one for one in found.each if one.task.closed_by_id == me and one.conclusion)
    return {
        "step": step_name(found.step) if all(one.task is not task for one in found.each) else None,
        "rule": word(RULES, rule),
        "how": _how(rule, count),
        "stands": stands({"rule": rule, **asdict(count)}),
        "result": word(CONCLUSIONS, count.result) if count.result else None,
        "mine": next((word(DUTIES, one.signer.duty) for one in mine if one.task is not task), None),
        "rows": [_row(one, found.signing.rule == "vote", who) for one in found.each],
    }


def _how(rule: str, count: Count) -> str:
    """By what the step is decided, for those who sign it."""
    return said(HOW[rule], {"needed": count.needed, "votes": count.votes})


def stands(facts: Mapping[str, Any]) -> str:
    """ "已签 2/3，赞成 3 票…", from the facts of a count."""
    return said(VOTED if facts["rule"] == "vote" else SIGNED, facts)


def together_words(details: Mapping[str, Any]) -> list[str]:
    """What the row of a signature says besides the opinion; the last one says what was decided."""
    facts = details.get("signing")
    if not facts:
        return []
    found = [f"{word(RULES, facts['rule'])}{_('：')}{stands(facts)}"]
    if facts["result"]:
        found.append(_("本环节结论：%(result)s", result=word(CONCLUSIONS, facts["result"])))
    if facts["not_needed"]:
        duties = str(_("、")).join(word(DUTIES, duty) for duty in facts["not_needed"])
        found.append(_("不再需要签署：%(duties)s", duties=duties))
    return found


def ahead_of(found: Signatures) -> str:
    """What one more signature comes to: how the count then stands, whether that decides it."""
    count = found.count
    facts = {"stands": stands({"rule": found.signing.rule.value, **asdict(count)})}
    if count.result is None:
        return str(_("%(stands)s；等其余岗位签署。", **facts))
    result = word(CONCLUSIONS, count.result)
    sentences = [_("%(stands)s；本环节结论：%(result)s。", result=result, **facts)]
    spared = sum(1 for one in found.each if one.conclusion is None and not one.waits)
    if spared:
        sentences.append(_("其余 %(n)s 个岗位不再需要签署。", n=spared))
    return " ".join(sentences)


def _row(one: Signed, votes: bool, who: InCharge) -> dict[str, Any]:
    """One of those who sign: the post, its votes, who it was or is, what was said."""
    row, today = one.task, who.get(one.task.id)
    state = "done" if one.conclusion else "now" if one.waits else "spared"
    name: object = row.closed_by if one.conclusion else today.person.name if today else None
    label = {"done": "", "now": _("待签"), "spared": _("不再需要签署")}[state]
    if one.conclusion and one.waits:
        label = _("正在重签")
    return {
        "duty": word(DUTIES, one.signer.duty),
        "votes": _("%(n)s 票", n=one.signer.votes) if votes else "",
        "name": zh(name) if name and state != "spared" else Markup(""),
        "acting_for": zh(row.acting_for) if one.conclusion and row.acting_for else "",
        "at": minute(row.closed_at) if one.conclusion else "",
        "said": word(CONCLUSIONS, one.conclusion) if one.conclusion else "",
        "label": label,
        "state": state,
    }
