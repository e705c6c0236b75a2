"""A joint approval of as many departments as wanted: what must not grow with them is tried on it.

Each department has one item of two steps; none waits for another.
"""

import json

from server.bundles import read_bundle
from server.settings import ROOT
from tests.hall import Hall
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.import_organisation import (
    DepartmentEntry,
    ImportOrganisation,
    PersonEntry,
    PostEntry,
)
from workflows.actions.publish_process import PublishProcess
from workflows.actions.sign_for import SignFor
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import draw, load
from workflows.models import Case, Person, Task
from workflows.permissions import Role

DUTIES = ("handler", "checker", "approver", "chief")


def wide(hall: Hall, departments: int) -> str:
    """Publish the process in a hall and fill the posts; returns the name of the process."""
    name = f"wide{departments}"
    hall.act("admin", "organisation", _organisation(hall, departments))
    catalogue = _catalogue(name, departments)
    shared = read_bundle(ROOT / "bpmn", "restaurant")
    items = {file: text for file, text in shared.sources.items() if file != "restaurant.bpmn"}
    sources = {f"{name}.bpmn": draw(load(catalogue, name), name), **items}
    upload = UploadProcess(name, sources, catalogue, shared.forms)
    version = hall.act("designer1", name, upload)
    hall.act("designer2", version.key, PublishProcess())
    return name


def _organisation(hall: Hall, departments: int) -> ImportOrganisation:
    codes = [f"W{n:03d}" for n in range(departments)]
    with hall.read() as session:
        secret = session.query(Person.password_hash).limit(1).scalar()
    return ImportOrganisation(
        tuple(DepartmentEntry(code, f"第{code}局", f"Office {code}", True) for code in codes),
        tuple(
            PersonEntry(
                f"{code.lower()}.{duty}", f"{code}{duty}", secret, (Role.APPROVER,), code, code,
                hall.clock.now().date().replace(year=2036),
            )
            for code in codes
            for duty in DUTIES
        ),
        tuple(
            PostEntry(code, duty, f"{code.lower()}.{duty}", f"{code.lower()}.{DUTIES[place - 1]}")
            for code in codes
            for place, duty in enumerate(DUTIES)
        ),
    )  # fmt: skip


def _catalogue(name: str, departments: int) -> str:
    shipped = (ROOT / "bpmn" / "restaurant" / "catalogue.yaml").read_text("utf-8")
    rules = shipped[shipped.index("rules:") : shipped.index("questionnaire:")]
    codes = [f"W{n:03d}" for n in range(departments)]
    theme = {
        "code": name.upper(), "name": f"{departments}部门联办", "name_en": "Joint approval",
        "lead": codes[0], "region": "cn", "promised": "20wd", "cap": "45wd",
        "cap_extension": "15wd", "source": "D",
    }  # fmt: skip
    bodies = [
        {"code": code, "name": f"第{code}局", "name_en": f"Office {code}",
         "enforcement_subject": True}
        for code in codes
    ]  # fmt: skip
    items = [
        {"code": f"I{code}", "name": f"第{code}项", "name_en": f"Item {code}", "department": code,
         "kind": "承诺件", "process": "two_step", "statutory": "20wd", "promised": "10wd",
         "materials": ["M01"], "result": "许可证", "source": "D"}
        for code in codes
    ]  # fmt: skip
    material = {"code": "M01", "name": "申请表", "source": "申请人", "need": "required",
                "criterion": "必填项齐全"}  # fmt: skip
    parts = {"theme": theme, "departments": bodies, "items": items, "materials": [material]}
    lines = [f"{key}: {json.dumps(part, ensure_ascii=False)}" for key, part in parts.items()]
    return "\n".join([*lines, rules])


def submissions(hall: Hall, number: str) -> list[tuple[str, Task]]:
    """Sign for every item of a case: who may give an opinion now, and on which task."""
    case: Case = hall.case(number)
    tasks = [task for task in case.tasks if task.closed_at is None]
    for task in tasks:
        hall.act(hall.holder(task), number, SignFor(task.id))
    return [(hall.holder(task), task) for task in tasks]


def opinion(task: Task) -> GiveOpinion:
    """The opinion that all of them give."""
    return GiveOpinion(task.id, "agree", "经审查，符合法定条件。", {"opinion": "经审查"})
