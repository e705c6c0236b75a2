"""The words for inspections of enterprises (涉企检查)."""

from typing import Any

from workflows.errors import N_
from workflows.models import InspectionKind
from workflows.states import InspectionState

KINDS: dict[Any, str] = {
    InspectionKind.PLANNED: N_("年度计划检查"),
    InspectionKind.RANDOM: N_("双随机抽查"),
    InspectionKind.COMPLAINT: N_("投诉举报核查"),
    InspectionKind.SPECIAL: N_("专项检查"),
}
STATES: dict[Any, str] = {
    InspectionState.NEW: N_("新建"),
    InspectionState.FILED: N_("待审批"),
    InspectionState.APPROVED: N_("待检查"),
    InspectionState.REFUSED: N_("未批准"),
    InspectionState.DONE: N_("已检查"),
    InspectionState.CANCELLED: N_("已取消"),
}
