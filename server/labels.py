"""The words people read for the words programs store; all are message ids of the catalogue."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, ngettext

from server.action_words import ACTIONS
from server.inspection_words import STATES as INSPECTION_STATES
from server.voice_words import VOICE_STATES
from workflows.deadlines import Light, Limit, Unit
from workflows.documents.template import When
from workflows.errors import N_, WorkflowError
from workflows.models import Answer, MeetingKind
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState, ProcessState

#: An item of a case that is not accepted yet waits for nothing else.
BEFORE_ACCEPTANCE = N_("待受理")

CASE_STATES = {
    CaseState.NEW: N_("新建"),
    CaseState.SUBMITTED: N_("已收件"),
    CaseState.SUPPLEMENTING: N_("待补正"),
    CaseState.DECLINING: N_("不予受理报批中"),
    CaseState.IN_REVIEW: N_("并联审查中"),
    CaseState.SUSPENDED: N_("中止办理"),
    CaseState.DECIDED: N_("已决定"),
    CaseState.DELIVERED: N_("已送达"),
    CaseState.CLOSED: N_("办结"),
    CaseState.REFUSED: N_("不予受理"),
    CaseState.NOT_REQUIRED: N_("不需许可"),
    CaseState.WITHDRAWN: N_("已撤回"),
    CaseState.TERMINATED: N_("已终止"),
}
ITEM_STATES = {
    ItemState.WAITING: N_("等待前置"),
    ItemState.RECEIVED: N_("待签收"),
    ItemState.REVIEWING: N_("审查中"),
    ItemState.PRE_REVIEWED: N_("预审完成"),
    ItemState.SUSPENDED: N_("停表"),
    ItemState.RETURN_REVIEW: N_("否定报批"),
    ItemState.APPROVED: N_("准予"),
    ItemState.REJECTED: N_("不予"),
    ItemState.COMMITTED: N_("承诺准予"),
    ItemState.NOT_NEEDED: N_("不涉及"),
    ItemState.REVOKED: N_("已撤销"),
}
PROCESS_STATES = {
    ProcessState.NEW: N_("新建"),
    ProcessState.DRAFT: N_("待审"),
    ProcessState.RETURNED: N_("已退回"),
    ProcessState.SCHEDULED: N_("待生效"),
    ProcessState.PUBLISHED: N_("已发布"),
    ProcessState.RETIRED: N_("已停用"),
}
ROLES = {
    Role.APPLICANT: N_("申请人"),
    Role.WINDOW: N_("综合窗口"),
    Role.WINDOW_LEAD: N_("窗口负责人"),
    Role.APPROVER: N_("部门审批"),
    Role.GOVERNMENT: N_("政府负责人"),
    Role.SUPERVISOR: N_("督查"),
    Role.AUDITOR: N_("审计"),
    Role.DESIGNER: N_("流程设计"),
    Role.ADMIN: N_("系统管理"),
    Role.SYSTEM: N_("系统"),
}
LIGHTS = {
    Light.GREEN: N_("正常"),
    Light.YELLOW: N_("预警"),
    Light.RED: N_("超期"),
    Light.PURPLE: N_("超法定"),
    Light.GREY: N_("停表"),
    Light.BLUE: N_("待补正"),
}
DUTIES = {
    "handler": N_("承办"),
    "checker": N_("审核"),
    "approver": N_("批准"),
    "chief": N_("主要负责人"),
}
CLOCKS = {
    Clock.NOTICE: N_("一次性告知时限"),
    Clock.SUPPLEMENT: N_("补正时限"),
    Clock.CASE: N_("并联总时限"),
    Clock.ITEM: N_("事项时限"),
    Clock.SIGN_FOR: N_("签收时限"),
    Clock.DELIVERY: N_("送达时限"),
    Clock.CHECK: N_("承诺核查时限"),
    Clock.STEP: N_("环节时限"),
    Clock.CONSULTATION: N_("征求意见答复时限"),
    Clock.DEFERRAL: N_("容缺补交时限"),
    Clock.MEETING: N_("联合踏勘（会审）答复时限"),
}
BASES = {Basis.STATUTORY: N_("法定"), Basis.PROMISED: N_("承诺")}
CONCLUSIONS = {
    "agree": N_("同意"),
    "disagree": N_("不同意"),
    "refer": N_("同意，需转报"),
    "return": N_("退回重审"),
    "abstain": N_("弃权"),
    "granted": N_("准予"),
    "refused": N_("拟不予"),
    "returned": N_("退回"),
    "confirmed": N_("同意不予"),
    "kept": N_("承诺属实"),
    "broken": N_("承诺不实"),
}
#: How several signatures become one conclusion.
RULES = {"all": N_("会签"), "any": N_("或签"), "vote": N_("票签")}
#: What a department answers another one, or concludes at a joint visit.
ANSWERS = {
    Answer.AGREE: N_("同意"),
    Answer.DISAGREE: N_("不同意"),
    Answer.REFER: N_("同意，但需转报"),
}
MEETINGS = {
    MeetingKind.VISIT: N_("联合踏勘"),
    MeetingKind.MEETING: N_("联合会审"),
}
GROUNDS = {
    "not_required": N_("依法不需要许可"),
    "not_competent": N_("不属于本机关职权"),
    "incomplete": N_("补正后仍不齐全"),
    "not_qualified": N_("申请人不具备资格"),
}
DELIVERIES = {
    "counter": N_("窗口领取"),
    "courier": N_("邮寄送达"),
    "electronic": N_("电子送达"),
}
#: The procedures of 行政许可法 §45, which stop the time.
PROCEDURES = {
    "hearing": N_("听证"),
    "bidding": N_("招标"),
    "auction": N_("拍卖"),
    "inspection": N_("检验"),
    "testing": N_("检测"),
    "quarantine": N_("检疫"),
    "appraisal": N_("鉴定"),
    "expert_review": N_("专家评审"),
}
#: How a task was sent back, and when a signer signs.
TERMS = {
    "mine": N_("只等本分支"),
    "listed": N_("等所列事项"),
    "all": N_("等全部并行事项"),
    "kept": N_("保留他们的意见"),
    "void": N_("他们的意见作废"),
    "straight": N_("办完直接送回"),
    "again": N_("重新走一遍流程"),
    "beside": N_("同时会签"),
    "before": N_("先由其会签"),
    "after": N_("办结后由其会签"),
    "running": N_("计时照常"),
    "stopped": N_("依法停止计时"),
    "withdrawn": N_("申请人撤回该事项"),
    "not_needed": N_("经核实不需要办理"),
}
CHAIN_FAULTS = {
    "gap": N_("序号不连续"),
    "link": N_("与上一条不衔接"),
    "content": N_("内容被改动"),
    "length": N_("末尾缺失或多出"),
    "state": N_("当前状态与最后一条记录不符"),
    "orphan": N_("找不到所属对象"),
}
#: The standard item processes that diagrams call.
PROCESSES = {
    "item_instant": N_("即办"),
    "item_two_step": N_("一审一核"),
    "item_three_step": N_("三级审批"),
    "item_commitment": N_("告知承诺"),
    "commitment_check": N_("承诺核查"),
}
#: The steps of the standard item processes; others are called what their designer called them.
STEPS = frozenset({
    N_("承办人审查"), N_("审核人审核"), N_("审核人决定"), N_("承办人决定"), N_("批准人决定"),
    N_("承办人当场决定"), N_("否定报批"), N_("核查承诺"),
})  # fmt: skip

#: When a document can be made.
WHEN: dict[Any, str] = {
    When.RECEIVED: N_("收件后"),
    When.WAITING: N_("收件后、受理前"),
    When.SUPPLEMENTING: N_("告知补正后"),
    When.ACCEPTED: N_("受理后"),
    When.DECLINED: N_("决定不予受理后"),
    When.GRANTED: N_("事项准予后，每个事项一份"),
    When.REFUSED: N_("事项不予后，每个事项一份"),
}

#: How far a document can be relied on, as the catalogue says it.
TRUST: dict[Any, str] = {
    "A": N_("A 级：政府核发"),
    "B": N_("B 级：与原件核对一致"),
    "C": N_("C 级：申请人上传"),
    "D": N_("D 级：申请人自述"),
}


def word(table: dict[Any, str], key: Any) -> str:
    """The translated word; the key itself where there is none."""
    return str(gettext(table[key])) if key in table else str(key)


def limit_words(limit: str | None) -> str:
    """ "10wd" as people say it."""
    if limit is None:
        return "—"
    length = Limit.parse(limit)
    amount = f"{length.amount:g}"
    number = 1 if length.amount == 1 else 2  # one day, half a day, two days: all but one are plural
    match length.unit:
        case Unit.WORKING_DAYS:
            words = ngettext("%(n)s 个工作日", "%(n)s 个工作日", number, n=amount)
        case Unit.HOURS:
            words = ngettext("%(n)s 个工作小时", "%(n)s 个工作小时", number, n=amount)
        case _:
            words = ngettext("%(n)s 天", "%(n)s 天", number, n=amount)
    return str(words)


def refusal_sentence(refusal: WorkflowError) -> str:
    """The sentence of a refusal in the reader's language, its words as well."""
    params = {key: _param(key, value) for key, value in refusal.params.items()}
    return said(refusal.sentence, params)


def said(sentence: str, params: Mapping[str, object]) -> str:
    """A marked sentence in the reader's language, filled in; a reason in it is one itself."""
    if why := params.get("why"):
        params = {**params, "why": gettext(str(why))}
    return str(gettext(sentence, **params) if params else gettext(sentence))


def _param(key: str, value: object) -> object:
    tables: dict[str, dict[Any, str]] = {"action": ACTIONS, "duty": DUTIES, "state": STATES,
                                         "conclusion": CONCLUSIONS}  # fmt: skip
    if key in ("what", "needed"):  # words of the hall themselves
        return gettext(value) if value else value
    return word(tables[key], value) if key in tables else value


#: A card has states of its own; a word that others have as well is theirs.
OF_CARDS = {
    "noted": N_("已提醒"), "open": N_("待答复"), "answered": N_("已答复，待审阅"),
    "appealed": N_("申诉中"),
}  # fmt: skip
STATES: dict[Any, str] = {
    **OF_CARDS, **CASE_STATES, **ITEM_STATES, **PROCESS_STATES, **INSPECTION_STATES, **VOICE_STATES,
}  # fmt: skip


def any_state(state: object) -> str:
    """The word for a state, of whatever it is the state."""
    return word(STATES, state)
