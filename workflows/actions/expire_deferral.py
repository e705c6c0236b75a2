"""A promised material did not come (容缺逾期); what follows is the rule of the place.

撤销受理 and 视为撤回 end the items that need it, without a decision; 不予审批 is a decision, which
only people take (行政许可法 §38, 否定报批): their posts are told to.  Nothing else of the case is
touched: what does not need the material goes on, and what was granted stays granted.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.climb import climb
from workflows.actions.concluding import ItemNotBegun, conclude
from workflows.actions.moving import WITHDRAWN
from workflows.actions.tell import tell_post, tell_role
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Case, CaseItem, CaseMaterial
from workflows.models.rows import save
from workflows.permissions import Role
from workflows.states import GRANTED_ITEMS

#: What the applicant reads as the reason.
REASONS = {
    "revoked": "容缺材料逾期未补交，撤销受理",
    "withdrawn": "容缺材料逾期未补交，视为撤回",
}
REFUSE = N_("%(what)s：容缺材料“%(material)s”逾期未补交，按规定不予审批，请依法作出决定。")
STANDS = N_("%(what)s：容缺材料“%(material)s”逾期未补交，事项没有在办，请您处理。")
ENDED = N_("%(what)s：容缺材料“%(material)s”逾期未补交，已按规定终止办理。")


@dataclass(frozen=True)
class ExpireDeferral(CaseAction):
    deadline: int

    name = "expire_deferral"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        clock = climb(case, self.deadline, self.name, ctx)
        clock.closed_at, clock.next_at = ctx.now, None
        query = select(CaseMaterial).where(
            CaseMaterial.case_id == case.id, CaseMaterial.deadline_id == clock.id
        )
        row = ctx.session.scalars(query).one()
        rule = catalogue_of(case).rules.on_deferral_expiry
        facts = [
            self._follow(case, item, row, rule, ctx)
            for item in case.items
            if item.code in row.items
        ]
        ended = [fact for fact in facts if fact]
        return {"materials": [row.code], "rule": rule} | ({"ended": ended} if ended else {})

    def _follow(
        self, case: Case, item: CaseItem, row: CaseMaterial, rule: str, ctx: Context
    ) -> dict[str, Any]:
        """What the rule makes of one item that needs the material."""
        params = {"what": item.name, "material": row.name}
        if not item.decided and rule == "refused":
            tell_post(case, item, "handler", Light.RED, REFUSE, params, ctx)
            tell_post(case, item, "checker", Light.RED, REFUSE, params, ctx)
        elif not item.decided:
            try:
                facts = conclude(case, item, WITHDRAWN, REASONS[rule], ctx, self.name)
            except ItemNotBegun:
                tell_role(case, Role.WINDOW_LEAD, Light.RED, STANDS, params, ctx)
                return {}
            save(ctx.session)
            tell_post(case, item, "handler", Light.GREY, ENDED, params, ctx)
            return facts
        elif item.state in GRANTED_ITEMS:
            tell_role(case, Role.WINDOW_LEAD, Light.RED, STANDS, params, ctx)
        return {}
