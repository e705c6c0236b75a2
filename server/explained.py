"""时限是怎么算的: every clock of a case, day by day, with the article that each day rests on."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from server.context import calendars, now, reader
from server.labels import BASES, CLOCKS, PROCEDURES, limit_words, word
from server.names import item_name, zh
from workflows.clock import office_day
from workflows.deadlines import Due, Light, Limit, Unit, due, is_paused, light
from workflows.errors import N_
from workflows.explaining import COUNTING, Stretch, Why, explain
from workflows.models import Case, Deadline, DeadlinePause, FollowUpClock
from workflows.models.deadline import Basis, Clock
from workflows.queries.search import find_case

explained = Blueprint("explained", __name__)

WHY = {
    Why.START: N_("开始的当日不计入（民法典第二百零一条）"),
    Why.COUNTED: N_("工作日，计入（行政许可法第八十二条）"),
    Why.WORKED: N_("周末调休上班，计入"),
    Why.WEEKEND: N_("周末，不计入"),
    Why.HOLIDAY: N_("%(name)s放假，不计入"),
    Why.PAUSED: N_("%(name)s，不计入（行政许可法第四十五条）"),
    Why.CAPPED: N_("%(name)s超过规定的最长天数，照常计入"),
    Why.CLOSED: N_("届满日不上班，顺延到下一个工作日（民法典第二百零三条）"),
    Why.HOURS: N_("工作时间 %(hours)g 小时，计入"),
}
IN_DAYS = N_("自然日，计入")


@dataclass(frozen=True)
class Line:
    """One stretch of days, as it is read; ``colour`` and the two places are its picture."""

    stretch: Stretch
    sentence: str
    colour: str
    begins: int
    days: int


@dataclass(frozen=True)
class Reckoning:
    """One clock, how it stands, and why it ends when it does."""

    row: Deadline
    title: str
    limit: str
    due: Due
    light: Light
    lines: tuple[Line, ...]

    @property
    def days(self) -> int:
        """The days of the whole picture."""
        return sum(line.days for line in self.lines)


@explained.get("/cases/<number>/clocks")
def clocks(number: str) -> str:
    """The clocks of a case, those that run before those that are over."""
    case = find_case(reader(), number)
    if case is None:
        abort(404)
    rows = sorted(case.deadlines, key=lambda row: (row.closed_at is not None, row.id))
    found = [_reckoning(case, row) for row in rows]
    return render_template("clocks.html", case=case, clocks=found)


def _reckoning(case: Case, row: Deadline) -> Reckoning:
    calendar = calendars(case.region)
    ledger = row.ledger(case.pauses)
    ends = due(ledger, calendar)
    at = row.closed_at or now()
    paused = row.closed_at is None and is_paused(at, ledger, calendar)
    statute, promise = (ends.at, None) if row.basis is Basis.STATUTORY else (None, ends.at)
    yellow = row.yellow_at if row.closed_at is None else None
    held = Light.BLUE if row.clock is Clock.SUPPLEMENT else Light.GREY if paused else None
    shown = light(at, promise or statute, statute, yellow, held)
    return Reckoning(
        row, _title(case, row), _limit(row), ends, shown,
        lines(explain(ledger, calendar), row, case.pauses),
    )  # fmt: skip


def _title(case: Case, row: Deadline) -> str:
    item = next((item for item in case.items if item.id == row.item_id), None)
    clock = _("%(clock)s（%(basis)s）", clock=word(CLOCKS, row.clock), basis=word(BASES, row.basis))
    return f"{clock} {item.code} {item_name(case, item)}" if item else clock


def _limit(row: Deadline) -> str:
    words = limit_words(row.limit)
    if row.extension_days:
        more = ngettext(
            "延长 %(num)s 个工作日（行政许可法第四十二条）",
            "延长 %(num)s 个工作日（行政许可法第四十二条）", row.extension_days,
        )  # fmt: skip
        words = f"{words}{_('，')}{more}"
    return words


def lines(
    stretches: tuple[Stretch, ...], row: Deadline | FollowUpClock, pauses: list[DeadlinePause]
) -> tuple[Line, ...]:
    """Each stretch with its words; a pause without an end is drawn as far as today."""
    in_days = Limit.parse(row.limit).unit is Unit.DAYS
    mine = [pause for pause in pauses if pause.item_id == row.item_id]
    found, begins = [], 0
    for one in stretches:
        open_until = max(one.first, office_day(row.closed_at or now()))
        days = one.days or (open_until - one.first).days + 1
        sentence = _sentence(one, in_days) + _notice(one, mine)
        found.append(Line(one, sentence, _colour(one), begins, days))
        begins += days
    return tuple(found)


def _sentence(one: Stretch, in_days: bool) -> Markup:
    sentence = IN_DAYS if in_days and one.why is Why.COUNTED else WHY[one.why]
    name = word(PROCEDURES, one.name) if one.name in PROCEDURES else zh(one.name)
    return Markup(_(sentence)) % {"name": name, "hours": one.hours / timedelta(hours=1)}


def _notice(one: Stretch, pauses: list[DeadlinePause]) -> Markup:
    """The written notice that a pause was told by."""
    if one.why is not Why.PAUSED:
        return Markup("")
    numbers = {
        row.notice_number for row in pauses
        if row.kind == one.name and row.notice_number and row.started_on <= one.first
        and (row.ended_on is None or one.first < row.ended_on)
    }  # fmt: skip
    told = Markup(_("；告知书 %(number)s"))
    return Markup("").join(told % {"number": zh(number)} for number in sorted(numbers))


def _colour(one: Stretch) -> str:
    if one.why in COUNTING or one.why is Why.HOURS:
        return "day-counted"
    return "day-paused" if one.why is Why.PAUSED else "day-free"
