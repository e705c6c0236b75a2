"""The demonstration hall: every department of both joint approvals, with people in every post.

For laptops and tests only; a real hall imports its own organisation.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select

from server.bundles import read_bundle
from server.passwords import hash_password
from workflows.actions import Actor, Context, perform
from workflows.actions.import_organisation import (
    DepartmentEntry,
    ImportOrganisation,
    PersonEntry,
    PostEntry,
)
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import Catalogue, load
from workflows.models import Person
from workflows.permissions import Role

PASSWORD = "lianban"
PROCESSES = ("restaurant", "construction")
QUALIFIED_UNTIL = date(2029, 12, 31)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = ("建国", "敏", "伟", "芳", "志强", "丽华", "晓东", "静", "海涛", "雪梅", "文斌", "玉兰")

#: The people of the hall itself: user name, name, role.
HALL = (
    ("window1", "李芳", Role.WINDOW),
    ("window2", "周小明", Role.WINDOW),
    ("lead", "陈国华", Role.WINDOW_LEAD),
    ("mayor", "赵副市长", Role.GOVERNMENT),
    ("supervisor", "孙督查", Role.SUPERVISOR),
    ("auditor", "钱审计", Role.AUDITOR),
    ("designer1", "吴设计", Role.DESIGNER),
    ("designer2", "郑复核", Role.DESIGNER),
    ("admin", "管理员", Role.ADMIN),
)
#: duty → (user name ending of the holder, of the deputy)
POSTS = {
    "handler": ("handler", "handler2"),
    "checker": ("checker", "approver"),
    "approver": ("approver", "chief"),
    "chief": ("chief", "approver"),
}
STAFF = ("handler", "handler2", "checker", "approver", "chief")
#: The one post with members (岗位成员): department → duty, user name endings of the members.
MEMBERS = {"SJ": ("handler", ("member1", "member2"))}

ContextFor = Callable[[Actor], Context]


def set_up_demo(context: ContextFor, bpmn_folder: Path) -> None:
    """Fill an empty database; does nothing when there are people already."""
    ctx = context(Actor("system", frozenset({Role.ADMIN})))
    with ctx.session.begin():
        if ctx.session.scalar(select(Person.id).limit(1)) is not None:
            return
    bundles = {process: read_bundle(bpmn_folder, process) for process in PROCESSES}
    catalogues = [load(bundle.catalogue, name) for name, bundle in bundles.items()]
    perform("organisation", _organisation(catalogues), ctx)
    for process, bundle in bundles.items():
        uploader, publisher = (
            Actor(name, frozenset({Role.DESIGNER})) for name in ("吴设计", "郑复核")
        )
        upload = UploadProcess(
            process, bundle.sources, bundle.catalogue, bundle.forms, "随系统提供", bundle.others
        )
        version = perform(process, upload, context(uploader))
        perform(version.key, PublishProcess(), context(publisher))


def _organisation(catalogues: list[Catalogue]) -> ImportOrganisation:
    departments = {d.code: d for catalogue in catalogues for d in catalogue.departments}
    secret = hash_password(PASSWORD)
    people = [PersonEntry(username, name, secret, (role,)) for username, name, role in HALL]
    posts = []
    for number, code in enumerate(departments):
        people += _staff(number, code, secret)
        posts += _posts(code)
    entries = tuple(
        DepartmentEntry(d.code, d.name, d.name_en, d.enforcement_subject)
        for d in departments.values()
    )
    return ImportOrganisation(entries, tuple(people), tuple(posts))


def _posts(code: str) -> list[PostEntry]:
    own = code.lower()
    with_members, members = MEMBERS.get(code, ("", ()))
    return [
        PostEntry(
            code, duty, f"{own}.{holder}", f"{own}.{deputy}",
            tuple(f"{own}.{member}" for member in members) if duty == with_members else None,
        )
        for duty, (holder, deputy) in POSTS.items()
    ]  # fmt: skip


def _staff(number: int, code: str, secret: str) -> list[PersonEntry]:
    return [
        PersonEntry(
            username=f"{code.lower()}.{duty}",
            name=SURNAMES[(number * 5 + place) % len(SURNAMES)]
            + GIVEN[(number * 7 + place * 3) % len(GIVEN)],
            password_hash=secret,
            roles=(Role.APPROVER,),
            department=code,
            qualification_number=f"ZF{number:02d}{place:04d}",
            qualified_until=QUALIFIED_UNTIL,
        )
        for place, duty in enumerate((*STAFF, *MEMBERS.get(code, ("", ()))[1]))
    ]
