"""The words for the fields of a catalogue and for what may stand in them; one table for all pages.

Keys are fields, with the kind of record in front where the same name means two things.
"""

from workflows.catalogue.fields import Field
from workflows.errors import N_

SECTION_WORDS = {
    "theme": N_("主题（一件事）"),
    "rules": N_("规则"),
    "departments": N_("部门"),
    "items": N_("事项"),
    "materials": N_("材料"),
    "questionnaire": N_("问卷"),
    "onsite_groups": N_("踏勘组"),
}
LABELS = {
    "code": N_("编号"),
    "name": N_("名称"),
    "name_en": N_("英文名称"),
    "source": N_("来源和依据"),
    "note": N_("说明"),
    "promised": N_("承诺时限"),
    "when": N_("何时"),
    "kind": N_("类型"),
    # theme
    "lead": N_("牵头部门"),
    "region": N_("地区（工作日历）"),
    "promised_rules": N_("另外承诺"),
    "cap": N_("法定总时限"),
    "cap_extension": N_("经批准可延长"),
    "stage": N_("阶段"),
    "prerequisites": N_("前提"),
    # rules
    "notice": N_("一次性告知"),
    "extension": N_("延期不超过"),
    "supplement": N_("申请人补正"),
    "on_supplement_expiry": N_("逾期未补正"),
    "delivery": N_("送达"),
    "sign_for": N_("部门签收"),
    "commitment_check": N_("承诺事后核查"),
    "warn": N_("预警"),
    "before_days": N_("提前工作日"),
    "ratio": N_("已用时限的比例"),
    "before_hours": N_("提前小时"),
    "escalation": N_("督办升级"),
    "Rung.after": N_("超过承诺后"),
    "light": N_("亮灯"),
    "to": N_("报给"),
    "on_refusal": N_("有事项不予时"),
    "decision_mode": N_("怎样决定"),
    "Rules.consultation": N_("征求意见答复"),
    "consultation_blocks": N_("未答复不得决定"),
    "attendance": N_("踏勘会审后出意见"),
    "silence": N_("逾期未答复"),
    "pause_approval": N_("停表须第二人同意"),
    "deferral": N_("容缺补交最长"),
    "on_deferral_expiry": N_("逾期未补交"),
    "deferral_blocks": N_("未补交不得准予"),
    "expiring": N_("材料即将到期"),
    "reuse": N_("可沿用的可信级别"),
    # questionnaire
    "key": N_("键"),
    "label": N_("问题"),
    "label_en": N_("英文问题"),
    "type": N_("回答"),
    "unit": N_("单位"),
    "default": N_("默认回答"),
    # departments
    "enforcement_subject": N_("行政执法主体"),
    # items
    "department": N_("承办部门"),
    "Item.kind": N_("办件类型"),
    "process": N_("办理流程"),
    "basic_code": N_("基本编码"),
    "merged_into": N_("并入事项"),
    "statutory": N_("法定时限"),
    "excluded_from_clock": N_("不计入总时限"),
    "needed": N_("何时需要"),
    "commitment": N_("何时按告知承诺办"),
    "Item.after": N_("在谁之后"),
    "must_before": N_("必须先于"),
    "consult": N_("须征求意见的部门"),
    "Item.consultation": N_("征求意见时限"),
    "materials": N_("材料"),
    "special": N_("特别程序"),
    "onsite": N_("踏勘组"),
    "fields": N_("表单字段权限"),
    "result": N_("结果"),
    "fee": N_("收费"),
    "amount": N_("标准"),
    "basis": N_("依据"),
    "item": N_("事项"),
    "gate": N_("怎样等"),
    "stops_clock": N_("停止计时"),
    "SpecialProcedure.cap": N_("最长"),
    "field": N_("字段"),
    "right": N_("权限"),
    "steps": N_("环节"),
    # onsite groups
    "leader": N_("牵头部门"),
    "within": N_("受理后多久内上门"),
    # materials
    "Material.source": N_("由谁提供"),
    "form": N_("形式"),
    "need": N_("要求"),
    "condition": N_("什么情形提交"),
    "Material.when": N_("情形的条件"),
    "fetched": N_("免提交，由我们核验"),
    "produced_by": N_("由哪个事项产生"),
    "trust": N_("可信级别"),
    "validity": N_("有效期"),
    "contract": N_("属于合同"),
    "criterion": N_("受理标准"),
}
LIMIT = N_("10wd 是 10 个工作日，3.5h 是工作小时，60d 是自然日")
CONDITION = N_("用问卷的问题写的条件，例如 area_m2 > 300")
HINTS = {
    "code": N_("大写字母开头，只用大写字母和数字；登记以后不再改"),
    "key": N_("小写英文字母开头，条件里用它；登记以后不再改"),
    "Item.promised": N_(
        "10wd 是 10 个工作日，3.5h 是工作小时，60d 是自然日；并入其他事项办理的不填"
    ),
    "statutory": LIMIT,
    "Theme.promised": LIMIT,
    "cap": N_("行政许可法第四十二条：统一办理、联合办理不超过 45wd"),
    "cap_extension": N_("行政许可法第四十二条：经本级政府负责人批准，不超过 15wd"),
    "Item.extension": N_("行政许可法第四十二条：经行政机关负责人批准，一般不超过 10wd"),
    "notice": N_("行政许可法第三十二条：不超过 5wd"),
    "delivery": N_("行政许可法第四十四条：不超过 10wd"),
    "needed": N_("用问卷的问题写的条件，例如 area_m2 > 300；总是需要的不填"),
    "commitment": CONDITION,
    "when": CONDITION,
    "fee": N_("不收费的不填；没有依据的不得收费（行政许可法第五十九条）"),
    "special": N_("只有行政许可法第四十五条所列的程序可以停止计时"),
    "default": N_("是、否，或者数字"),
    "basic_code": N_("12 位数字"),
    "validity": N_("90d 是出具后 90 天；stated 是材料自己写明"),
    "within": LIMIT,
    "region": N_("例如 cn"),
    "ratio": N_("0.9 是用去九成"),
    "steps": N_("流程里环节的标识，一行一个；不填是所有环节"),
    "prerequisites": N_("一行一个"),
}
TRUST = {
    "A": N_("A 级：政府核发"),
    "B": N_("B 级：与原件核对一致"),
    "C": N_("C 级：申请人上传"),
    "D": N_("D 级：申请人自述"),
}
#: The words for the codes that may be chosen.
VALUES = {
    "trust": TRUST,
    "reuse": TRUST,
    "process": {"instant": N_("即办"), "two_step": N_("一审一核"), "three_step": N_("三级审批")},
    "gate": {"start": N_("准予后才开始"), "decision": N_("有结果后才决定")},
    "light": {"yellow": N_("预警"), "red": N_("超期"), "purple": N_("超法定")},
    "to": {
        "handler": N_("承办"), "checker": N_("审核"), "approver": N_("批准"),
        "chief": N_("主要负责人"),
    },
    "on_supplement_expiry": {
        "withdrawn": N_("视为撤回"), "refused": N_("不予受理"), "terminated": N_("终止办理"),
    },
    "on_refusal": {
        "continue": N_("其他事项继续办"), "end": N_("整件终止"), "suspend": N_("整件中止"),
    },
    "decision_mode": {"separate": N_("各部门分别决定"), "lead": N_("牵头部门统一决定")},
    "silence": {"open": N_("仍须答复"), "agrees": N_("视为同意")},
    "on_deferral_expiry": {
        "open": N_("只提醒"), "revoked": N_("撤销受理"), "refused": N_("不予审批"),
        "withdrawn": N_("视为撤回"),
    },
    "type": {"boolean": N_("是或否"), "number": N_("数字")},
    "SpecialProcedure.kind": {
        "hearing": N_("听证"), "bidding": N_("招标"), "auction": N_("拍卖"),
        "inspection": N_("检验"), "testing": N_("检测"), "quarantine": N_("检疫"),
        "appraisal": N_("鉴定"), "expert_review": N_("专家评审"),
    },
    "right": {"read": N_("只读"), "write": N_("可改"), "hide": N_("不显示")},
    "need": {
        "required": N_("必要"), "deferrable": N_("可容缺"), "conditional": N_("特定情形"),
    },
}  # fmt: skip


def label_of(field: Field) -> str:
    """What a field is called."""
    return LABELS.get(f"{field.of}.{field.key}", LABELS.get(field.key, field.key))


def hint_of(field: Field) -> str:
    """What to write there; empty where it is plain."""
    own = HINTS.get(f"{field.of}.{field.key}", HINTS.get(field.key, ""))
    return own if own != CONDITION or field.kind == "text" else ""


def values_of(field: Field) -> dict[str, str]:
    """The codes that may be chosen, with their words; a code that is a word already is its own."""
    known = VALUES.get(f"{field.of}.{field.key}", VALUES.get(field.key, {}))
    return {value: known.get(value, value) for value in field.values}


def codes_of(field: Field) -> dict[str, str]:
    """The words of a choice as people write them, with their codes."""
    return {word: value for value, word in values_of(field).items()}
