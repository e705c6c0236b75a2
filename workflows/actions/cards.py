"""What the actions on cards of the watch share: finding one, its reply clock, its ladder, telling.

The day to reply by stands on a paper: a calendar that is imported later does not move it.
A card climbs the ladder that was in force when it was raised, in the rows of what it was raised
as.  Whenever a paper asks for a reply, its time is counted from then; the next rung comes so many
working days after that time is over without an answer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from workflows.actions.base import Action, Context
from workflows.actions.ladder import INSTANT, later, working
from workflows.actions.numbers import paper_number
from workflows.actions.people import own_posts
from workflows.actions.tell import deputy_of
from workflows.clock import office_time
from workflows.deadlines import Light, Limit, due
from workflows.errors import N_, WorkflowError
from workflows.ladders import DEFAULT, LadderTable, Paper, Row
from workflows.ladders.table import DEPUTIES, DUTIES
from workflows.models import Card, CardRung, Case, CaseItem, Department, Notice
from workflows.models.card import number_of
from workflows.models.rows import add_last
from workflows.permissions import Role
from workflows.states import CARDS, CardState, Level

#: Where a matter that is about no case is counted.
REGION = "cn"
#: Working days that a supervisor gives.
REPLY = range(1, 61)
#: For what a card is revoked: the system failed, force majeure, the applicant's fault, a mistake.
Cause = Literal["system", "force_majeure", "applicant", "mistaken"]
#: Characters of what is written on a card.
LONGEST = 2000
#: What a card says to those it is sent to, by its paper.
SENTENCES = {
    Paper.REMINDER: N_("监察卡 %(card)s（%(what)s）请督促办理。"),
    Paper.SUPERVISION: N_("督办单 %(card)s：%(what)s。请于%(due)s前说明。"),
    Paper.RECTIFICATION: N_("整改通知书 %(card)s：%(what)s。请于%(due)s前整改并答复。"),
    Paper.ADVICE: N_("监察建议书 %(card)s：%(what)s。请于%(due)s前办理并答复。"),
    Paper.CIRCULAR: N_("监察卡 %(card)s（%(what)s）逾期未答复，予以通报。"),
}
NOTED = N_("监察提醒 %(card)s：%(what)s。")


class CardNotFound(WorkflowError):
    """There is no card with this number."""

    sentence = N_("没有编号为 %(number)s 的监察卡。")


class NotYourCard(WorkflowError):
    """A department answers for itself."""

    sentence = N_("这张监察卡由 %(department)s 的人员答复，您不在该部门的岗位上。")


class CardTextMissing(WorkflowError):
    """An answer, an appeal and a decision say something."""

    sentence = N_("请写明内容，至少四个字。")


class ReplyOutOfReach(WorkflowError):
    """Nobody is given no time, or a year."""

    sentence = N_("答复期限为 %(least)s 到 %(most)s 个工作日。")


class CardAction(Action):
    """An action on a card; its key is written ``2026-12``."""

    table = CARDS

    def find(self, key: str, ctx: Context) -> Card:
        query = select(Card).where(Card.number == number_of(key)).with_for_update()
        found = ctx.session.scalar(query)
        if found is None:
            raise CardNotFound(number=key)
        return found


def said(text: str) -> str:
    """What somebody wrote, if it says something and has an end.  Raises CardTextMissing."""
    text = text.strip()
    if not 4 <= len(text) <= LONGEST:
        raise CardTextMissing
    return text


def to_reply(days: int) -> Limit:
    """The time a supervisor gives, in working days.  Raises ReplyOutOfReach."""
    if days not in REPLY:
        raise ReplyOutOfReach(least=REPLY[0], most=REPLY[-1])
    return working(days)


def wall(moment: datetime | None) -> str:
    """An instant as the clock of the hall shows it."""
    return f"{office_time(moment):%Y-%m-%d %H:%M}" if moment else ""


def answers_for(card: Card, ctx: Context) -> None:
    """Refuse whoever is on no post of the department; without one, whoever leads no window."""
    if card.department_code is None:
        if Role.WINDOW_LEAD not in ctx.actor.roles:
            raise NotYourCard(department="窗口")
        return
    posts = own_posts(ctx.session, ctx.actor.person_id or 0)
    if all(post.department_code != card.department_code for post in posts):
        department = ctx.session.get_one(Department, card.department_code)
        raise NotYourCard(department=department.name)


def begin(card: Card, ctx: Context, reply: Limit | None = None) -> dict[str, Any]:
    """The first rung: who is told, and until when they answer; ``reply`` instead of the ladder's.

    What history should remember.
    """
    table = table_of(card, ctx)
    row = table.of(f"card.{card.raised_as}")[0]
    asked = None if card.level is Level.NOTICE else reply or row.reply
    ctx.session.flush()
    card.scored = card.level is not Level.NOTICE
    card.state = CardState.OPEN if card.scored else CardState.NOTED
    if card.scored:
        until = later(ctx.now, table.appeal, ctx.calendars(card.region))
        card.appeal_until = until
    return climb(card, row, asked, ctx)


def climb(card: Card, row: Row, asked: Limit | None, ctx: Context) -> dict[str, Any]:
    """Take a rung: a paper with its own time to reply, and those who are told of it."""
    add_last(ctx.session, CardRung(card_id=card.id, rung=card.rung, at=ctx.now))
    card.rung += 1
    if row.light is Light.RED and card.level is Level.YELLOW:
        card.level = Level.RED
    if asked is not None:
        ask(card, asked, ctx)
    else:
        reckon(card, ctx)
    number = _send(card, row, ctx)
    tell(card, row.to, row.light, _sentence(card, row), ctx)
    return {
        "rung": card.rung,
        "level": card.level.value,
        "light": row.light.value,
        "paper": row.paper.value,
        "number": number,
        "to": " ".join(row.to),
        "reply_due": wall(card.reply_due),
    }


def _send(card: Card, row: Row, ctx: Context) -> str:
    """Number a paper and keep what it said; a reminder is no paper."""
    if row.paper is Paper.REMINDER:
        return ""
    first = row.paper is Paper.SUPERVISION
    number = card.number if first else paper_number(ctx, row.paper)
    sent = {
        "paper": row.paper.value,
        "number": number,
        "at": wall(ctx.now),
        "to": list(row.to),
        "rung": card.rung,
        "level": card.level.value,
        "limit": card.reply_limit if row.reply else None,
        "due": wall(card.reply_due) if row.reply else None,
    }
    card.papers = [*card.papers, sent]
    return number


def _sentence(card: Card, row: Row) -> str:
    return NOTED if card.level is Level.NOTICE else SENTENCES[row.paper]


def ask(card: Card, limit: Limit, ctx: Context) -> None:
    """Ask for a reply from now on."""
    card.reply_from, card.reply_limit = ctx.now, str(limit)
    reckon(card, ctx)


def reckon(card: Card, ctx: Context) -> None:
    """Work out again when the reply is due, and when the next rung comes."""
    ledger = card.ledger()
    calendar = ctx.calendars(card.region)
    card.reply_due = due(ledger, calendar).at if ledger else None
    row = next_row(card, ctx)
    card.next_at = None
    if row is not None and card.state == CardState.OPEN and card.reply_due is not None:
        card.next_at = later(card.reply_due, working(row.days), calendar) + INSTANT


def table_of(card: Card, ctx: Context) -> LadderTable:
    """The ladder that was in force when the card was raised."""
    return ctx.ladders(card.region, card.theme, card.raised_at) or DEFAULT


def next_row(card: Card, ctx: Context) -> Row | None:
    """The next rung; None at the end of the ladder."""
    rows = table_of(card, ctx).of(f"card.{card.raised_as}")
    return rows[card.rung] if card.rung < len(rows) else None


def told(card: Card, ctx: Context) -> tuple[str, ...]:
    """Everyone of the department whom the rungs so far have named."""
    rows = table_of(card, ctx).of(f"card.{card.raised_as}")[: card.rung]
    named = [whom for row in rows for whom in row.to if whom in (*DUTIES, *DEPUTIES)]
    return tuple(dict.fromkeys(named))


def tell(
    card: Card, to: Iterable[str], light: Light, sentence: str, ctx: Context, **more: str
) -> None:
    """Tell posts of the department, or roles; what no department answers for is the window's."""
    params = {"card": card.number, "what": what(card, ctx), "due": wall(card.reply_due), **more}
    for whom in dict.fromkeys(map(_addressed(card), to)):
        receiver: dict[str, Any] = {"role": whom}
        if whom in DEPUTIES:
            deputy = deputy_of(ctx.session, card.department_code or "", whom)
            receiver = {"person_id": deputy}
        elif whom in DUTIES:
            receiver = {"department_code": card.department_code, "duty": whom}
        if None not in receiver.values():
            notice = Notice(
                case_id=card.case_id, card_id=card.id, at=ctx.now, level=light.value,
                sentence=sentence, params=params, **receiver,
            )  # fmt: skip
            add_last(ctx.session, notice)


def _addressed(card: Card) -> Any:
    if card.department_code is not None:
        return str
    return lambda whom: "window_lead" if whom in (*DUTIES, *DEPUTIES) else whom


def what(card: Card, ctx: Context) -> str:
    """What a card is about: an item, a case, or what its reason begins with."""
    if card.case_id is None:
        return card.reason[:40]
    if card.item_code is not None:
        mine = (CaseItem.case_id == card.case_id, CaseItem.code == card.item_code)
        name = ctx.session.scalar(select(CaseItem.name).where(*mine))
        if name is not None:
            return name
    return ctx.session.scalars(select(Case.title).where(Case.id == card.case_id)).one()
