"""The columns that lists are made of: a title, and what stands there, as a value with a type.

A page shows some of them with a lamp or a link (see templates/_cells.html); a sheet has the values.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from server import labels
from server.context import reader
from server.labels import word
from server.names import case_title, department_name, item_name, step_name
from workflows.errors import N_
from workflows.models import Copy, Department
from workflows.queries.around import CopyRow
from workflows.queries.queues import CaseRow
from workflows.queries.worklist import TaskRow

Row = TaskRow | CaseRow
Value = str | int | datetime | None


@dataclass(frozen=True)
class Column:
    """One column: what it is called, and its value in a row."""

    key: str
    title: str
    value: Callable[[Row], Value]


def _task(row: Row) -> TaskRow:
    assert isinstance(row, TaskRow), "a list of tasks"
    return row


def _copy(row: Row) -> Copy:
    assert isinstance(row, CopyRow), "a list of copies"
    return row.copy


def _left(row: Row) -> int | None:
    return row.standing.left if row.standing and not row.standing.done else None


def _due(row: Row) -> datetime | None:
    return row.standing.due_at if row.standing and not row.standing.done else None


def _light(row: Row) -> str:
    running = row.standing and not row.standing.done
    return word(labels.LIGHTS, row.standing.light) if running and row.standing else ""


def _department(row: Row) -> str:
    return department_name(reader().get_one(Department, _task(row).task.department_code))


#: What is known of every case.
SHARED = (
    Column("left", N_("剩余"), _left),
    Column("number", N_("办件号"), lambda row: row.case.number),
    Column("title", N_("主题"), lambda row: case_title(row.case)),
    Column("applicant", N_("申请人"), lambda row: row.case.applicant),
    Column("received", N_("收件时间"), lambda row: row.case.received_at),
    Column("due", N_("截止"), _due),
    Column("light", N_("灯色"), _light),
)
TASK_COLUMNS = {
    column.key: column
    for column in (
        *SHARED,
        Column("item", N_("事项"), lambda row: item_name(row.case, _task(row).item)),
        Column("step", N_("环节"), lambda row: step_name(_task(row).task.name).striptags()),
        Column("state", N_("状态"), lambda row: word(labels.ITEM_STATES, _task(row).item.state)),
        Column("department", N_("部门"), _department),
        Column("opened", N_("到达时间"), lambda row: _task(row).task.opened_at),
        Column("done", N_("办结时间"), lambda row: _task(row).task.closed_at),
        Column(
            "conclusion", N_("结论"),
            lambda row: word(labels.CONCLUSIONS, _task(row).task.conclusion or ""),
        ),
        Column("opinion", N_("意见"), lambda row: _task(row).task.opinion),
        Column("document", N_("证件文号"), lambda row: _task(row).item.document_number),
    )
}  # fmt: skip
CASE_COLUMNS = {
    column.key: column
    for column in (
        *SHARED,
        Column("state", N_("状态"), lambda row: word(labels.CASE_STATES, row.case.state)),
        Column("accepted", N_("受理时间"), lambda row: row.case.accepted_at),
        Column("closed", N_("办结时间"), lambda row: row.case.closed_at),
        Column("clerk", N_("收件人"), lambda row: row.case.received_by),
    )
}
#: Of a case that was copied to the reader.
COPY_COLUMNS = CASE_COLUMNS | {
    column.key: column
    for column in (
        Column("copied_by", N_("抄送人"), lambda row: _copy(row).by),
        Column("copied", N_("抄送时间"), lambda row: _copy(row).at),
        Column("note", N_("附言"), lambda row: _copy(row).note),
        Column("read", N_("已阅"), lambda row: _copy(row).read_at),
    )
}


def chosen(
    args: MultiDict[str, str], offered: dict[str, Column], usual: Sequence[str]
) -> list[Column]:
    """The columns that an address asks for, in its order; what is not offered is passed over.

    Either ``columns=number,left``, or a place for each as the form of columns sends it.
    """
    keys = args.get("columns", "").split(",")
    places = {key: args.get(f"at.{key}", "") for key in offered}
    if any(places.values()):
        shown = [key for key in offered if places[key].isdecimal() and len(places[key]) < 3]
        keys = sorted(shown, key=lambda key: int(places[key]))
    found = [offered[key] for key in dict.fromkeys(keys) if key in offered]
    if "number" not in [column.key for column in found]:
        found = [offered["number"], *found] if found else []
    return found or [offered[key] for key in usual]
