"""What differs between two versions, in the words of the people who draw and review them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from server.labels import CONCLUSIONS, DUTIES, PROCEDURES, RULES, TRUST, limit_words, word
from workflows.deadlines import LimitMalformed
from workflows.errors import N_

HOW = {
    "added": N_("新增"),
    "removed": N_("删除"),
    "changed": N_("修改"),
    "moved": N_("移动"),
}
#: A sign beside the word, so that nothing depends on colours.
SIGNS = {"added": "+", "removed": "−", "changed": "≠", "moved": "↔"}

SECTIONS = {
    "theme": N_("主题"),
    "rules": N_("规则"),
    "questionnaire": N_("情形问题"),
    "departments": N_("部门"),
    "items": N_("事项"),
    "onsite_groups": N_("联合踏勘组"),
    "materials": N_("材料"),
    "elements": N_("流程图元素"),
    "decisions": N_("规则表"),
    "fields": N_("表单字段"),
}
KINDS = {
    "process": N_("流程"),
    "subProcess": N_("子流程"),
    "userTask": N_("办理环节"),
    "callActivity": N_("事项子流程"),
    "scriptTask": N_("脚本环节"),
    "businessRuleTask": N_("规则任务"),
    "receiveTask": N_("等待消息"),
    "startEvent": N_("开始"),
    "endEvent": N_("结束"),
    "boundaryEvent": N_("边界事件"),
    "intermediateCatchEvent": N_("等待事件"),
    "intermediateThrowEvent": N_("抛出事件"),
    "exclusiveGateway": N_("排他网关"),
    "inclusiveGateway": N_("相容网关"),
    "parallelGateway": N_("并行网关"),
    "eventBasedGateway": N_("事件网关"),
    "sequenceFlow": N_("连线"),
    "participant": N_("泳池"),
    "lane": N_("泳道"),
    "textAnnotation": N_("注释"),
    "association": N_("注释连线"),
    "message": N_("消息"),
    "error": N_("错误"),
    "escalation": N_("升级"),
}
#: The last step of a path → what it is called.
FIELDS = {
    "type": N_("类型"),
    "name": N_("名称"),
    "name_en": N_("英文名称"),
    "label": N_("标题"),
    "label_en": N_("英文标题"),
    "text": N_("文字"),
    "documentation": N_("说明"),
    "conditionExpression": N_("条件"),
    "calledElement": N_("调用的流程"),
    "sourceRef": N_("从"),
    "targetRef": N_("到"),
    "attachedToRef": N_("附在"),
    "default": N_("默认"),
    "inside": N_("所在子流程"),
    "timeDuration": N_("时长"),
    "timeDate": N_("时刻"),
    "duty": N_("岗位"),
    "kind": N_("种类"),
    "conclusions": N_("可选结论"),
    "differentFrom": N_("不得与此环节同一人"),
    "form": N_("表单"),
    "mode": N_("方式"),
    "code": N_("编码"),
    "lead": N_("牵头部门"),
    "region": N_("地区"),
    "promised": N_("承诺时限"),
    "statutory": N_("法定时限"),
    "extension": N_("可延长"),
    "cap": N_("法定上限"),
    "cap_extension": N_("上限可延长"),
    "source": N_("依据"),
    "stage": N_("阶段"),
    "prerequisites": N_("前提"),
    "promised_rules": N_("另定承诺时限"),
    "when": N_("适用条件"),
    "notice": N_("一次性告知时限"),
    "supplement": N_("补正时限"),
    "on_supplement_expiry": N_("逾期未补正的后果"),
    "delivery": N_("送达时限"),
    "sign_for": N_("签收时限"),
    "commitment_check": N_("承诺核查时限"),
    "before_days": N_("提前工作日"),
    "before_hours": N_("提前小时"),
    "ratio": N_("已用比例"),
    "warn": N_("预警"),
    "escalation": N_("超期上报"),
    "on_refusal": N_("不予后的处理"),
    "decision_mode": N_("决定方式"),
    "consultation": N_("征求意见时限"),
    "department": N_("部门"),
    "process": N_("办理方式"),
    "needed": N_("需要办理的条件"),
    "commitment": N_("告知承诺的条件"),
    "after": N_("前置事项"),
    "item": N_("事项"),
    "gate": N_("等待方式"),
    "materials": N_("材料"),
    "special": N_("特别程序"),
    "onsite": N_("联合踏勘组"),
    "result": N_("结果"),
    "amount": N_("收费"),
    "basis": N_("收费依据"),
    "note": N_("备注"),
    "need": N_("是否必要"),
    "condition": N_("条件"),
    "criterion": N_("受理标准"),
    "trust": N_("可信等级"),
    "validity": N_("有效期"),
    "required": N_("必填"),
    "unit": N_("单位"),
    "enforcement_subject": N_("执法主体"),
    "leader": N_("牵头"),
    "within": N_("期限"),
    "ref": N_("规则表"),
    "hitPolicy": N_("命中策略"),
    "aggregation": N_("汇总"),
    "inputs": N_("输入"),
    "outputs": N_("输出"),
    "literal": N_("表达式"),
    "requires": N_("依赖"),
}
GATES = {"start": N_("等它准予后再开始"), "decision": N_("等它决定后再决定")}
NEEDS = {"required": N_("必要"), "deferrable": N_("可容缺"), "conditional": N_("视情形")}
PROCESSES = {"instant": N_("即办"), "two_step": N_("一审一核"), "three_step": N_("三级审批")}
#: Fields whose values are words of a table.
VALUES: dict[str, Mapping[Any, str]] = {
    "type": KINDS, "duty": DUTIES, "trust": TRUST, "gate": GATES, "need": NEEDS, "rule": RULES,
    "process": PROCESSES, "kind": PROCEDURES,
}  # fmt: skip
LIMITS = frozenset({
    "promised", "statutory", "extension", "cap", "cap_extension", "notice", "supplement",
    "delivery", "sign_for", "commitment_check", "consultation", "attendance", "deferral",
    "expiring", "within", "after", "validity", "timeDuration",
})  # fmt: skip


def field_word(path: str) -> str:
    """What a field is called: the last step of its path in words, the way to it as it is written.

    What is repeated keeps its number; what no table knows is shown as it stands in the file.
    """
    stem, bracket, number = path.partition("[")
    last = stem.rpartition(".")[2]
    return f"{word(FIELDS, last)}{bracket}{number}" if last in FIELDS else path


def value_word(path: str, value: Any) -> str:
    """A value as one line of words."""
    name = path.partition("[")[0].rpartition(".")[2]
    if value is None or value == "":
        return str(_("（空）"))
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, Mapping):
        return str(_("，")).join(
            f"{field_word(key)} {value_word(key, each)}" for key, each in value.items()
        )
    if isinstance(value, list | tuple):
        between = _("；") if any(isinstance(each, Mapping) for each in value) else _("、")
        return str(between).join(value_word(path, each) for each in value) or str(_("（空）"))
    return _text(name, str(value))


def _text(name: str, text: str) -> str:
    if name == "conclusions":
        return str(_("、")).join(word(CONCLUSIONS, each) for each in text.split())
    if text in VALUES.get(name, ()):
        return word(dict(VALUES[name]), text)
    if name in LIMITS:
        try:
            return limit_words(text)
        except LimitMalformed:
            return text
    return text
