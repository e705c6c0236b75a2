"""扫码与读卡: a reader of cards or codes types what it read, and Enter after it.

One field takes all of it, and whoever has no reader types into it:

    330700202603020000017               a case number: the case is opened
    7K2MQH                              a query code (收件凭证): its case is opened
    330702199001011234|张三|住址|电话     an identity: number and name, address and phone if known;
                                        written into the form of intake
"""

import re
from typing import NamedTuple

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.context import reader, today
from server.intake_drafts import keep_draft, left_over, my_draft, written
from server.published_forms import form_of
from workflows import queue as numbers
from workflows.models import Case
from workflows.queries.processes import published_versions
from workflows.queries.search import find_by_code, find_case

scanning = Blueprint("scanning", __name__)

CASE_NUMBER = re.compile(r"[0-9]{21}")
QUERY_CODE = re.compile(r"[2-9A-HJ-NP-Z]{6}")
IDENTITY_NUMBER = re.compile(r"[0-9A-HJ-NPQRTUWXY]{17}[0-9A-Z]")
LONGEST = 400


class Identity(NamedTuple):
    """What an identity line says."""

    number: str
    name: str
    address: str = ""
    phone: str = ""


def read_identity(text: str) -> Identity | None:
    """An identity line, or None when it is something else."""
    number, *rest = (part.strip() for part in text.replace("｜", "|").split("|"))
    if not rest or not rest[0] or not IDENTITY_NUMBER.fullmatch(number.upper()):
        return None
    return Identity(number.upper(), *rest[:3])


@scanning.post("/scan")
def scan() -> ResponseReturnValue:
    """Open the case, or fill the form; what was written on the page stays written."""
    text = request.form.get("scan", "").strip()[:LONGEST]
    data = written(request.form)
    if "process" in data:
        keep_draft(data["process"][0], data)
    identity = read_identity(text)
    if identity is not None:
        return _fill(identity, data if "process" in data else None)
    case = _case(text.upper())
    if case is not None:
        return redirect(url_for("cases.detail", number=case.number), 303)
    if text:
        flash(_("没有找到“%(text)s”：请扫办件号、查询码或身份证。", text=text[:40]), "error")
    if "process" in data:
        return redirect(url_for("window.intake", process=data["process"][0]), 303)
    return redirect(url_for("desk.home"), 303)


def _case(text: str) -> Case | None:
    if CASE_NUMBER.fullmatch(text):
        return find_case(reader(), text)
    return find_by_code(reader(), text) if QUERY_CODE.fullmatch(text) else None


def _fill(identity: Identity, posted: dict[str, list[str]] | None) -> ResponseReturnValue:
    """Write an identity into the form of intake: the one it came with, or the one that was kept.

    Another applicant's form is not written over.
    """
    draft = my_draft()
    ticket = numbers.current(reader(), current_user.person.id, today())
    data: dict[str, list[str]] = posted or (dict(draft.data) if draft else {})
    begun = draft.process if draft else ticket.process if ticket else ""
    process = posted["process"][0] if posted else begun
    before = data.get("applicant_number", [""])[0].strip()
    if before not in ("", identity.number) or (not posted and left_over(draft, ticket)):
        flash(_("还有一份没有收完的申请；先收件，或清空以后再读卡。"), "error")
        return redirect(url_for("window.intake"), 303)
    filled = {
        "applicant_number": identity.number, "applicant_name": identity.name,
        "contact_name": identity.name, "contact_address": identity.address,
        "contact_phone": identity.phone, "ticket": str(ticket.id) if ticket else "",
    }  # fmt: skip
    data |= {key: [value] for key, value in filled.items() if value and not any(data.get(key, []))}
    keep_draft(process, data)
    anchor = _first_empty(process, data)
    return redirect(url_for("window.intake", process=process, _anchor=anchor), 303)


def _first_empty(process: str, data: dict[str, list[str]]) -> str:
    """Where the writing goes on: the first field that has to be filled in and is not."""
    versions = {row.process: row for row in published_versions(reader())}
    if process not in versions:
        return "main"
    form = form_of(versions[process])
    empty = (f for f in form.fields if f.required and not any(data.get(f.key, [])))
    field = next(empty, None)
    return f"f-{field.key}" if field else "main"
