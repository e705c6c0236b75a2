"""What the actions on ratings share: finding one, who answers for it, whom a bad one is told."""

from typing import Any

from workflows.actions.base import Action, Context, locked
from workflows.actions.follow_ups import start_follow_up
from workflows.actions.people import require
from workflows.clock import office_time
from workflows.deadlines import Ledger, Light, due
from workflows.errors import N_, WorkflowError
from workflows.models import FollowUp, Notice, Rating
from workflows.models.rating import ANSWERS, HIGHEST, LOWEST
from workflows.models.rows import add_last
from workflows.permissions import Role
from workflows.states import RATINGS
from workflows.voices import VoiceRules, rules_on

LONGEST_TEXT = 1000
BAD_RATING = N_("%(what)s收到差评，请于%(due)s前联系评价人。")


class RatingNotFound(WorkflowError):
    """There is no such rating."""

    sentence = N_("没有这条评价。")


class RatingUnfit(WorkflowError):
    """A level that is none, a reason that is not on the list, or a text that is too long."""

    sentence = N_("请在五个等级中选择一个；说明最多一千字。")


class NotAnswering(WorkflowError):
    """The window leads answer for the window and for cases as a whole."""

    sentence = N_("这条评价由窗口负责人跟进。")


class RatingAction(Action):
    """An action on a rating; its key is written ``rating:7``."""

    table = RATINGS

    def find(self, key: str, ctx: Context) -> Rating:
        return found_rating(key, ctx)


def found_rating(key: str, ctx: Context) -> Rating:
    """The rating of a key, locked."""
    found = locked(Rating, key, ctx)
    if found is None:
        raise RatingNotFound
    return found


def rules_of(rating: Rating) -> VoiceRules:
    """The rules under which it was given."""
    return rules_on(office_time(rating.given_at).date())


def checked(level: int, reasons: list[str], text: str, rules: VoiceRules) -> dict[str, Any]:
    """What may be said; reasons of the other side are left out."""
    fits = LOWEST <= level <= HIGHEST and len(text) <= LONGEST_TEXT
    if not fits or not set(reasons) <= {*rules.good, *rules.bad}:
        raise RatingUnfit
    offered = rules.bad if level <= 2 else rules.good
    kept = [code for code in offered if code in reasons]
    return {"level": level, "reasons": kept, "text": text.strip()}


def must_answer(rating: Rating, ctx: Context) -> str | None:
    """Whether it is this person's to follow up; for whom they act if it is not their own post."""
    if rating.department_code is None:
        if Role.WINDOW_LEAD not in ctx.actor.roles:
            raise NotAnswering
        return None
    return require(
        ctx.session, rating.department_code, ANSWERS, ctx.actor.person_id, ctx.today
    ).acting_for


def begin_follow_up(rating: Rating, ctx: Context) -> None:
    """A bad rating: both clocks begin, and who answers for it is told."""
    rules = rules_of(rating)
    contact = start_follow_up(
        rating.key, rating.case.region, FollowUp.CONTACT, rules.limits["contact"], ctx
    )
    begin_round(rating, ctx)
    params = {"due": f"{office_time(contact.due_at):%Y-%m-%d %H:%M}"}
    tell_answering(rating, Light.YELLOW, BAD_RATING, params, ctx)


def begin_round(rating: Rating, ctx: Context) -> None:
    """It is to be put right, with a limit of its own."""
    rating.round += 1
    promise = rules_of(rating).limits["rectify"]
    start_follow_up(rating.key, rating.case.region, FollowUp.RECTIFY, promise, ctx)


def tell_answering(
    rating: Rating, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell the post of the department, or the leads of the window."""
    code = rating.department_code
    whom = {"department_code": code, "duty": ANSWERS} if code else {"role": Role.WINDOW_LEAD.value}
    _tell(rating, light, sentence, params, ctx, **whom)


def tell_supervisors(
    rating: Rating, light: Light, sentence: str, params: dict[str, Any], ctx: Context
) -> None:
    """Tell the supervisors."""
    _tell(rating, light, sentence, params, ctx, role=Role.SUPERVISOR.value)


def _tell(
    rating: Rating, light: Light, sentence: str, params: dict[str, Any], ctx: Context,
    **whom: Any,
) -> None:  # fmt: skip
    what = rating.item.name if rating.item else rating.case.title
    notice = Notice(
        case_id=rating.case_id,
        item_id=rating.item_id,
        at=ctx.now,
        level=light.value,
        sentence=sentence,
        params={"what": what, **params},
        **whom,
    )
    add_last(ctx.session, notice)


def until(rating: Rating, limit: str, ctx: Context) -> Any:
    """When a limit of the rules that begins with the rating is over."""
    promise = rules_of(rating).limits[limit]
    return due(Ledger(rating.given_at, promise.limit), ctx.calendars(rating.case.region)).at
