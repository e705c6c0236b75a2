"""工作日历: the years of every region, imported and edited; what moves by it, before and after.

A year is read from the text of the notice, from a sheet, or written by hand; it is shown with all
that would move by it, and imported when that is confirmed.
"""

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.auth import actor, door
from server.calendar_form import Written, arranged, of_notice, of_year, posted
from server.calendar_sheets import read_sheet
from server.context import acting, keeping, now, reader, services, today
from server.errors import refused, status_of, wants_json
from server.labels import BASES, CLOCKS, refusal_sentence, word
from server.reading import FormInvalid
from server.scheduler import recount_some
from workflows.actions import perform
from workflows.actions.foretelling import Foretold, foretell
from workflows.actions.import_calendar import AHEAD, CalendarChanged, CalendarSame, ImportCalendar
from workflows.arrangement import changed_days, days_of, first_changed, is_worked, stretches
from workflows.arrangement.notice import read_notice
from workflows.calendar import WorkCalendar, Year
from workflows.errors import N_, WorkflowError
from workflows.models import Calendar, Department
from workflows.recounting import left

calendars = Blueprint("calendars", __name__)

#: So many cases are counted again in one request, and so many years are listed.
TURN, LISTED = 100, 8


class NothingToRead(WorkflowError):
    """Neither a text nor a sheet was sent."""

    sentence = N_("请粘贴通知的正文，或者选择一个表格文件（.xlsx、.csv）。")


@calendars.get("/calendars")
def overview() -> str:
    """Every region, and which of its years are official."""
    services().almanac.look()
    rows = {row.region: row for row in reader().scalars(select(Calendar))}
    found = [services().calendar(region) for region in services().almanac.regions()]
    years = range(today().year + 1, today().year + 1 - LISTED, -1)
    return render_template(
        "calendars.html",
        calendars=found,
        rows=rows,
        years=years,
        next_year=today().year + 1,
        missing=[one for one in found if one.missing_next_year(today())],
    )


@calendars.get("/calendars/<region>/<int:year>")
def year(region: str, year: int) -> str:
    """The year as twelve months, and in words."""
    calendar = _calendar(region, year)
    shown = calendar.year(year)
    return render_template(
        "calendar_year.html",
        calendar=calendar,
        number=year,
        year=shown,
        months=[_month(year, month, shown) for month in range(1, 13)],
        stretches=stretches(shown.holidays),
        working=sum(is_worked(shown, day) for day in days_of(year)),
        row=_row(region),
        may_edit=year <= today().year + AHEAD,
        first=calendar.first_year,
        last=today().year + AHEAD,
    )


def _month(number: int, month: int, year: Year) -> list[list[tuple[date, str] | None]]:
    """The weeks of a month from Monday: each day with what it is, None outside the month."""
    days = [day for day in days_of(number) if day.month == month]
    cells: list[tuple[date, str] | None] = [None] * days[0].weekday()
    cells += [(day, _kind(year, day)) for day in days]
    cells += [None] * (-len(cells) % 7)
    return [cells[first : first + 7] for first in range(0, len(cells), 7)]


def _kind(year: Year, day: date) -> str:
    if day in year.worked:
        return "worked"
    if day in year.holidays:
        return "off"
    return "weekend" if day.weekday() >= 5 else "plain"


@calendars.get("/calendars/<region>/<int:year>/edit")
def edit(region: str, year: int) -> str:
    """The year as a form, and where a notice or a sheet is sent in."""
    calendar = _calendar(region, year)
    return _form(region, year, of_year(calendar.year(year), _revision(region)))


@calendars.post("/calendars/<region>/<int:year>/read")
def read(region: str, year: int) -> ResponseReturnValue:
    """Read a notice or a sheet into the form; or show again what was written before."""
    _calendar(region, year)
    revision, sent = _revision(region), request.files.get("file")
    text = request.form.get("text", "").strip()
    try:
        if "back" in request.form:
            return _form(region, year, posted(request.form))
        if sent is not None and sent.filename:
            written = read_sheet(sent.filename, sent.read(), year, revision)
        elif text:
            written = of_notice(read_notice(text, year), revision)
        else:
            raise NothingToRead
    except WorkflowError as refusal:
        written = of_year(services().calendar(region).year(year), revision)
        return _form(region, year, written, refusal, text), status_of(refusal)
    return _form(region, year, written, text=text)


def _form(
    region: str, year: int, written: Written, refusal: WorkflowError | None = None, text: str = ""
) -> str:
    return render_template(
        "calendar_edit.html",
        calendar=services().calendar(region),
        number=year,
        written=written,
        text=text,
        errors=refusal.errors if isinstance(refusal, FormInvalid) else {},
        sentence=refusal_sentence(refusal) if refusal else None,
    )


@calendars.post("/calendars/<region>/<int:year>/preview")
def preview(region: str, year: int) -> ResponseReturnValue:
    """What would move, before anything is written."""
    calendar, written = _calendar(region, year), posted(request.form)
    try:
        wanted, before = arranged(written, year), calendar.year(year)
        if written.revision != _revision(region):
            written.revision = _revision(region)
            raise CalendarChanged
        if wanted == before:
            raise CalendarSame
    except WorkflowError as refusal:
        return _form(region, year, written, refusal), status_of(refusal)
    names = {row.code: row for row in reader().scalars(select(Department))}
    return render_template(
        "calendar_preview.html",
        calendar=calendar,
        number=year,
        written=written,
        before=before,
        wanted=wanted,
        changed=changed_days(year, before, wanted),
        is_worked=is_worked,
        found=_foretold(region, year, wanted, first_changed(year, before, wanted)),
        names=names,
        clock_word=_clock_word,
    )


def _foretold(region: str, year: int, wanted: Year, since: date | None) -> Foretold:
    almanac = services().almanac
    if since is None:
        return Foretold()
    more = {region: {year: wanted}}
    there = {one: almanac.with_years(one, more) for one in almanac.standing_on(region)}
    return foretell(reader(), now(), since, there, services().ladders.of)


def _clock_word(clock: Any, basis: Any) -> str:
    return f"{word(CLOCKS, clock)} · {word(BASES, basis)}"


@calendars.post("/calendars/<region>/<int:year>/import")
def confirm(region: str, year: int) -> ResponseReturnValue:
    """Import it; what moves is counted from the next page on, and by the clockwork."""
    door("import_calendar")
    _calendar(region, year)
    written = posted(request.form)
    try:
        wanted = arranged(written, year)
        action = ImportCalendar(
            year, written.revision, wanted.status, wanted.source, written.reason,
            wanted.holidays, wanted.worked,
        )  # fmt: skip
        perform(region, action, acting(actor()))
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        written.revision = _revision(region)
        return _form(region, year, written, refusal), status_of(refusal)
    services().almanac.look()
    return redirect(url_for("calendars.progress", region=region), 303)


@calendars.get("/calendars/<region>/progress")
def progress(region: str) -> str:
    """How far the deadlines are counted again."""
    _known(region)
    return _progress(region)


@calendars.post("/calendars/<region>/progress")
def go_on(region: str) -> str:
    """One turn of counting; or, when some could not be counted, all of them once more."""
    _known(region)
    if "again" in request.form:
        with keeping() as session:
            _again(session, region)
    recount_some(services(), TURN)
    return _progress(region)


def _again(session: Session, region: str) -> None:
    once = (Calendar.region == region, Calendar.recount_at.is_(None), Calendar.failed > 0)
    values = {"recount_at": now(), "recount_after": 0, "recounted": 0, "failed": 0}
    session.execute(update(Calendar).where(*once).values(values))


def _progress(region: str) -> str:
    with services().database.readers() as fresh:  # what was just counted is counted
        row = fresh.scalar(select(Calendar).where(Calendar.region == region))
        more = left(fresh, row, services().almanac.standing_on) if row else 0
    calendar = services().calendar(region)
    return render_template("calendar_progress.html", calendar=calendar, row=row, left=more)


def _known(region: str) -> None:
    if region not in services().almanac.regions():
        abort(404)


def _calendar(region: str, year: int) -> WorkCalendar:
    """The calendar as it is now, of a region and a year there are."""
    _known(region)
    services().almanac.look()
    calendar = services().calendar(region)
    if not calendar.first_year <= year <= today().year + AHEAD:
        abort(404)
    return calendar


def _row(region: str) -> Calendar | None:
    return reader().scalar(select(Calendar).where(Calendar.region == region))


def _revision(region: str) -> int:
    row = _row(region)
    return row.revision if row else 0
