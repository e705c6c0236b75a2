"""The first diagram of a joint approval (并联审批), drawn from its catalogue.

From left to right: acceptance, a choice of the needed items, each item as a call of its standard
process, the items that may only start behind another one, and the moment when all are decided.
Decision gates are not drawn: they hold back a decision, not the work. The designer changes the
diagram from there on.
"""

from workflows.catalogue.contents import Catalogue
from workflows.catalogue.plan import ROW, SPLIT, START, Activity, Plan
from workflows.catalogue.sheet import Arrow, Point, Shape, write

#: So far before a gateway of its column there is nothing but lines.
LANE = 45
ABOUT = "由事项目录画出的并联审批流程图，可以在设计器中修改。"


def draw(catalogue: Catalogue, process: str) -> str:
    """The diagram as BPMN 2.0; its process has the id given."""
    drawing = _Drawing(Plan(catalogue.items))
    return write(process, catalogue.theme.name, ABOUT, drawing.shapes.values(), drawing.arrows)


class _Drawing:
    """Shapes and arrows, put down in the order in which a case passes them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.shapes: dict[str, Shape] = {}
        self.arrows: list[Arrow] = []
        self._shape("startEvent", "accepted", (START, plan.middle), "受理", (0, 30))
        self._shape("inclusiveGateway", "needed", (SPLIT, plan.middle), "需办事项", (-40, -32))
        for activity in plan.activities:
            self._call(activity)
        x = plan.join_x
        self._shape("inclusiveGateway", "decided", (x, plan.middle), "全部决定", (40, -32))
        self._shape("endEvent", "all_decided", (x + 120, plan.middle), "决定完毕", (0, 30))
        self._arrow("start", "accepted", "needed")
        self._arrow("nothing_needed", "needed", "decided")
        for activity in plan.activities:
            self._way_in(activity)
            self._way_out(activity)
        self._arrow("finish", "decided", "all_decided")

    def _call(self, activity: Activity) -> None:
        """The call of an item's process, with the gateways before and behind it."""
        item, plan = activity.item, self.plan
        if plan.is_joined(item):
            at = plan.place(activity, "begin")
            self._shape("inclusiveGateway", f"{activity.id}_begin", at)
            at = plan.place(activity, "may")
            self._shape("exclusiveGateway", f"{activity.id}_may", at, "前置都准予吗", (0, -34))
        elif plan.starts[item.code] and plan.starts_directly(item):
            self._shape("exclusiveGateway", f"{activity.id}_begin", plan.place(activity, "begin"))
        self.shapes[activity.id] = Shape(
            "callActivity",
            activity.id,
            f"{item.name}（告知承诺）" if activity.commitment else item.name,
            plan.place(activity, "activity"),
            attributes={
                "calledElement": f"item_{'commitment' if activity.commitment else item.process}"
            },
            extension=("item", _attributes(activity)),
        )
        if plan.followers(item) and not activity.commitment:
            if item.commitment is not None:
                self._shape("exclusiveGateway", f"{item.code}_done", plan.place(activity, "done"))
            at = plan.place(activity, "then")
            self._shape("inclusiveGateway", f"{item.code}_then", at, "准予后办理", (-34, -42))

    def _way_in(self, activity: Activity) -> None:
        """From the choice of needed items, from behind its predecessors, or from both."""
        item, plan = activity.item, self.plan
        name = "告知承诺" if activity.commitment else item.code
        if plan.is_joined(item):
            self._joined(activity, name)
            return
        before = plan.before(item)
        if before is None:
            self._arrow(f"to_{activity.id}", "needed", activity.id, activity.condition, name)
            return
        granted = f'{before.code} == "granted" and {activity.condition}'
        if not plan.starts_directly(item):
            self._arrow(f"to_{activity.id}", f"{before.code}_then", activity.id, granted, name)
            return
        begin = f"{activity.id}_begin"
        self._directly(activity)
        after = f"{activity.id}_after_{before.code}"
        self._arrow(after, f"{before.code}_then", begin, granted, f"{before.code}准予")
        self._arrow(f"to_{activity.id}", begin, activity.id)

    def _joined(self, activity: Activity, name: str) -> None:
        """All its predecessors that are needed come first; if one is refused, it never starts."""
        starts = self.plan.starts[activity.item.code]
        begin, may = f"{activity.id}_begin", f"{activity.id}_may"
        if self.plan.starts_directly(activity.item):
            self._directly(activity)
        for before in starts:
            granted = f'{before.code} == "granted" and {activity.condition}'
            after = f"{activity.id}_after_{before.code}"
            self._arrow(after, f"{before.code}_then", begin, granted, f"{before.code}准予")
        each = [f'("{one.code}" not in items or {one.code} == "granted")' for one in starts]
        self._arrow(f"{activity.id}_all", begin, may)
        self._arrow(f"to_{activity.id}", may, activity.id, " and ".join(each), name)
        self._arrow(f"{activity.id}_never", may, "decided", name="前置未准予")

    def _directly(self, activity: Activity) -> None:
        """At acceptance, when none of its predecessors is needed."""
        starts = self.plan.starts[activity.item.code]
        alone = [activity.condition, *(f'"{one.code}" not in items' for one in starts)]
        name = f"无需{'、'.join(one.code for one in starts)}"
        begin = f"{activity.id}_begin"
        self._arrow(f"{activity.id}_directly", "needed", begin, " and ".join(alone), name)

    def _way_out(self, activity: Activity) -> None:
        """To the join; or to the gateway behind which other items start, and from it past them."""
        item = activity.item
        if not self.plan.followers(item):
            self._arrow(f"{activity.id}_decided", activity.id, "decided")
            return
        then = f"{item.code}_then"
        behind = then if item.commitment is None else f"{item.code}_done"
        self._arrow(f"{activity.id}_decided", activity.id, behind)
        if not activity.commitment:
            if behind != then:
                self._arrow(f"{item.code}_done_then", behind, then)
            self._arrow(f"{item.code}_then_nothing", then, "decided")

    def _shape(
        self, kind: str, id: str, at: Point, name: str = "", label: Point | None = None
    ) -> None:
        """A shape; its label stands so far from its middle."""
        beside = (at[0] + label[0], at[1] + label[1]) if label else None
        self.shapes[id] = Shape(kind, id, name, at, beside)

    def _arrow(
        self, id: str, source: str, target: str, condition: str = "", name: str = ""
    ) -> None:
        start, end = self.shapes[source], self.shapes[target]
        corners = _corners(start, end)
        beside = _beside(end, corners) if name else None
        self.arrows.append(Arrow(id, start, end, corners, condition, name, beside))


def _beside(end: Shape, corners: tuple[Point, ...]) -> Point:
    """Where the name of an arrow stands: before its end, or at the corner above or below it."""
    x, y = end.at
    if corners and corners[-1][0] == x:
        return x + 36, corners[-1][1]
    return x - end.size[0] // 2 - 36, y - 10


def _corners(start: Shape, end: Shape) -> tuple[Point, ...]:
    """Out of a gateway up or down, along the row, into a gateway up or down."""
    (x, y), (to_x, to_y) = start.at, end.at
    if y == to_y:
        return ()
    if not start.kind.endswith("Gateway"):
        return ((to_x, y),)
    half = ROW // 2 if to_y > y else -ROW // 2
    if start.id.endswith("_may"):
        return ((x, y + half), (to_x, y + half))
    if end.id.endswith("_begin") and start.id.endswith("_then"):
        if end.kind == "exclusiveGateway":
            return ((x, to_y - half), (to_x, to_y - half))
        return ((x, y + half), (to_x - LANE, y + half), (to_x - LANE, to_y))
    return ((to_x, y),) if end.id == "decided" else ((x, to_y),)


def _attributes(activity: Activity) -> dict[str, str]:
    mode = {"mode": "commitment"} if activity.commitment else {}
    return {"code": activity.item.code, **mode}
