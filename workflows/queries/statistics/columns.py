"""What each figure of the statistics counts, in words: shown beside the figure, not hidden in it.

Sources: the columns that government halls report; where they differ, the definition of this house,
said as such (自定).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.errors import N_
from workflows.queries.statistics.asked import By, Grain
from workflows.queries.statistics.conditions import COUNTED
from workflows.queries.statistics.sources import Event


class Unit(StrEnum):
    """What a figure is counted in."""

    CASES = "cases"
    SHARE = "share"
    DAYS = "days"


USUAL = N_("政务服务大厅统计口径")
OWN = N_("本系统自定")
NOTICE = N_("行政许可法第三十二条")
SPECIAL = N_("行政许可法第四十五条")
LIMITS = N_("行政许可法第四十二条")
EACH = N_("逐件计数")


@dataclass(frozen=True)
class Column:
    """One figure: its name, what is counted, of which rows, where that comes from, and how."""

    code: str
    title: str
    counted: str
    event: Event = Event.FINISHED
    source: str = USUAL
    formula: str = EACH
    unit: Unit = Unit.CASES
    #: The rows its list shows: itself, or what a share is a share of.
    listed: str = ""


#: Share → what it is a share of what.
RATES: Mapping[str, tuple[str, str]] = {
    "same_day_rate": ("same_day", "finished"),
    "early_rate": ("early", "longer"),
    "on_time_rate": ("on_time", "limited"),
    "late_rate": ("late", "limited"),
    "once_rate": ("once", "finished"),
    "parallel_rate": ("parallel", "begun"),
}

_C = Column
RECEIVED, STANDING, DROPPED = Event.RECEIVED, Event.STANDING, Event.DROPPED
_CASES = (
    _C("received", N_("收件"), N_("本期在窗口登记收件的办件"), RECEIVED),
    _C("told", N_("补件"), N_("本期收件中，一次性告知过补正的办件"), RECEIVED, NOTICE),
    _C(
        "accepted", N_("受理"), N_("受理之日在本期的办件，含依法视为受理的"), Event.ACCEPTED, NOTICE
    ),
    _C("finished", N_("办结"), N_("本期内全部事项都有结论的办件")),
    _C(
        "dropped",
        N_("退件"),
        N_("本期未作决定就终结的办件（不予受理、撤回、逾期未补正等）"),
        DROPPED,
    ),
    _C("declined", N_("其中不予受理"), N_("退件中，不予受理或不需要许可的"), DROPPED, NOTICE),
    _C("pending", N_("待办"), N_("期末已收件、尚未受理也未退件的办件"), STANDING),
    _C("supplementing", N_("待补正"), N_("待办中，期末正在等申请人补正的"), STANDING, NOTICE),
    _C("standing", N_("在办"), N_("期末已受理、尚未办结的办件"), STANDING),
    _C("special", N_("特殊件"), N_("办结中，有特别程序依法停过表的"), source=SPECIAL),
)
_ITEMS = (
    _C("received", N_("收件"), N_("本期起算时限的事项（分发到部门）"), RECEIVED),
    _C("finished", N_("办结"), N_("本期作出准予或不予决定的事项；退回重办的以最后决定为准")),
    _C("granted", N_("准予"), N_("办结中准予的，含告知承诺和事后撤销的")),
    _C("refused", N_("不予"), N_("办结中不予的")),
    _C("dropped", N_("退件"), N_("本期已分发、未作决定就终结的事项"), DROPPED),
    _C("unsigned", N_("待办"), N_("期末已分发、部门尚未签收的事项"), STANDING),
    _C("standing", N_("在办"), N_("期末已分发、尚未办结的事项，含待办和停表的"), STANDING),
    _C("instant", N_("即办件"), N_("办结中，目录里办件类型是即办件的")),
    _C("committed", N_("承诺件"), N_("办结中，既不是即办件、也没有特别程序停过表的")),
    _C("special", N_("特殊件"), N_("办结中，不是即办件、有特别程序依法停过表的"), source=SPECIAL),
)
_TIMES = (
    _C("same_day", N_("即办"), N_("办结中，起算当天就办结的")),
    _C("early", N_("提前"), N_("办结中，在承诺期限最后一天之前的日子办结的；即办件不计")),
    _C("on_time", N_("按时"), N_("办结中，在承诺期限内办结的，含即办和提前")),
    _C("late", N_("逾期"), N_("办结中，超过承诺期限才办结的")),
    _C("unlawful", N_("超法定"), N_("办结中，超过法定期限才办结的"), source=LIMITS),
    _C("same_day_rate", N_("即办结率"), N_("当天办结的占多少"),
       formula=N_("即办 ÷ 办结"), unit=Unit.SHARE, listed="finished"),
    _C("early_rate", N_("提前办结率"), N_("提前办结的占多少；即办件不计"),
       formula=N_("提前 ÷ 有承诺期限、不是即办件的办结"), unit=Unit.SHARE, listed="longer"),
    _C("on_time_rate", N_("按时办结率"), N_("没有超过承诺期限的占多少"),
       formula=N_("按时 ÷ 有承诺期限的办结"), unit=Unit.SHARE, listed="limited"),
    _C("late_rate", N_("超期办结率"), N_("超过承诺期限的占多少"),
       formula=N_("逾期 ÷ 有承诺期限的办结"), unit=Unit.SHARE, listed="limited"),
    _C("mean_days", N_("平均用时"), N_("从起算次日到办结之日的工作日，停表的日子不算"), source=OWN,
       formula=N_("用时之和 ÷ 办结"), unit=Unit.DAYS, listed="finished"),
    _C("saved_rate", N_("时限压缩率"), N_("比法定期限少用了多少；只算法定期限按工作日规定的"),
       formula=N_("1 − 实际工作日之和 ÷ 法定工作日之和"), unit=Unit.SHARE, listed="statutory"),
)  # fmt: skip
_WHOLE = (
    _C("once_rate", N_("一次办结率"), N_("没有要求过补正就办结的占多少"), source=OWN,
       formula=N_("未告知补正的办结 ÷ 办结"), unit=Unit.SHARE, listed="finished"),
    _C("parallel_rate", N_("并联率"), N_("办结的办件里，受理时就同步分发的事项占多少"), source=OWN,
       formula=N_("受理时分发的事项 ÷ 分发过的事项"), unit=Unit.SHARE, listed="finished"),
)  # fmt: skip
_ALL = {Grain.CASES: (*_CASES, *_TIMES, *_WHOLE), Grain.ITEMS: (*_ITEMS, *_TIMES)}


def columns(grain: Grain, by: By) -> tuple[Column, ...]:
    """The figures that can be told apart so: what is open at the end belongs to no month and
    to nobody who will decide it, and what was received to nobody who decided."""
    found = _ALL[grain]
    if by in (By.PERSON, By.POST):
        return tuple(column for column in found if column.event is Event.FINISHED)
    if by is By.MONTH:
        return tuple(column for column in found if column.event is not Event.STANDING)
    return found


def column_of(grain: Grain, code: str) -> Column | None:
    """A figure by its code."""
    return next((column for column in _ALL[grain] if column.code == code), None)


assert all(
    set(RATES.get(column.code, (column.code,)))
    <= {*COUNTED[grain], "begun", "parallel", "mean_days", "saved_rate"}
    for grain, found in _ALL.items()
    for column in found
), "every figure is counted"
