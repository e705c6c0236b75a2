"""R15: a department did not come to a joint visit or meeting (联合踏勘、联合会审) it was asked to.

With a reason or without: an absence is written down, and the department explains it on the card.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select

from workflows.errors import N_
from workflows.models import Attendance, Case, CaseItem, Meeting
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every seat that stayed empty, but for meetings that did not take place."""
    seat = Attendance
    query = (
        select(seat.id, seat.closed_at, seat.department_code, seat.finding, seat.by,
               CaseItem.code, Case.number, Meeting.number)
        .join_from(seat, Meeting, Meeting.id == seat.meeting_id)
        .join(Case, Case.id == Meeting.case_id)
        .outerjoin(CaseItem, CaseItem.id == seat.item_id)
        .where(seat.attends.is_(False), *look.within(seat.closed_at))
        .where(or_(Meeting.concluded_at.is_(None), Meeting.minutes != ""))
    )  # fmt: skip
    rows: Sequence[Any] = look.session.execute(query).all()
    history = look.whole({row[6] for row in rows}, "record_attendance", "expire_attendance")
    for key, at, department, finding, by, item, case, number in rows:
        proofs = [
            row.proof for row in history[case]
            if row.details.get("number") == number and row.at == at
        ]  # fmt: skip
        yield look.found(
            f"{case}/{item or department}/{key}", at, case=case, item=item, department=department,
            person=by, evidence=tuple(proofs), facts={"number": number, "reason": finding},
        )  # fmt: skip


RULE = Rule("R15", Family.COURSE, Level.YELLOW, N_("缺席联合踏勘、联合会审"), "须当地核定", find)
