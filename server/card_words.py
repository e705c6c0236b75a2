"""The words of the watch: states and levels of cards, papers, causes, whom a ladder tells."""

from typing import Any

from flask_babel import gettext

from server.labels import BASES, CLOCKS, DUTIES, ROLES, limit_words, word
from workflows.errors import N_
from workflows.ladders import Paper, Row, When
from workflows.models.deadline import Basis, Clock
from workflows.states import CardState, Level
from workflows.watch.rules import RULES as FOUND

CARD_STATES = {
    CardState.NEW: N_("新建"),
    CardState.NOTED: N_("已提醒"),
    CardState.OPEN: N_("待答复"),
    CardState.ANSWERED: N_("已答复，待审阅"),
    CardState.CLOSED: N_("已了结"),
    CardState.APPEALED: N_("申诉中"),
    CardState.REVOKED: N_("已撤销"),
}
LEVELS = {Level.NOTICE: N_("提醒卡"), Level.YELLOW: N_("黄牌"), Level.RED: N_("红牌")}
LAMPS = {Level.NOTICE: "blue", Level.YELLOW: "yellow", Level.RED: "red"}
PAPERS = {
    Paper.REMINDER: N_("系统提醒"),
    Paper.SUPERVISION: N_("督办单"),
    Paper.RECTIFICATION: N_("整改通知书"),
    Paper.ADVICE: N_("监察建议书"),
    Paper.CIRCULAR: N_("通报"),
}
CATEGORIES = {
    "delay": N_("本部门办理迟延"),
    "staff": N_("人手不足或者人员变动"),
    "waiting": N_("等待其他部门或者前置结果"),
    "misread": N_("对规定理解有误"),
    "applicant": N_("申请人原因"),
    "system": N_("系统故障"),
    "other": N_("其他原因"),
}
CAUSES = {
    "system": N_("系统故障"),
    "force_majeure": N_("不可抗力"),
    "applicant": N_("申请人原因"),
    "mistaken": N_("认定有误"),
}
OUTCOMES = {"upheld": N_("维持"), "revoked": N_("撤销")}
#: Rule → what it is about, and the article it rests on.
RULES = {rule.id: (rule.title, rule.hook) for rule in FOUND.values()}
CARD_SUBJECTS = {
    "card.notice": N_("监察提醒"),
    "card.yellow": N_("黄牌"),
    "card.red": N_("红牌"),
}


def _(text: str, **params: Any) -> str:
    return str(gettext(text, **params))


def rule_title(rule: str | None) -> str:
    """What a rule is about, in a few words."""
    if rule is None:
        return _("督查人员发出")
    return _(RULES[rule][0]) if rule in RULES else rule


def law_of(rule: str | None, facts: dict[str, Any]) -> str:
    """The article that a card rests on."""
    if rule is None:
        return str(facts.get("law", ""))
    return RULES[rule][1] if rule in RULES else ""


def subject_word(subject: str) -> str:
    """The kind of clock or card that a rung belongs to."""
    if subject in CARD_SUBJECTS:
        return word(CARD_SUBJECTS, subject)
    clock, _dot, basis = subject.partition(".")
    words = {"clock": word(CLOCKS, Clock(clock)), "basis": word(BASES, Basis(basis))}
    return _("%(clock)s（%(basis)s）", **words)


def to_word(whom: str) -> str:
    """Whom a rung tells: a duty of the department (A角 or B角), or a role."""
    if whom.endswith("_deputy"):
        return _("%(duty)s（B 角）", duty=word(DUTIES, whom.removesuffix("_deputy")))
    return word({**ROLES, **DUTIES}, whom)


def to_words(to: Any) -> str:
    """Everyone a rung tells."""
    return _("、").join(to_word(whom) for whom in to)


def when_word(row: Row) -> str:
    """When a rung comes."""
    if row.when is When.RAISED:
        return _("发卡时")
    after = limit_words(str(row.after) if row.after else f"{row.days}wd")
    if row.when is When.OVER:
        if row.subject in CARD_SUBJECTS:
            return _("答复到期后 %(after)s", after=after) if row.days else _("答复一到期")
        return _("到期后 %(after)s", after=after) if row.days or row.after else _("一到期")
    said = [_("到期前 %(before)s", before=limit_words(f"{row.days}wd"))] if row.days else []
    if not row.days:
        said.append(_("到期当天"))
    if row.percent:
        said.append(_("或用去 %(percent)s%% 时限", percent=row.percent))
    if row.hours:
        said.append(_("按小时计的提前 %(hours)s 小时", hours=row.hours))
    return " · ".join(said)
