"""A ladder as a table: one row a rung, and what a table must keep to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from workflows.deadlines import Light, Limit, LimitMalformed, Unit
from workflows.errors import N_, WorkflowError

#: So many rungs a table has at most, and one subject of it.
MOST, MOST_OF_ONE = 120, 12
#: Working days before or after, and of a reply.
LONGEST, LONGEST_REPLY = 60, 60
#: What a rung may light.
LIGHTS = (Light.YELLOW, Light.RED, Light.PURPLE)
#: Clocks of an item, of whose department every post can be told; the others have only roles.
OF_ITEMS = ("item.promised", "item.statutory", "sign_for.promised", "check.promised",
            "consultation.promised")  # fmt: skip
OF_CASES = ("notice.statutory", "case.promised", "case.statutory", "delivery.statutory",
            "deferral.promised")  # fmt: skip
CARDS = ("card.notice", "card.yellow", "card.red")
SUBJECTS = ("notice.statutory", "sign_for.promised", "item.promised", "item.statutory",
            "consultation.promised", "case.promised", "case.statutory", "deferral.promised",
            "delivery.statutory", "check.promised", *CARDS)  # fmt: skip
#: Where the law says what follows when the time is over, nobody has to be told by a row.
ENDS_BY_LAW = ("notice.statutory",)
DUTIES = ("handler", "checker", "approver", "chief")
#: A角 is told as the post; B角 only if a row says so, or while A角 is away.
DEPUTIES = tuple(f"{duty}_deputy" for duty in DUTIES)
ROLES = ("window", "window_lead", "supervisor", "government")


class When(StrEnum):
    """Before the time is over, after it is over, or at once when a card is raised."""

    BEFORE = "before"
    OVER = "over"
    RAISED = "raised"


class Paper(StrEnum):
    """On what: a reminder on the desk, or a numbered paper."""

    REMINDER = "reminder"
    SUPERVISION = "supervision"
    RECTIFICATION = "rectification"
    ADVICE = "advice"
    CIRCULAR = "circular"


class LadderUnfit(WorkflowError):
    """A table that nobody could climb; ``faults`` has every place (row from 1, 0 for the head)."""

    sentence = N_("预警阶梯有 %(count)s 处不合要求，第一处在第 %(row)s 行：%(why)s")

    def __init__(self, faults: "list[tuple[int, str]]") -> None:
        row, why = faults[0]
        super().__init__(count=len(faults), row=row, why=why)
        self.faults = faults


@dataclass(frozen=True)
class Row:
    """A rung.  ``days`` are working days before or after; ``percent`` and ``hours`` only before.

    ``percent`` of the limit used up counts for ten days and more, whichever comes first; ``hours``
    for limits that are counted in hours.
    """

    subject: str
    when: When
    light: Light
    to: tuple[str, ...]
    days: int = 0
    percent: int | None = None
    hours: int | None = None
    paper: Paper = Paper.REMINDER
    reply: Limit | None = None
    #: Of a catalogue, which may say hours; a table says working days.
    after: Limit | None = None


@dataclass(frozen=True)
class LadderTable:
    """All rungs, in order; ``appeal`` is the time to appeal against a card."""

    rows: tuple[Row, ...]
    appeal: Limit
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)

    def of(self, subject: str) -> tuple[Row, ...]:
        """The rungs of a kind of clock, or of cards raised as something."""
        return tuple(row for row in self.rows if row.subject == subject)


#: Region, process ("" for none) and the instant a clock or card began → the table that was decided
#: on for it; None where nobody has decided.
Ladders = Callable[[str, str, datetime], LadderTable | None]


def no_ladders(region: str, theme: str, at: datetime) -> None:
    """Nobody has decided anything: the default holds."""
    return


def as_plain(table: LadderTable) -> dict[str, Any]:
    """As it is stored, without what is not said."""
    return {
        "limits": {"appeal": str(table.appeal)},
        "rows": [
            {name: value for name, value in _plain_row(row).items() if value not in (None, "")}
            for row in table.rows
        ],
    }


def _plain_row(row: Row) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "when": row.when.value,
        "days": row.days,
        "percent": row.percent,
        "hours": row.hours,
        "light": row.light.value,
        "paper": row.paper.value,
        "reply": str(row.reply) if row.reply else None,
        "to": list(row.to),
    }


def from_plain(content: Mapping[str, Any]) -> LadderTable:
    """A table from what was stored or posted.  Raises LadderUnfit with every fault."""
    faults: list[tuple[int, str]] = []
    appeal = _limit(content.get("limits", {}).get("appeal"), 0, N_("申诉期限"), faults)
    given = list(content.get("rows", ()))
    if len(given) > MOST:
        raise LadderUnfit([(MOST + 1, N_("行数太多"))])
    read = [_row(number, one, faults) for number, one in enumerate(given, start=1)]
    rows = [(number, row) for number, row in enumerate(read, start=1) if row is not None]
    for subject in SUBJECTS:
        faults += _order(subject, [(n, row) for n, row in rows if row.subject == subject])
    if faults or appeal is None:
        raise LadderUnfit(sorted(faults))
    ordered = sorted((row for _n, row in rows), key=lambda row: SUBJECTS.index(row.subject))
    return LadderTable(tuple(ordered), appeal, dict(content.get("sources", {})))


def _row(number: int, given: Mapping[str, Any], faults: list[tuple[int, str]]) -> Row | None:
    """One row, or what is wrong with it."""
    try:
        row = Row(
            subject=str(given.get("subject")),
            when=When(given.get("when", "")),
            light=Light(given.get("light", "")),
            to=tuple(given.get("to", ())),
            days=_whole(given.get("days", 0), 0, LONGEST),
            percent=_whole(given["percent"], 1, 100) if "percent" in given else None,
            hours=_whole(given["hours"], 0, 24) if "hours" in given else None,
            paper=Paper(given.get("paper", "reminder")),
            reply=Limit.parse(str(given["reply"])) if given.get("reply") else None,
        )
    except (ValueError, TypeError, LimitMalformed):
        faults.append((number, N_("数字、灯色、文书或期限填写不正确")))
        return None
    wrong = _wrong(row)
    faults += [(number, sentence) for sentence in wrong]
    return None if wrong else row


def _whole(value: object, least: int, most: int) -> int:
    number = int(str(value))
    if not least <= number <= most:
        raise ValueError(value)
    return number


def _wrong(row: Row) -> list[str]:
    """What is wrong with a row by itself."""
    if row.subject not in SUBJECTS:
        return [N_("没有这一类时限或监察卡")]
    known = ROLES if row.subject in OF_CASES else (*DUTIES, *DEPUTIES, *ROLES)
    twice = len(set(row.to)) < len(row.to)
    reply = row.reply is None or (row.reply.unit is Unit.WORKING_DAYS and _fits(row.reply))
    faults = [
        (not row.to, N_("至少告知一个人")),
        (twice or not set(row.to) <= set(known), N_("这一类时限不能告知所选的人")),
        (row.light not in LIGHTS, N_("灯色只能是黄、红、紫")),
        (not reply, N_("答复期限按工作日写，1 到 60 个工作日")),
    ]
    wrong = [sentence for fault, sentence in faults if fault]
    return wrong + (_wrong_card(row) if row.subject in CARDS else _wrong_clock(row))


def _wrong_card(row: Row) -> list[str]:
    return [N_("监察卡没有到期前的级")] if row.when is When.BEFORE else []


def _wrong_clock(row: Row) -> list[str]:
    by_law = row.subject in ENDS_BY_LAW and row.when is When.OVER
    faults = [
        (row.when is When.RAISED, N_("时限没有发卡时的级")),
        (row.paper is not Paper.REMINDER or row.reply,
         N_("时限到期只发提醒；督办单等文书由监察卡发出")),
        (by_law, N_("这个时限到期后的处理由法律规定，不能编辑")),
    ]  # fmt: skip
    return [sentence for fault, sentence in faults if fault]


def _fits(reply: Limit) -> bool:
    return 1 <= reply.amount <= LONGEST_REPLY and reply.amount == int(reply.amount)


def _order(subject: str, rows: list[tuple[int, Row]]) -> Iterable[tuple[int, str]]:
    """What is wrong with the rows of a subject as a ladder."""
    if len(rows) > MOST_OF_ONE:
        yield rows[MOST_OF_ONE][0], N_("一类时限或监察卡的级数太多")
    if subject in CARDS:
        yield from _card_order(subject, rows)
    before_over = [row.when is When.OVER for _n, row in rows]
    if subject not in CARDS and before_over != sorted(before_over):
        yield rows[0][0], N_("到期前的级排在到期后的级之前")
    for (_m, lower), (number, higher) in pairwise(rows):
        if lower.when is higher.when is When.BEFORE and higher.days >= lower.days:
            yield number, N_("到期前的级，一级比一级离到期近")
        restarted = lower.reply is not None
        if lower.when is higher.when is When.OVER and not restarted and higher.days <= lower.days:
            yield number, N_("到期后的级，一级比一级晚")


def _card_order(subject: str, rows: list[tuple[int, Row]]) -> Iterable[tuple[int, str]]:
    raised = [row.when is When.RAISED for _n, row in rows]
    if not rows or not raised[0] or any(raised[1:]):
        yield (rows[0][0] if rows else 0), N_("监察卡的第一级是发卡时，而且只有这一级")
        return
    number, first = rows[0]
    if (subject != "card.notice") != (first.reply is not None):
        yield number, N_("黄牌、红牌发卡时写明答复期限；提醒没有答复期限")
    if subject == "card.notice" and len(rows) > 1:
        yield rows[1][0], N_("提醒只告知一次，没有后面的级")


def _limit(given: object, number: int, what: str, faults: list[tuple[int, str]]) -> Limit | None:
    try:
        found = Limit.parse(str(given))
    except LimitMalformed:
        found = None
    if found is None or found.unit is not Unit.WORKING_DAYS or not _fits(found):
        faults.append((number, what))
        return None
    return found
