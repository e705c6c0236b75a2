"""How departments spoke with each other, in words: what history remembers of it."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from server.labels import ANSWERS, MEETINGS, word
from server.names import zh
from workflows.errors import N_

#: Words of the hall's own: whom, what about, when and where.
NAMED = ("department", "at", "place", "topic", "question", "minutes")

#: What was closed because it was not needed any more.
NOT_NEEDED = {
    "questions_taken_back": N_("收回征求意见：%(numbers)s"),
    "requests_dropped": N_("停表、延期申请不再审批：%(items)s"),
    "meetings_cancelled": N_("取消联合踏勘（会审）：%(numbers)s"),
    "seats_released": N_("不必再参加联合踏勘（会审）：%(items)s"),
}


def talked(details: dict[str, Any]) -> list[str | Markup]:
    """What was asked, answered, called or requested, besides the reason."""
    said: list[str | Markup] = []
    if details.get("kind") in MEETINGS:
        said.append(word(MEETINGS, details["kind"]))
    if details.get("departments"):
        said.append(zh("、".join(details["departments"])))
    said += [zh(details[key]) for key in NAMED if details.get(key)]
    return said + _answered(details) + _requested(details)


def _answered(details: dict[str, Any]) -> list[str | Markup]:
    said: list[str | Markup] = []
    if isinstance(details.get("attends"), bool):
        said.append(_("参加") if details["attends"] else _("缺席"))
    if details.get("answer"):
        said.append(word(ANSWERS, details["answer"]))
    if details.get("silent"):
        said.append(_("逾期视为同意"))
    if details.get("absent"):
        names = zh("、".join(details["absent"]))
        said.append(Markup(_("缺席：%(departments)s")) % {"departments": names})
    return said


def _requested(details: dict[str, Any]) -> list[str | Markup]:
    said: list[str | Markup] = []
    if isinstance(details.get("granted"), bool):
        said.append(_("批准") if details["granted"] else _("不批准"))
    if details.get("requested_by"):
        said.append(Markup(_("申请人员：%(who)s")) % {"who": zh(details["requested_by"])})
    for key, sentence in NOT_NEEDED.items():
        if details.get(key):
            what = zh("、".join(details[key]))
            said.append(Markup(_(sentence)) % {"numbers": what, "items": what})
    return said
