"""What an applicant sees of a case, without an account: steps, departments, dates."""

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import Case


class TrackingRefused(WorkflowError):
    """Number and code do not belong together; which of them is wrong is not told."""

    sentence = N_("办件号或查询码不正确，请核对收件凭证。")


def track(session: Session, number: str, code: str) -> Case:
    """The case of a receipt."""
    case = session.scalar(select(Case).where(Case.number == number.strip()))
    given = code.strip().upper().encode()
    if case is None or not hmac.compare_digest(case.query_code.encode(), given):
        raise TrackingRefused
    return case
