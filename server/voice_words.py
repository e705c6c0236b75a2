"""The words of ratings (好差评) and complaints (投诉); all are message ids of the catalogue."""

from typing import Any

from workflows.errors import N_
from workflows.models import Channel, Finding, FollowUp, Way
from workflows.states import ComplaintState, RatingState

LEVELS = {
    5: N_("非常满意"),
    4: N_("满意"),
    3: N_("基本满意"),
    2: N_("不满意"),
    1: N_("非常不满意"),
}
RATING_STATES: dict[Any, str] = {
    RatingState.NEW: N_("未评价"),
    RatingState.GIVEN: N_("已评价"),
    RatingState.OPEN: N_("待联系"),
    RatingState.CONTACTED: N_("待整改"),
    RatingState.RECTIFIED: N_("待回访"),
    RatingState.ANSWERED: N_("已回访"),
    RatingState.EXCLUDED: N_("不计入"),
}
COMPLAINT_STATES: dict[Any, str] = {
    ComplaintState.NEW: N_("未登记"),
    ComplaintState.EXAMINING: N_("待审核"),
    ComplaintState.SIGNING: N_("待签收投诉"),
    ComplaintState.INVESTIGATING: N_("调查中"),
    ComplaintState.WEIGHING: N_("待审核意见"),
    ComplaintState.HANDLING: N_("处理中"),
    ComplaintState.ANSWERING: N_("待反馈"),
    ComplaintState.CALLING_BACK: N_("待回访投诉人"),
    ComplaintState.NOT_ACCEPTED: N_("不予受理投诉"),
    ComplaintState.SETTLED: N_("已办结"),
}
VOICE_STATES = {**RATING_STATES, **COMPLAINT_STATES}
COMES_BY = {
    "online": N_("网上"),
    "window": N_("窗口"),
    "hotline": N_("热线"),
    "centre": N_("投诉中心"),
    "business": N_("涉企投诉中心"),
    "letter": N_("来信来访"),
    "visit": N_("暗访"),
    "leader": N_("领导批转"),
}
CATEGORIES = {
    "01": N_("不作为"),
    "02": N_("乱作为"),
    "03": N_("服务态度"),
    "04": N_("效率低下、超时"),
    "05": N_("吃拿卡要"),
    "06": N_("乱收费"),
    "07": N_("乱检查"),
    "08": N_("乱罚款"),
    "09": N_("乱摊派"),
    "10": N_("滥用自由裁量"),
    "11": N_("推诿扯皮"),
    "12": N_("不兑现承诺"),
    "13": N_("指定中介、强制服务"),
    "14": N_("政策执行不到位"),
    "15": N_("责任心不强"),
    "16": N_("其他问题"),
}
WAYS: dict[Any, str] = {
    Way.OWN: N_("自办"),
    Way.ASSIGNED: N_("交办（要求报结果）"),
    Way.REFERRED: N_("转办（由有权部门办理）"),
}
FINDINGS: dict[Any, str] = {
    Finding.PROVEN: N_("属实"),
    Finding.PARTLY: N_("部分属实"),
    Finding.UNFOUNDED: N_("不属实"),
    Finding.UNDECIDED: N_("难以认定"),
}
MEASURES = {
    "rectify": N_("整改到位"),
    "explain": N_("解释说明"),
    "advise": N_("监察建议"),
    "transfer": N_("移送"),
    "talk": N_("问责谈话"),
}
CALLED = {
    "satisfied": N_("满意"),
    "not_satisfied": N_("不满意"),
    "not_reached": N_("没有联系上"),
    "anonymous": N_("匿名，无法回访"),
}
REASONS = {
    "kind": N_("态度热情"),
    "quick": N_("办得快"),
    "clear": N_("讲得清楚"),
    "once": N_("一次办成"),
    "attitude": N_("态度不好"),
    "slow": N_("时间太长"),
    "unskilled": N_("业务不熟"),
    "unclear": N_("没讲清楚"),
    "extra_papers": N_("多要材料"),
    "many_visits": N_("跑了多趟"),
    "other": N_("其他"),
}
CHANNELS = {Channel.ON_SITE: N_("现场评价"), Channel.ONLINE: N_("网上评价")}
FOLLOW_UPS = {
    FollowUp.CONTACT: N_("联系评价人"),
    FollowUp.RECTIFY: N_("整改"),
    FollowUp.ACCEPT: N_("决定是否受理"),
    FollowUp.SIGN: N_("投诉签收"),
    FollowUp.HANDLE: N_("办结投诉"),
    FollowUp.REPLY: N_("反馈投诉人"),
}
CALLED_BACK = {
    "satisfied": N_("满意"),
    "not_satisfied": N_("仍不满意"),
    "not_reached": N_("没有联系上"),
}
#: The lists of ratings.
TABS = (
    ("open", N_("待跟进")), ("appealed", N_("待审申诉")), ("bad", N_("全部差评")),
    ("all", N_("全部评价")),
)  # fmt: skip
