"""Inspections in tests: an enterprise, who wants to go there, and what comes of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from tests.hall import Hall
from workflows.actions.approve_inspection import ApproveInspection
from workflows.actions.file_inspection import FileInspection
from workflows.actions.record_inspection import RecordInspection
from workflows.identifiers import credit_check
from workflows.models import Inspection, InspectionKind

ENTERPRISE, OTHER = (
    code + credit_check(code) for code in ("91330700MA29ABCD1", "91330700MA29ABCE0")
)
FILED = FileInspection(
    token="one form", enterprise="金味餐饮有限公司", enterprise_number=ENTERPRISE,
    kind=InspectionKind.PLANNED, matter="食品经营环境和进货查验", basis="食品安全法第一百一十条",
    from_on=date(2026, 3, 9), to_on=date(2026, 3, 13),
)  # fmt: skip
RESULT = RecordInspection(date(2026, 3, 10), ["sj.handler", "sj.checker"], False, "未发现问题")
YES = ApproveInspection(approved=True)


def filing(**changes: Any) -> FileInspection:
    """Another filing: whatever is not said is as in the first."""
    return replace(FILED, **{"token": repr(changes), **changes})


def filed(hall: Hall, who: str = "sj.handler", **changes: Any) -> Inspection:
    """An inspection that waits to be approved."""
    inspection: Inspection = hall.act(who, "", filing(**changes))
    return inspection


def approved(hall: Hall, who: str = "sj", **changes: Any) -> Inspection:
    """An inspection that may be carried out."""
    inspection = filed(hall, f"{who}.handler", **changes)
    hall.act(f"{who}.approver", inspection.key, YES)
    return stored(hall, inspection.number)


def stored(hall: Hall, number: str) -> Inspection:
    """As it is now."""
    with hall.read() as session:
        return session.scalars(select(Inspection).where(Inspection.number == number)).one()


def visits(hall: Hall, today: date) -> None:
    """One to be recorded, one to be approved, one that was recorded, one for a complaint."""
    approved(hall, from_on=today, to_on=today)
    filed(hall, enterprise="另一家企业管理（集团）有限责任公司", enterprise_number=OTHER)
    done = approved(hall, "xf", joint=["SJ"], from_on=today, to_on=today)
    there = RecordInspection(today, ["xf.handler", "sj.handler"], True, "灭火器过期，当场更换")
    hall.act("xf.handler", done.key, there)
    filed(hall, "wj.handler", kind=InspectionKind.COMPLAINT)
