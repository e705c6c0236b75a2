"""What each form on the page of a card would come to, said before it is sent."""

from datetime import datetime

from flask_babel import gettext as _

from server.card_words import CARD_STATES
from server.context import calendars, now
from server.labels import word
from server.view import minute
from workflows.clock import office_day
from workflows.deadlines import Ledger, Limit, Pause, due
from workflows.errors import N_
from workflows.models import Card
from workflows.states import CardState

#: What each form comes to.
THEN = {
    "answer_card": N_("提交后：答复计时停止，由督查审阅；通过即了结，退回会给出新的答复日期。"),
    "appeal_card": N_(
        "%(until)s 前可以申诉，只有一次。提交后：答复计时停止，由督查决定维持或者撤销。"
    ),
    "accept_answer": N_("通过后：监察卡了结，仍然计分；告知该部门。"),
    "return_answer": N_(
        "退回后：重新计时，给 1 个工作日即 %(at)s 到期；到期仍不答复的，按阶梯继续上报。"
    ),
}


def ahead(card: Card, may: list[str]) -> dict[str, str]:
    """What each form on the page would come to."""
    tomorrow = due(Ledger(now(), Limit.parse("1wd")), calendars(card.region)).at
    words = {"until": minute(card.appeal_until), "at": minute(tomorrow)}
    found = {name: str(_(THEN[name], **words)) for name in may if name in THEN}
    return found | ({"decide_appeal": _deciding(card)} if "decide_appeal" in may else {})


def _deciding(card: Card) -> str:
    back = word(CARD_STATES, CardState(card.appeal["from"])) if card.appeal else ""
    said = str(_("维持：回到“%(state)s”", state=back))
    if card.appeal and card.appeal["from"] == CardState.OPEN:
        said += str(_("，申诉期间不计时，答复顺延到 %(at)s", at=minute(_put_off(card))))
    return said + str(_("。撤销：监察卡终止，不再计分。决定为最终决定。"))


def _put_off(card: Card) -> datetime | None:
    """When the reply would be due if the appeal were decided today."""
    if card.reply_from is None or card.reply_limit is None or card.appealed_at is None:
        return None
    pause = Pause(office_day(card.appealed_at), office_day(now()), None, "appeal")
    ledger = Ledger(card.reply_from, Limit.parse(card.reply_limit), (pause,))
    return due(ledger, calendars(card.region)).at
