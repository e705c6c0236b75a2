"""The materials of a case: what is owed, and what may not be asked for."""

from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseMaterial


class MaterialUnknown(WorkflowError):
    """A material that this application does not need (行政许可法 §31: nothing irrelevant)."""

    sentence = N_("材料 %(code)s 不在本次申请的材料清单里。")


def missing(case: Case) -> list[CaseMaterial]:
    """The required materials that the applicant still owes."""
    return [
        row for row in case.materials if row.required and not row.fetched and not row.received_at
    ]
