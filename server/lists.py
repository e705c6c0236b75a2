"""The lists of the desk: each is one entry of `LISTS`, and everything else follows from it.

Filter, columns, export, saved views, counts and the news of what has come are the same for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server.columns import CASE_COLUMNS, COPY_COLUMNS, TASK_COLUMNS, Column, Row, chosen
from server.context import calendars, now, reader
from server.doors import PAGES
from server.filtering import Asked, ask
from server.labels import CASE_STATES
from workflows.errors import N_
from workflows.permissions import HALL, READERS, Role
from workflows.queries import around, queues, worklist
from workflows.queries.filters import PAGE, Part
from workflows.queries.queues import CaseRow
from workflows.queries.search import search
from workflows.states import CaseState

TASK_FILTERS = ("words", "item", "department", "light", "item_state", "applicant", "process",
                "received", "due", "answers")  # fmt: skip
DONE_FILTERS = ("words", "item", "department", "item_state", "applicant", "process", "received",
                "done", "answers")  # fmt: skip
QUEUE_FILTERS = ("words", "item", "department", "light", "applicant", "process", "received", "due",
                 "answers")  # fmt: skip
CASE_FILTERS = ("words", "case_state", "item", "department", "applicant", "process", "received",
                "done", "answers")  # fmt: skip
CASE_SHOWS = ("left", "number", "title", "applicant", "received", "due", "state")
#: Said of lists that only grow.
LATEST = N_("在最近的 1000 件中筛选。")


@dataclass(frozen=True)
class Listed:
    """A page of a list: its rows, how many there are, and whether there may be more."""

    rows: Sequence[Row]
    total: int
    more: bool = False


@dataclass(frozen=True)
class List:
    """A list of tasks or of cases: who has it, how it is read, what it shows and offers."""

    key: str
    title: str
    roles: frozenset[Role]
    rows: Callable[[Part], Listed]
    offers: Sequence[str]
    shows: Sequence[str]
    columns: dict[str, Column] = field(default_factory=lambda: TASK_COLUMNS)
    endpoint: str = "desk.home"
    empty: str = N_("没有符合条件的记录。")
    #: Said above a list of which only the latest part is looked through.
    bounds: str = ""
    state: CaseState | None = None

    @property
    def is_work(self) -> bool:
        """Whether there is something to do in it, or to look up what was done."""
        return self.columns is TASK_COLUMNS or self.state is not None


def _open(part: Part) -> Listed:
    return Listed(*worklist.open_tasks(reader(), current_user.tasks, now(), calendars, part))


def _pool(part: Part) -> Listed:
    return Listed(*worklist.pool_tasks(reader(), current_user.tasks, now(), calendars, part))


def _done(part: Part) -> Listed:
    rows, total = worklist.done_tasks(reader(), current_user.person.id, now(), calendars, part)
    return Listed(rows, total, more=total >= worklist.MOST)


def _search(part: Part) -> Listed:
    rows, found = search(reader(), now(), calendars, part)
    return Listed(rows, len(found.ids), found.more)


def _around(find: Callable[..., tuple[Sequence[CaseRow], int]]) -> Callable[[Part], Listed]:
    """A list of the cases that the reader has received, follows or was given a copy of."""

    def rows(part: Part) -> Listed:
        found, total = find(reader(), current_user.person.id, now(), calendars, part)
        return Listed(found, total, more=total >= around.MOST)

    return rows


def _queue(state: CaseState, roles: frozenset[Role]) -> List:
    """The list of the cases in a state."""

    def rows(part: Part) -> Listed:
        return Listed(*queues.window_cases(reader(), [state], now(), calendars, part))

    return List(
        state.value, CASE_STATES[state], roles, rows, QUEUE_FILTERS, CASE_SHOWS, CASE_COLUMNS,
        state=state,
    )  # fmt: skip


#: What a window sees, and a lead before them.
QUEUES = (
    CaseState.DECLINING, CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.DECIDED,
    CaseState.DELIVERED, CaseState.IN_REVIEW, CaseState.SUSPENDED,
)  # fmt: skip
LEADS = frozenset({Role.WINDOW_LEAD})
APPROVERS = frozenset({Role.APPROVER})

LISTS = {
    one.key: one
    for one in (
        List(
            "open", N_("待办"), APPROVERS, _open, TASK_FILTERS,
            ("left", "number", "item", "step", "applicant", "state", "due"),
            empty=N_("没有待办任务。"),
        ),
        List(
            "pool", N_("待领"), APPROVERS, _pool, TASK_FILTERS,
            ("left", "number", "item", "step", "applicant", "state", "due"),
            empty=N_("岗位没有等待认领的任务。"),
        ),
        List(
            "done", N_("已办"), APPROVERS, _done, DONE_FILTERS,
            ("number", "item", "step", "applicant", "state", "conclusion", "done"),
            empty=N_("还没有办过的任务。"),
            bounds=N_("在最近办结的 3000 件中筛选；要看更早的，请填办结日期。"),
        ),
        *(_queue(state, LEADS if state is CaseState.DECLINING else HALL) for state in QUEUES),
        List(
            "received", N_("我发起"), HALL, _around(around.received), CASE_FILTERS, CASE_SHOWS,
            CASE_COLUMNS, empty=N_("您还没有收过件。"), bounds=LATEST,
        ),
        List(
            "copied", N_("抄送"), READERS, _around(around.copies), CASE_FILTERS,
            ("left", "number", "title", "applicant", "copied_by", "copied", "note", "read"),
            COPY_COLUMNS, empty=N_("没有抄送给您的办件。"), bounds=LATEST,
        ),
        List(
            "followed", N_("关注"), READERS, _around(around.followed), CASE_FILTERS, CASE_SHOWS,
            CASE_COLUMNS, empty=N_("您还没有关注办件；在办件页按“关注”即可。"), bounds=LATEST,
        ),
        List(
            "cases", N_("办件查询"), PAGES["cases.search_cases"], _search, CASE_FILTERS,
            CASE_SHOWS, CASE_COLUMNS,
            endpoint="cases.search_cases", empty=N_("没有符合条件的办件。"),
            bounds=N_("只列出最近的办件；要找更早的，请再填一些条件。"),
        ),
    )
}  # fmt: skip


def lists_of(roles: frozenset[Role]) -> list[List]:
    """The lists on the desk of someone with these roles; who has tasks sees no queues."""
    desk = [one for one in LISTS.values() if one.endpoint == "desk.home" and one.roles & roles]
    if Role.APPROVER in roles:
        desk = [one for one in desk if not one.state]
    return [one for one in desk if one.key != "pool" or current_user.tasks.pool]


@dataclass(frozen=True)
class Shown:
    """A list as it is asked for: narrowed, with its columns, on one page."""

    of: List
    asked: Asked
    columns: list[Column]
    query: list[tuple[str, str]]
    page: int = 1
    #: Whether the fields of the filter, the columns and the views are laid out.
    tools: bool = False

    def listed(self, size: int = PAGE, page: int | None = None) -> Listed:
        """The rows; none where the filter could not be read."""
        if self.asked.errors:
            return Listed([], 0)
        return self.of.rows(Part(self.asked.wanted, page or self.page, size))

    @property
    def status(self) -> int:
        """The HTTP status of its page: what cannot be read is told there, and not passed over."""
        return 422 if self.asked.errors else 200

    @property
    def address(self) -> str:
        """The filter and the columns as they stand in an address."""
        return urlencode(self.query)

    @property
    def href(self) -> str:
        """Where this list is opened, on its first page."""
        return address_of(self.of, self.address)

    @property
    def with_tools(self) -> str:
        """Where this list is opened with its filter, columns and views laid out."""
        return address_of(self.of, urlencode([*self.query, ("tools", "1")])) + "#tools"

    @property
    def columned(self) -> str:
        """The columns, when others than usual are shown."""
        return ",".join(column.key for column in self.columns) if self.own_columns else ""

    @property
    def own_columns(self) -> bool:
        """Whether other columns than usual are shown."""
        return [column.key for column in self.columns] != list(self.of.shows)

    def place(self, column: Column) -> int | None:
        """Which column of the page this is, counted from one; None where it is not shown."""
        return self.columns.index(column) + 1 if column in self.columns else None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What of the address a form of columns has to keep: the filter."""
        return [pair for pair in self.query if pair[0] != "columns"]


def show(one: List, args: MultiDict[str, str] | None = None) -> Shown:
    """A list as an address asks for it."""
    args = request.args if args is None else args
    asked = ask(args, one.offers)
    columns = chosen(args, one.columns, one.shows)
    query = list(asked.values.items())
    if [column.key for column in columns] != list(one.shows):
        query.append(("columns", ",".join(column.key for column in columns)))
    tools = bool(args.get("tools") or asked.active or asked.errors)
    return Shown(one, asked, columns, query, page_number(args), tools)


def page_number(args: MultiDict[str, str] | None = None) -> int:
    """The page of a list that is asked for."""
    given = (request.args if args is None else args).get("page", "1")
    return max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1


def address_of(one: List, query: str = "") -> str:
    """Where a list is opened with this filter."""
    own = urlencode({"list": one.key}) if one.endpoint == "desk.home" else ""
    said = "&".join(filter(None, (own, query)))
    return url_for(one.endpoint) + (f"?{said}" if said else "")


def title_of(one: List) -> str:
    """What a list is called."""
    return str(_(one.title))
