"""预警阶梯: who is told when, as a table of a region and a theme, edited with a look back first.

The preview climbs the last month once more, by the ladder as it was and by the new one, and shows
where they differ; what is saved holds for clocks and cards that begin from a day to come.
"""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.auth import actor, door
from server.card_words import PAPERS, subject_word, to_word
from server.context import acting, calendars, now, reader, services, today
from server.errors import refused, status_of, wants_json
from server.labels import LIGHTS, refusal_sentence, said, word
from server.ladder_form import Written, choices_of, is_card, of_table, posted
from server.names import version_name
from workflows.actions import perform
from workflows.actions.change_ladder import ChangeLadder
from workflows.actions.ladder import rows_of
from workflows.actions.replaying import Replayed, Scope, replay
from workflows.catalogue.published import published
from workflows.deadlines import Light
from workflows.errors import WorkflowError
from workflows.ladders import DEFAULT, LadderTable, LadderUnfit, Paper, as_plain, from_plain
from workflows.ladders.table import SUBJECTS
from workflows.models import Ladder, LadderVersion, ProcessVersion
from workflows.permissions import Role
from workflows.queries.processes import published_versions

ladders = Blueprint("ladders", __name__)

#: How an address names all themes of a region.
ALL = "all"
#: Rows of differences that are shown.
SHOWN = 60


@ladders.get("/watch/ladders")
def overview() -> str:
    """Every region and theme: whether somebody decided on a ladder of its own, and since when."""
    kept = {(row.region, row.theme): row for row in reader().scalars(select(Ladder))}
    places = [
        (region, theme, kept.get((region, theme)))
        for region in services().almanac.regions()
        for theme in ("", *(v.process for v in _themes(region)))
    ]
    return render_template(
        "watch_ladders.html",
        places=[(region, theme or ALL, named(theme), row, _latest(row))
                for region, theme, row in places],
        today=today(),
        may_change=_may_change(),
    )  # fmt: skip


def _latest(row: Ladder | None) -> LadderVersion | None:
    return row.versions[-1] if row is not None and row.versions else None


def _may_change() -> bool:
    return Role.SUPERVISOR in current_user.roles


def _themes(region: str) -> list[ProcessVersion]:
    """The themes of a region that cases are received for."""
    found = published_versions(reader())
    return [row for row in found if published(row).catalogue.theme.region == region]


def named(theme: str) -> str:
    """A theme by its name."""
    versions = {row.process: row for row in published_versions(reader())}
    if not theme:
        return str(_("全部主题"))
    return version_name(versions[theme]) if theme in versions else theme


def _place(region: str, process: str) -> tuple[str, Ladder | None]:
    """The theme of an address, and its ladder if somebody decided on one."""
    theme = "" if process == ALL else process
    known = theme == "" or theme in {row.process for row in _themes(region)}
    if region not in services().almanac.regions() or not known:
        abort(404)
    mine = (Ladder.region == region, Ladder.theme == theme)
    return theme, reader().scalar(select(Ladder).where(*mine))


def in_force(region: str, theme: str) -> LadderTable:
    """What holds for what begins now; by default with what the catalogue of the theme says."""
    decided = services().ladders.of(region, theme, now())
    if decided is not None:
        return decided
    version = next((row for row in _themes(region) if row.process == theme), None)
    if version is None:
        return DEFAULT
    catalogue = published(version).catalogue
    rows = [row for subject in SUBJECTS for row in rows_of(subject, catalogue, None)]
    warn = catalogue.rules.warn
    plain = as_plain(LadderTable(tuple(rows), DEFAULT.appeal))
    for row in plain["rows"]:
        if row["when"] == "before":
            row.update(
                days=warn.before_days, percent=round(100 * warn.ratio), hours=warn.before_hours
            )
    return from_plain(plain)


@ladders.get("/watch/ladders/<region>/<process>")
def show(region: str, process: str) -> str:
    """The ladder in force, with the sources of the default, and every revision."""
    theme, row = _place(region, process)
    return render_template(
        "watch_ladder.html",
        **_names(region, process, theme),
        table=in_force(region, theme),
        subjects=SUBJECTS,
        sources=DEFAULT.sources,
        row=row,
        coming=[one for one in row.versions if one.from_at > now()] if row else [],
        decided=services().ladders.of(region, theme, now()) is not None,
        may_change=_may_change(),
    )


def _names(region: str, process: str, theme: str) -> dict[str, Any]:
    return {
        "region": region,
        "process": process,
        "region_name": services().calendar(region).name,
        "theme_name": named(theme),
    }


@ladders.get("/watch/ladders/<region>/<process>/edit")
def edit(region: str, process: str) -> str:
    """The ladder as a form."""
    theme, row = _place(region, process)
    latest = _latest(row)
    table = from_plain(latest.content) if latest else in_force(region, theme)
    written = of_table(table, row.revision if row else 0)
    written.from_day = str(today() + timedelta(days=1))
    return _form(region, process, theme, written)


def _form(
    region: str, process: str, theme: str, written: Written, refusal: WorkflowError | None = None
) -> str:
    faults = refusal.faults if isinstance(refusal, LadderUnfit) else []
    return render_template(
        "watch_ladder_edit.html",
        **_names(region, process, theme),
        written=written,
        faults=[(number, said(why, {})) for number, why in faults],
        sentence=refusal_sentence(refusal) if refusal and not faults else None,
        lights=[(one.value, word(LIGHTS, one)) for one in (Light.YELLOW, Light.RED, Light.PURPLE)],
        papers=[(one.value, word(PAPERS, one)) for one in Paper],
        choices_of=choices_of,
        is_card=is_card,
        first_day=today() + timedelta(days=1),
    )


@ladders.post("/watch/ladders/<region>/<process>/preview")
def preview(region: str, process: str) -> ResponseReturnValue:
    """What it would have done over the last month, before anything is written."""
    theme, _row = _place(region, process)
    written = posted(asked.form)
    if "back" in asked.form:
        return _form(region, process, theme, written)
    try:
        table = from_plain(written.content)
    except WorkflowError as refusal:
        return _form(region, process, theme, written, refusal), status_of(refusal)
    found = _replayed(region, theme, table)
    return render_template(
        "watch_ladder_preview.html",
        **_names(region, process, theme),
        written=written,
        found=found,
        differences=_differences(found),
        old=in_force(region, theme),
        new=table,
        same=as_plain(table) == as_plain(in_force(region, theme)),
        subjects=SUBJECTS,
    )


def _replayed(region: str, theme: str, table: LadderTable) -> Replayed:
    own = select(Ladder.theme).where(Ladder.region == region, Ladder.theme != "")
    apart = frozenset(reader().scalars(own)) if not theme else frozenset()
    scope = Scope(region, theme, apart)
    return replay(reader(), now(), scope, services().ladders.of, calendars, table)


def _differences(found: Replayed) -> list[dict[str, Any]]:
    """What each would have been told so much more or less often, in words."""
    return [
        {
            "subject": subject_word(subject), "paper": word(PAPERS, paper),
            "to": to_word(whom), "was": was, "would": would,
        }
        for (subject, paper, whom), was, would in found.differences()[:SHOWN]
    ]  # fmt: skip


@ladders.post("/watch/ladders/<region>/<process>")
def save(region: str, process: str) -> ResponseReturnValue:
    """Save it, from a day to come."""
    door("change_ladder")
    theme, _row = _place(region, process)
    written = posted(asked.form)
    try:
        day = date.fromisoformat(written.from_day) if written.from_day else today()
        change = ChangeLadder(written.revision, written.content, day, written.reason)
        perform(f"{region}/{theme}", change, acting(actor()))
    except ValueError:
        abort(400)
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        return _form(region, process, theme, written, refusal), status_of(refusal)
    flash(_("预警阶梯已保存，%(day)s 起执行。", day=day), "success")
    return redirect(url_for("ladders.show", region=region, process=process), 303)
