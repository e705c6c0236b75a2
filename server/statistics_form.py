"""What an address asks of the statistics, and the words for what it finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from sqlalchemy import func, select

from server.context import calendars, reader, services, today
from server.labels import DUTIES, word
from server.names import department_name, english, own_name
from workflows.catalogue.published import published
from workflows.errors import N_
from workflows.models import Department, Person, ProcessVersion
from workflows.queries.statistics.asked import KEYS, NOBODY, Asked, By, Grain
from workflows.queries.statistics.columns import Column, Unit

#: The longest period, in days: more is asked for year by year.
LONGEST = 3 * 366
GRAINS = {Grain.ITEMS: N_("部门事项"), Grain.CASES: N_("一件事办件")}
BYS = {
    By.DEPARTMENT: N_("部门"), By.ITEM: N_("事项"), By.POST: N_("岗位"), By.PERSON: N_("经办人"),
    By.WINDOW: N_("窗口人员"), By.THEME: N_("一件事"), By.REGION: N_("地区"),
    By.MONTH: N_("月份"),
}  # fmt: skip
#: What a table can be narrowed to.
NARROWED = (By.DEPARTMENT, By.THEME, By.REGION)


@dataclass(frozen=True)
class Read:
    """What was asked, and what of it could not be read."""

    asked: Asked
    errors: Mapping[str, str]


def read() -> Read:
    """What this address asks for; the running month of every department by default."""
    args = request.args
    errors: dict[str, str] = {}
    grain = Grain(args["of"]) if args.get("of") in set(Grain) else Grain.ITEMS
    by = next((by for by in KEYS[grain] if by == args.get("by")), KEYS[grain][0])
    first, last = _day("from", errors) or today().replace(day=1), _day("to", errors) or today()
    if first > last:
        errors["to"] = _("结束日期早于开始日期。")
        last = first
    if (last - first).days > LONGEST:
        errors["from"] = _("一次最多统计三年。")
        first = last - timedelta(LONGEST)
    only = {by: value for by in NARROWED if (value := args.get(by.value)) and _fits(by, grain)}
    return Read(Asked(grain, first, last, by, only), errors)


def _fits(by: By, grain: Grain) -> bool:
    return by is not By.DEPARTMENT or grain is Grain.ITEMS


def _day(name: str, errors: dict[str, str]) -> date | None:
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
        if 2004 <= found.year <= today().year + 1:
            return found
    except ValueError:
        pass
    errors[name] = _("日期“%(text)s”无法识别，或者没有这样的工作日历。", text=text[:20])
    return None


def address(asked: Asked, **more: str) -> str:
    """What was asked, as the end of an address."""
    only = {by.value: value for by, value in asked.only.items()}
    grain = {"of": asked.grain.value, "by": asked.by.value}
    days = {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return urlencode({**grain, **days, **only, **more})


def periods() -> list[tuple[str, date, date]]:
    """The periods that are asked for most, up to today."""
    month = today().replace(day=1)
    before = month - timedelta(1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    year = month.replace(month=1)
    earlier = quarter - timedelta(1)
    return [
        (_("本月"), month, today()),
        (_("上月"), before.replace(day=1), before),
        (_("本季度"), quarter, today()),
        (_("上季度"), earlier.replace(day=1, month=earlier.month - 2), earlier),
        (_("今年"), year, today()),
        (_("去年"), year.replace(year=year.year - 1), year - timedelta(1)),
    ]


def choices() -> dict[By, list[tuple[str, str]]]:
    """What a table can be narrowed to: key and name."""
    departments = reader().scalars(select(Department).order_by(Department.code))
    latest = select(func.max(ProcessVersion.id)).group_by(ProcessVersion.process)
    themes = select(ProcessVersion).where(ProcessVersion.id.in_(latest))
    names = {one.process: _theme_name(one) for one in reader().scalars(themes)}
    regions = services().almanac.regions()
    return {
        By.DEPARTMENT: [(one.code, department_name(one)) for one in departments],
        By.THEME: sorted(names.items()),
        By.REGION: [(region, calendars(region).name) for region in regions],
    }


def _theme_name(version: ProcessVersion) -> str:
    return published(version).catalogue.theme.name_en if english() else version.name


def names(by: By, keys: Iterable[str]) -> dict[str, str]:
    """What the rows of a table are called."""
    found = {key: key for key in keys}
    if by in (By.PERSON, By.WINDOW):
        ids = [int(key) for key in found if key.isdecimal()]
        people = reader().scalars(select(Person).where(Person.id.in_(ids)))
        found.update({str(one.id): one.name for one in people})
    elif by is By.POST:
        found.update(_post_names(found))
    elif by is By.ITEM:
        found.update(_item_names(found))
    else:
        found.update({key: name for key, name in choices().get(by, ()) if key in found})
    if NOBODY in found:
        found[NOBODY] = _("未指定")
    return found


def _post_names(keys: Iterable[str]) -> dict[str, str]:
    departments = dict(choices()[By.DEPARTMENT])
    parts = [(key, *key.partition("/")[::2]) for key in keys if "/" in key]
    return {
        key: f"{departments.get(department, department)} · {word(DUTIES, duty)}"
        for key, department, duty in parts
    }


def _item_names(keys: Mapping[str, str]) -> dict[str, str]:
    """The names of items, as the latest version that has them calls them."""
    found: dict[str, str] = {}
    processes = {key.partition("/")[0] for key in keys}
    query = select(ProcessVersion.id).where(ProcessVersion.process.in_(processes))
    for number in reader().scalars(query.order_by(ProcessVersion.id.desc())).all():
        if keys.keys() <= found.keys():
            break
        version = reader().get_one(ProcessVersion, number)
        for item in published(version).catalogue.items:
            found.setdefault(f"{version.process}/{item.code}", f"{item.code} {own_name(item)}")
    return {key: name for key, name in found.items() if key in keys}


def written(column: Column, value: float | int | None) -> str:
    """A figure as it is shown: “—” where there is nothing to divide by."""
    if value is None:
        return "—"
    if column.unit is Unit.SHARE:
        return f"{100 * value:.1f}%"
    return f"{value:.1f}" if column.unit is Unit.DAYS else str(value)


def words(column: Column) -> dict[str, Any]:
    """The definition of a figure in the reader's language."""
    return {
        "title": _(column.title), "counted": _(column.counted), "formula": _(column.formula),
        "source": _(column.source),
    }  # fmt: skip
