"""监察通报: drafted from frozen figures, edited, signed by a second person, archived, printed."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.auth import actor, door
from server.context import acting, calendars, now, reader, services, today
from server.documents import pdf_of
from server.errors import refused, status_of, wants_json
from server.labels import refusal_sentence
from server.names import english
from server.statistics_form import written
from server.typeset import Leaf, Part, copy_of
from workflows.actions import perform
from workflows.actions.bulletins import BulletinAction
from workflows.actions.draft_bulletin import DraftBulletin, PeriodNotOver
from workflows.actions.edit_bulletin import EditBulletin
from workflows.actions.sign_off_bulletin import SignOffBulletin
from workflows.clock import office_day
from workflows.errors import N_, WorkflowError
from workflows.models import Bulletin
from workflows.permissions import ACTIONS
from workflows.queries import bulletin as queries
from workflows.queries.statistics.asked import Grain
from workflows.queries.statistics.columns import Column, column_of
from workflows.states import BulletinState

bulletins = Blueprint("bulletins", __name__)

#: The parts of a bulletin that are written by hand.
TEXTS = {"summary": N_("综述"), "problems": N_("存在问题"), "next_steps": N_("下一步工作")}
LONGEST_DAYS = 400


class PeriodUnreadable(WorkflowError):
    """Two days, the first not after the last, not more than about a year."""

    sentence = N_("请写明通报的起止日期，最多一年。")


@bulletins.get("/watch/bulletins")
def listed() -> str:
    """All bulletins, the latest first; a form for a new one."""
    return _list()


def _list(refusal: WorkflowError | None = None) -> str:
    rows = reader().scalars(select(Bulletin).order_by(Bulletin.id.desc())).all()
    last = today().replace(day=1) - timedelta(1)
    return render_template(
        "bulletins.html", rows=rows, title=title_of, may=_may,
        refusal=refusal and refusal_sentence(refusal),
        first=request.form.get("first", last.replace(day=1).isoformat()),
        last=request.form.get("last", last.isoformat()),
    )  # fmt: skip


def _may(action: str) -> bool:
    return bool(ACTIONS[action] & current_user.roles)


def title_of(bulletin: Bulletin) -> str:
    """What it is called: its number once it is signed."""
    if bulletin.number is None:
        return str(_("监察通报（未签发）"))
    return str(_("监察通报 %(year)s年第%(n)s期", year=bulletin.year, n=bulletin.number))


@bulletins.post("/watch/bulletins")
def draft() -> ResponseReturnValue:
    """Freeze the figures of a period and begin a bulletin."""
    door("draft_bulletin")
    try:
        first, last = _period()
        found = queries.figures(reader(), first, last, now(), calendars)
        action = DraftBulletin(found, _summary(found))
        done: Bulletin = perform("", action, acting(actor()))
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        return _list(refusal), status_of(refusal)
    return redirect(url_for("bulletins.show", number=done.id), 303)


def _period() -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(request.form.get(name, "")) for name in ("first", "last"))
    except ValueError:
        raise PeriodUnreadable from None
    if not 0 <= (last - first).days < LONGEST_DAYS or first.year < 2004:
        raise PeriodUnreadable
    if last >= today():
        raise PeriodNotOver(last=last)
    return first, last


def _summary(figures: dict[str, Any]) -> str:
    """A first sentence, to be edited: always in Chinese, as the paper is."""
    cases, items = figures["cases"], figures["items"]
    said = f"本期收件{cases['received']}件，办结{cases['finished']}件，退件{cases['dropped']}件。"
    if cases["on_time_rate"] is not None:
        said += f"办结的办件中，按时办结率{100 * cases['on_time_rate']:.1f}%。"
    if items["on_time_rate"] is not None:
        said += (
            f"各部门办结事项{items['finished']}项，按时办结率{100 * items['on_time_rate']:.1f}%，"
            f"超过法定期限{items['unlawful']}项。"
        )
    return said


@bulletins.get("/watch/bulletins/<int:number>")
def show(number: int) -> str:
    """One bulletin: its figures, what is said of them, and what can be done with it."""
    return _page(_find(number))


def _find(number: int) -> Bulletin:
    return reader().get(Bulletin, number) or abort(404)


def _page(bulletin: Bulletin, refusal: WorkflowError | None = None) -> str:
    texts = {name: request.form.get(name, getattr(bulletin, name)) for name in TEXTS}
    open_ = bulletin.state is BulletinState.DRAFT
    return render_template(
        "bulletin.html", bulletin=bulletin, title=title_of(bulletin),
        refusal=refusal and refusal_sentence(refusal),
        texts=[(name, _(word), texts[name]) for name, word in TEXTS.items()],
        may_edit=open_ and _may("edit_bulletin"),
        may_sign=open_ and _may("sign_off_bulletin")
        and current_user.person.id not in bulletin.writers,
        tables=tables(bulletin), scores=scored(bulletin),
    )  # fmt: skip


@bulletins.post("/watch/bulletins/<int:number>/edit")
def edit(number: int) -> ResponseReturnValue:
    """Write what it says."""
    door("edit_bulletin")
    texts = (request.form.get(name, "") for name in TEXTS)
    return _do(number, EditBulletin(*texts))


@bulletins.post("/watch/bulletins/<int:number>/sign-off")
def sign_off(number: int) -> ResponseReturnValue:
    """Sign it: from then on it is as it is."""
    door("sign_off_bulletin")
    return _do(number, SignOffBulletin())


def _do(number: int, action: BulletinAction) -> ResponseReturnValue:
    bulletin = _find(number)
    try:
        perform(bulletin.key, action, acting(actor()))
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        return _page(bulletin, refusal), status_of(refusal)
    return redirect(url_for("bulletins.show", number=number), 303)


# -- its figures ---------------------------------------------------------------------------------


def tables(bulletin: Bulletin) -> list[tuple[str, list[Column], list[tuple[str, list[str]]]]]:
    """The frozen figures as words: a heading, the columns, and the rows."""
    kept = bulletin.figures
    whole = [{"name": _("合计"), "name_en": _("合计")}]
    parts = (
        (_("办件总体情况"), Grain.CASES, queries.CASES, [{**whole[0], "values": kept["cases"]}]),
        (_("各部门事项"), Grain.ITEMS, queries.ITEMS,
         [*kept["departments"], {**whole[0], "values": kept["items"]}]),
        (_("各窗口人员"), Grain.CASES, queries.CASES, kept["windows"]),
    )  # fmt: skip
    return [
        (heading, columns, [_row(one, columns) for one in rows])
        for heading, grain, codes, rows in parts
        if (columns := [column for code in codes if (column := column_of(grain, code))])
    ]


def scored(bulletin: Bulletin) -> list[list[str]]:
    """Name, rank, score and volume of each department, as they were frozen."""
    return [
        [row["name_en"] if english() else row["name"], str(row["rank"] or "—"),
         "—" if row["total"] is None else f"{row['total']:.2f}", str(row["finished"])]
        for row in bulletin.figures.get("scores", ())
    ]  # fmt: skip


def _row(row: dict[str, Any], columns: list[Column]) -> tuple[str, list[str]]:
    name = row["name_en"] if english() else row["name"]
    return name, [written(column, row["values"].get(column.code)) for column in columns]


@bulletins.get("/watch/bulletins/<int:number>.pdf")
def paper(number: int) -> ResponseReturnValue:
    """The bulletin as it is sent round; until it is signed, a mark says so."""
    bulletin = _find(number)
    parts = [Part(_("综述"), paragraphs=_paragraphs(bulletin.summary))]
    for heading, columns, rows in tables(bulletin):
        head = ["", *(_(column.title) for column in columns)]
        parts.append(Part(heading, head=head, rows=[[name, *values] for name, values in rows]))
    if ranked := scored(bulletin):
        head = [_("部门"), _("名次"), _("得分"), _("办结")]
        parts.append(Part(_("部门得分"), head=head, rows=ranked))
    parts += [
        Part(_(TEXTS[name]), paragraphs=_paragraphs(getattr(bulletin, name)))
        for name in ("problems", "next_steps")
        if getattr(bulletin, name)
    ]
    signed = [] if bulletin.signed_at is None else [
        services().settings.hall_name, f"{_('签发：')}{bulletin.signed_by}",
        office_day(bulletin.signed_at).isoformat(),
    ]  # fmt: skip
    period = _("%(first)s 至 %(last)s", first=bulletin.first, last=bulletin.last)
    lines = [period, _("数据校验 %(hash)s", hash=bulletin.figures_hash[:16])]
    mark = "" if bulletin.signed_at else _("未签发")
    leaf = Leaf(title_of(bulletin), lines, parts, signed, wide=True, mark=mark)
    return pdf_of(copy_of(leaf, bulletin.signed_at or bulletin.figures_at), f"bulletin-{number}")


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
