"""The words of the rules of the watch: families, units, and what was found, fact by fact."""

from typing import Any

from flask_babel import gettext

from server.labels import BASES, CLOCKS, limit_words, word
from workflows.errors import N_
from workflows.models.deadline import Basis, Clock
from workflows.watch.rule import Family

FAMILIES = {
    Family.LIMITS: N_("时限监察"),
    Family.COURSE: N_("流程监察"),
    Family.CONTENT: N_("内容监察"),
    Family.FEES: N_("收费监察"),
    Family.RATINGS: N_("满意监察"),
}
#: What a rule calls a figure of what it has found.
FACTS = {
    "clock": N_("时限种类"), "basis": N_("时限依据"), "limit": N_("时限"), "due": N_("应于"),
    "done": N_("实际"), "procedure": N_("程序"), "planned": N_("告知的工作日"),
    "days": N_("工作日"), "wrong": N_("问题"), "materials": N_("材料"), "month": N_("月份"),
    "items": N_("可停表的事项"), "paused": N_("停表"), "share": N_("停表占比"),
    "usual": N_("其他部门"), "batch": N_("一批件数"), "times": N_("转办次数"),
    "number": N_("编号"), "reason": N_("理由"), "opinion": N_("意见"), "asked": N_("征求的部门"),
}  # fmt: skip
#: What is wrong, as a rule calls it.
WRONGS = {
    "late": N_("期限过后才提出"), "twice": N_("第二次延期"), "long": N_("超过法律允许的天数"),
    "reason": N_("没有理由"), "second": N_("没有另一人审核"), "kind": N_("不是法定的停表事由"),
    "notice": N_("没有书面告知"), "often": N_("同一事项反复停表"), "end": N_("临近到期才停表"),
    "share": N_("停表占比明显偏高"), "qualification": N_("没有有效的执法资格"),
}  # fmt: skip
SHARES = ("share", "usual")


def facts_of(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """(what, how much) of a matter, in words; a figure nobody has a word for keeps its name."""
    return [
        (str(gettext(FACTS[name])) if name in FACTS else name, _said(name, value))
        for name, value in facts.items() if name != "law" and value not in (None, "")
    ]  # fmt: skip


def _said(name: str, value: Any) -> str:
    if name == "clock":
        return word(CLOCKS, Clock(value))
    if name == "basis":
        return word(BASES, Basis(value))
    if name == "limit":
        return limit_words(value)
    if name == "wrong":
        many = value if isinstance(value, list) else [value]
        return str(gettext("、")).join(word(WRONGS, one) for one in many)
    if name in SHARES:
        return f"{value:.0%}"
    return str(gettext("、")).join(map(str, value)) if isinstance(value, list) else str(value)
