"""文书: the documents that a case needs in its state, each set as a PDF when it is asked for.

They are not issued yet: no number is given out for them, and every one but the receipt says so
across the page.  Templates are those of the version the case runs on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.auth import limiter
from server.context import reader
from server.document_data import RECEIPT, Subject, data_of
from server.document_sources import built_in, copy_of, own, place
from server.files import VIEWER
from server.names import english, item_name
from server.placed import faults_of
from server.published_forms import form_of
from server.rights import hidden_from_reader
from workflows.catalogue.published import published
from workflows.documents.setting import Copy, DocumentInvalid, print_pdf
from workflows.documents.template import DocumentUnfit, Template, When, templates
from workflows.models import Case, CaseItem
from workflows.permissions import HALL
from workflows.queries.search import find_case
from workflows.states import GRANTED_ITEMS, CaseState, ItemState

documents = Blueprint("documents", __name__)

#: Asked for without an account, so many a minute from one address.
OFTEN = "20/minute"


@dataclass(frozen=True)
class Offer:
    """A document that a case can have: what it is called, of which item, where it opens."""

    title: str
    item: str
    href: str


def offered(case: Case) -> list[Offer]:
    """The documents that fit the state of a case."""
    return [
        Offer(
            template.title_en if english() else template.title,
            f"{item.code} {item_name(case, item)}" if item else "",
            url_for(
                "documents.show", number=case.number, document=template.name,
                item=item.code if item else None,
            ),
        )
        for template in of_case(case).values()
        for item in fitting(template, case)
    ]  # fmt: skip


def of_case(case: Case) -> dict[str, Template]:
    """The templates that hold for a case, by name."""
    return templates(_own(case), built_in())


def _own(case: Case) -> dict[str, str]:
    return own(published(case.version).others)


def fitting(template: Template, case: Case) -> list[CaseItem | None]:
    """The items that a document can be made for now; one None for a document of the whole case."""
    if template.when is When.GRANTED:
        return [item for item in case.items if item.state in GRANTED_ITEMS]
    if template.when is When.REFUSED:
        return [item for item in case.items if item.state is ItemState.REJECTED]
    happened = {
        When.RECEIVED: True,
        When.WAITING: case.state in (CaseState.SUBMITTED, CaseState.SUPPLEMENTING),
        When.SUPPLEMENTING: case.supplement is not None,
        When.ACCEPTED: case.accepted_at is not None,
        When.DECLINED: bool(case.decline and case.decline.get("number")),
    }
    return [None] if template.when and happened[template.when] else []


@documents.get("/cases/<number>/documents/<document>.pdf")
def show(number: str, document: str) -> ResponseReturnValue:
    """One document of a case, for those who see the case; of an item where it is of one."""
    case = find_case(reader(), number)
    template = of_case(case).get(document) if case else None
    if case is None or template is None:
        abort(404)
    copy = copy_for(case, template, _own(case), request.args.get("item"))
    if copy is None:
        raise DocumentUnfit
    return pdf_of(copy, f"{number}-{document}")


@documents.get("/track/receipt.pdf")
@limiter.limit(OFTEN)
def receipt() -> ResponseReturnValue:
    """The receipt, for the applicant who showed number and code: the same right, the same case."""
    case = find_case(reader(), session.get("tracked", ""))
    template = of_case(case).get(RECEIPT) if case else None
    if case is None or template is None:
        abort(404)
    catalogue = published(case.version).catalogue
    subject = Subject(case, catalogue, form_of(case.version), secret=True, names=False)
    copy = copy_of(template, _own(case), data_of(subject, template, place()))
    return pdf_of(copy, f"{case.number}-{RECEIPT}")


def copy_for(
    case: Case, template: Template, texts: Mapping[str, str], code: str | None = None
) -> Copy | None:
    """A template of these with the data of a case, as far as the reader sees it.

    Without an item the first one for which it can be made; None when there is none.
    """
    items = [one for one in fitting(template, case) if code is None or (one and one.code == code)]
    if not items:
        return None
    secret = bool(current_user.roles & HALL)
    ready = published(case.version)
    subject = Subject(
        case, ready.catalogue, form_of(case.version), items[0], hidden_from_reader(case), secret
    )
    return copy_of(template, texts, data_of(subject, template, place()))


def pdf_of(copy: Copy, name: str) -> ResponseReturnValue:
    """A document as the browser shows it; or why it cannot be set, in words."""
    try:
        pdf = print_pdf(copy)
    except DocumentInvalid as invalid:
        said = [f"{fault.file}:{fault.line} {fault.sentence}" for fault in faults_of(invalid)]
        return render_template("error.html", status=422, sentence="\n".join(said[:3])), 422
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = VIEWER
    return response
