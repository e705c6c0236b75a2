"""What belongs together in a version: diagrams and catalogue, checked as a whole."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.catalogue import Catalogue, load
from workflows.engine import Fault, ProcessInvalid
from workflows.errors import N_, WorkflowError
from workflows.models import Post

DUTIES = ("handler", "checker", "approver", "chief")
CHECK = "commitment_check"


class PostsMissing(WorkflowError):
    """Work would have nobody to go to."""

    sentence = N_("部门岗位还没有配齐，不能发布：%(posts)s。")


def check_bundle(process: str, sources: Mapping[str, str], catalogue: str) -> Catalogue:
    """The catalogue, when everything holds together; else ProcessInvalid or CatalogueInvalid."""
    found = load(catalogue, f"{process}/catalogue.yaml")
    faults = list(engine.check(sources))
    if not faults:
        faults = list(_against(process, sources, found))
    if faults:
        raise ProcessInvalid(tuple(faults))
    return found


def _against(process: str, sources: Mapping[str, str], catalogue: Catalogue) -> list[Fault]:
    """Diagram and catalogue name the same items, and the diagram of the process is there."""
    try:
        items = engine.items(process, tuple(sources.values()))
    except KeyError:
        return [Fault("-", 1, process, N_("没有标识为 %(key)s 的流程。"), {"key": process})]
    known = {item.code for item in catalogue.items}
    faults = [Fault(process, 1, code, N_("事项不在目录里。")) for code in sorted(items - known)]
    faults += [
        Fault(process, 1, code, N_("目录里的事项没有画进流程图。"))
        for code in sorted(known - items)
    ]
    return faults


def check_posts(session: Session, catalogue: Catalogue) -> None:
    """Every department has someone for every duty."""
    filled = {(row[0], row[1]) for row in session.execute(select(Post.department_code, Post.duty))}
    missing = [
        f"{department.name}·{duty}"
        for department in catalogue.departments
        if any(item.department == department.code for item in catalogue.items)
        for duty in DUTIES
        if (department.code, duty) not in filled
    ]
    if missing:
        raise PostsMissing(posts="、".join(missing[:10]))
