"""Rate how a case was handled (好差评): online a matter, on site a visit, each once."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseNotFound, Context
from workflows.actions.ratings import RatingAction, begin_follow_up, checked, until
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Channel, Rating, RatingInvitation
from workflows.queries.ratings import DECIDED
from workflows.states import FINAL_CASES, CaseState, RatingState
from workflows.voices import rules_on

#: A matter is rated when it was decided; who withdrew may say something as well.
RATED_CASES = FINAL_CASES | {CaseState.DECIDED, CaseState.DELIVERED}


class RatedAlready(WorkflowError):
    """一事一评, 一次一评: it may be corrected, but not said twice."""

    sentence = N_("这件事已经评价过了。")


class NotRatedYet(WorkflowError):
    """Only what was done can be rated."""

    sentence = N_("办出结果后才能评价。")


class InvitationGone(WorkflowError):
    """It was used, it is too old, or there never was one."""

    sentence = N_("这次评价的邀请已经使用或者过期。")


@dataclass(frozen=True)
class GiveRating(RatingAction):
    """Its key is the number of the case; with ``token`` it is the answer to an invitation."""

    level: int
    reasons: list[str] = field(default_factory=list)
    text: str = ""
    item: str = ""
    token: str = ""

    name = "give_rating"

    def find(self, key: str, ctx: Context) -> Rating:
        case = ctx.session.scalar(select(Case).where(Case.number == key).with_for_update(of=Case))
        if case is None:
            raise CaseNotFound(number=key)
        rating = Rating(case_id=case.id, case=case, state=RatingState.NEW, given_at=ctx.now)
        rating.round, rating.history_length, rating.history_hash = 0, 0, ""
        return rating

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        said = checked(self.level, self.reasons, self.text, rules_on(ctx.today))
        about = self._on_site(rating, ctx) if self.token else self._online(rating, ctx)
        for name, value in {**said, **about}.items():
            setattr(rating, name, value)
        _once(rating, ctx)
        rating.first_level = rating.level
        ctx.session.add(rating)
        ctx.session.flush()
        if rating.channel is Channel.ONLINE:
            rating.correct_until = until(rating, "correct", ctx)
        rating.state = RatingState.OPEN if rating.bad else RatingState.GIVEN
        if rating.bad:
            begin_follow_up(rating, ctx)
        else:
            rating.closed_at = ctx.now
        facts = {name: about[name] for name in ("channel", "matter", "window", "served_by")}
        rules = rules_on(ctx.today).name
        return {"case": rating.case.number, **facts, **said, "rules": rules}

    def _online(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        """The case as a whole, or one of its items."""
        case = rating.case
        item = _item(case, self.item, ctx) if self.item else None
        done = item.state in DECIDED if item else case.state in RATED_CASES
        if not done:
            raise NotRatedYet
        return {
            "channel": Channel.ONLINE,
            "matter": self.item,
            "item": item,
            "department_code": item.department_code if item else None,
            "window": "",
            "served_by": "",
        }

    def _on_site(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        """The visit that the invitation is about; it is used up with this."""
        query = select(RatingInvitation).where(RatingInvitation.token == self.token)
        found = ctx.session.scalar(query.where(RatingInvitation.case_id == rating.case.id))
        if found is None or found.used_at is not None or found.until < ctx.now:
            raise InvitationGone
        found.used_at = ctx.now
        return {
            "channel": Channel.ON_SITE,
            "matter": str(found.sequence),
            "item": None,
            "department_code": None,
            "window": found.window,
            "served_by": found.clerk,
        }


def _item(case: Case, code: str, ctx: Context) -> CaseItem:
    query = select(CaseItem).where(CaseItem.case_id == case.id, CaseItem.code == code)
    found = ctx.session.scalar(query)
    if found is None:
        raise NotRatedYet
    return found


def _once(rating: Rating, ctx: Context) -> None:
    query = select(Rating.id).where(
        Rating.case_id == rating.case_id,
        Rating.channel == rating.channel,
        Rating.matter == rating.matter,
    )
    if ctx.session.scalar(query) is not None:
        raise RatedAlready
