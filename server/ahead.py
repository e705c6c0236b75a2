"""提交后会怎样: said before a conclusion is given, not after."""

from flask_babel import gettext as _
from markupsafe import Markup

from server.context import reader
from server.labels import CONCLUSIONS, DUTIES, word
from server.names import department_name, item_name, step_name, zh
from server.signing import ahead_of
from workflows.engine import OpenTask
from workflows.models import Case, CaseItem, Department, Task
from workflows.queries.preview import Next, preview

#: So many undecided items are named; of the others there is the number.
NAMED = 4


def ahead(case: Case, task: Task) -> list[tuple[str, Markup]]:
    """What every conclusion of an open task leads to: the conclusion, and a sentence."""
    if task.closed_at is not None:
        return []
    found = preview(reader(), case, task)
    lines = [(word(CONCLUSIONS, one.conclusion), _sentence(case, task, one)) for one in found.nexts]
    if task.kind == "check":
        return lines
    return [*lines, (_("本办件"), _left(case, found.decided, found.total, found.left))]


def _sentence(case: Case, task: Task, one: Next) -> Markup:
    if one.together is None:
        return _follows(case, task, one)
    said = Markup.escape(ahead_of(one.together))
    over = one.together.count.result is not None
    return Markup(" ").join([said, _follows(case, task, one)]) if over else said


def _follows(case: Case, task: Task, one: Next) -> Markup:
    if one.finished and task.kind != "check":
        return Markup(_("全部事项办结，由窗口送达。"))
    if one.opens:
        steps = Markup(_("、")).join(_step(case, task, opened) for opened in one.opens)
        return Markup(_("下一步：%(steps)s。")) % {"steps": steps}
    if one.settles or task.kind == "check":
        return Markup(_("本事项办结。"))
    return Markup(_("等待同时办理的其他岗位。"))


def _step(case: Case, task: Task, opened: OpenTask) -> Markup:
    mine = next(item for item in case.items if item.id == task.item_id)
    item = case.item(opened.item) if opened.item else None
    who = Markup("{} · {}").format(step_name(opened.name), word(DUTIES, opened.approval.duty))
    if item is None or item is mine:
        return who
    department = reader().get(Department, item.department_code)
    where = department_name(department) if department else item.department_code
    return Markup("{} {}（{}）").format(item.code, who, where)


def _left(case: Case, decided: int, total: int, left: tuple[CaseItem, ...]) -> Markup:
    if not left:
        return Markup(_("其他 %(total)s 个事项都已有结论。", total=total - 1))
    names = Markup(_("、")).join(zh(item_name(case, item)) for item in left[:NAMED])
    facts = {"decided": decided, "total": total, "names": names, "count": len(left)}
    if len(left) > NAMED:
        return (
            Markup(_("%(decided)s/%(total)s 个事项已有结论，还差%(names)s等 %(count)s 项。"))
            % facts
        )
    return Markup(_("%(decided)s/%(total)s 个事项已有结论，还差%(names)s。")) % facts
