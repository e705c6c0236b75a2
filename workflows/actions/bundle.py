"""What belongs together in a version: diagrams and catalogue, checked as a whole."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.catalogue import Catalogue, load
from workflows.catalogue.contents import Answers
from workflows.drawing.feasibility import everything
from workflows.engine import Fault, ProcessInvalid, sandbox
from workflows.errors import N_, WorkflowError
from workflows.models import Post

DUTIES = ("handler", "checker", "approver", "chief")
CHECK = "commitment_check"
#: What completing a step sets, for the gateways behind it.
STEP_VARIABLES = ("conclusion", "decision", "confirmed")


class PostsMissing(WorkflowError):
    """Work would have nobody to go to."""

    sentence = N_("部门岗位还没有配齐，不能发布：%(posts)s。")


def check_bundle(
    process: str,
    sources: Mapping[str, str],
    catalogue: str,
    tables: Mapping[str, str] | None = None,
) -> Catalogue:
    """The catalogue, when everything holds together; else ProcessInvalid or CatalogueInvalid.

    The diagrams are examined in a process of their own, which takes a moment: call this first
    where no lock is held; the result for the same content is then at hand.
    """
    found = load(catalogue, f"{process}/catalogue.yaml")
    codes = [item.code for item in found.items]
    names = {"items", *codes, *(f"{code}_commitment" for code in codes), *STEP_VARIABLES}
    answers = {question.key for question in found.questionnaire}
    trials = {process: _trials(found), CHECK: []}
    examined = sandbox.examine(sources, names, trials, tables, answers)
    faults = examined.faults or _against(process, sources, found) or examined.failures
    if faults:
        raise ProcessInvalid(tuple(faults))
    return found


def _against(process: str, sources: Mapping[str, str], catalogue: Catalogue) -> list[Fault]:
    """Diagram and catalogue name the same items, and all work belongs to one of them."""
    texts = tuple(sources.values())
    try:
        drawn = engine.outline(process, texts)
        engine.outline(CHECK, texts)
    except KeyError as missing:
        key = str(missing.args[0])
        return [Fault("-", 1, key, N_("没有标识为 %(key)s 的流程。"), {"key": key})]
    known = {item.code for item in catalogue.items}
    wrong = [
        (drawn.items - known, N_("事项不在目录里。")),
        (known - drawn.items, N_("目录里的事项没有画进流程图。")),
        (drawn.loose, N_("这一步不属于任何事项：审批环节要画在事项子流程里，调用要写明事项。")),
    ]
    return [
        Fault(process, 1, element, sentence)
        for elements, sentence in wrong
        for element in sorted(elements)
    ]


def _trials(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Start it once with as little, and once with as much, as an applicant can ask for."""
    results = dict.fromkeys(item.code for item in catalogue.items)
    tries: tuple[Answers, ...] = ({}, everything(catalogue))
    return [
        {**results, **catalogue.answers(answers), **catalogue.variables(answers)}
        for answers in tries
    ]


def check_posts(session: Session, catalogue: Catalogue) -> None:
    """Every department has someone for every duty."""
    lacking = unstaffed(session)
    missing = [
        f"{department.name}·{duty}"
        for department in catalogue.departments
        if any(item.department == department.code for item in catalogue.items)
        for duty in lacking.get(department.code, DUTIES)
    ]
    if missing:
        raise PostsMissing(posts="、".join(missing[:10]))


def unstaffed(session: Session) -> dict[str, tuple[str, ...]]:
    """The duties that nobody has, of each department in which anybody has one."""
    filled: dict[str, set[str]] = {}
    for department, duty in session.execute(select(Post.department_code, Post.duty)):
        filled.setdefault(department, set()).add(duty)
    return {
        code: tuple(duty for duty in DUTIES if duty not in there) for code, there in filled.items()
    }
