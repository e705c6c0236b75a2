"""The words of ratings (好差评); all are message ids of the catalogue."""

from typing import Any

from workflows.errors import N_
from workflows.models import Channel, FollowUp
from workflows.states import RatingState

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
FOLLOW_UPS = {FollowUp.CONTACT: N_("联系评价人"), FollowUp.RECTIFY: N_("整改")}
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
