"""得分: departments and posts by the scheme in force, every point with what it comes from."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _

from server.context import calendars, reader
from server.labels import word
from server.names import english
from server.statistics_form import address, names, periods, read
from workflows.errors import N_
from workflows.queries.scores import Line, Score, scores
from workflows.queries.statistics.asked import Asked, By, Grain
from workflows.queries.statistics.columns import column_of
from workflows.schemes import Bonus, Scheme, in_force

board_of_scores = Blueprint("scores", __name__)

WHOSE = {By.DEPARTMENT: N_("部门"), By.POST: N_("岗位")}
LEVELS = {"yellow": N_("黄牌"), "red": N_("红牌"), "notice": N_("提醒")}


def _asked() -> tuple[Asked, Scheme, dict[str, str]]:
    found = read()
    by = By.POST if request.args.get("by") == By.POST else By.DEPARTMENT
    asked = Asked(Grain.ITEMS, found.asked.first, found.asked.last, by)
    return asked, in_force(asked.first), dict(found.errors)


@board_of_scores.get("/watch/scores")
def ranking() -> str:
    """Everybody's score in a period, the best first; small volumes are shown, not ranked."""
    asked, scheme, errors = _asked()
    found = scores(reader(), asked, scheme, calendars)
    return render_template(
        "scores.html", asked=asked, scheme=scheme, errors=errors, rows=found,
        names=names(asked.by, [one.key for one in found]), part_name=part_name,
        kinds=[(by, _(text), address(Asked(Grain.ITEMS, asked.first, asked.last, by)))
               for by, text in WHOSE.items()],
        periods=[(text, address(Asked(Grain.ITEMS, first, last, asked.by)))
                 for text, first, last in periods()],
        href=lambda key: url_for("scores.explained") + "?" + address(asked, key=key),
        no_data=[part_name(one.part) for one in (found[0].parts if found else ())
                 if all(other.points is None for row in found for other in row.parts
                        if other.part is one.part)],
    )  # fmt: skip


def part_name(part: Any) -> str:
    """What a part of the scheme is called."""
    return str(part.name_en if english() else part.name)


@board_of_scores.get("/watch/scores/explained")
def explained() -> str:
    """One score, point by point; every cause opens its list."""
    asked, scheme, _errors = _asked()
    key = request.args.get("key", "")
    found = scores(reader(), asked, scheme, calendars)
    score = next((one for one in found if one.key == key), None) or (found[0] if found else None)
    if score is None or (key and score.key != key):
        if key:
            abort(404)
        return render_template("score.html", score=None, asked=asked, back=_back(asked))
    return render_template(
        "score.html", score=score, asked=asked, scheme=scheme, back=_back(asked),
        name=names(asked.by, [score.key])[score.key], part_name=part_name,
        known=sum(one.part.weight for one in score.parts if one.points is not None),
        got=sum(one.points or 0 for one in score.parts),
        line=lambda line: _line(asked, scheme, score, line),
    )  # fmt: skip


def _back(asked: Asked) -> str:
    return url_for("scores.ranking") + "?" + address(asked)


def _line(asked: Asked, scheme: Scheme, score: Score, line: Line) -> dict[str, Any]:
    """What took points away or added them, in words, and where it can be looked at."""
    cause = line.cause
    if isinstance(cause, Bonus) or cause.of == "share":
        column = column_of(asked.grain, cause.what)
        title = _(column.title) if column else cause.what
        href = address(asked, column=cause.what, key=score.key)
        said = f"{title} {100 * (line.n or 0):.1f}%"
        return {"said": said, "href": url_for("statistics.rows") + "?" + href,
                "points": line.points}  # fmt: skip
    days: dict[str, Any] = {"from": asked.first, "to": asked.last}
    if cause.of == "rating":
        said = _("差评占 %(share)s%%", share=f"{100 * (line.n or 0):.1f}")
        listed = "bad" if line.n else "all"
        href = url_for("ratings.overview", list=listed, department=score.key, **days)
        return {"said": said, "href": href, "points": line.points}
    families = "、".join(cause.families)
    said = _("%(families)s %(level)s %(n)s 张", families=families,
             level=word(LEVELS, cause.level), n=int(line.n or 0))  # fmt: skip
    known = [rule for family in cause.families for rule in scheme.families.get(family, ())]
    rules = ["hand" if rule == "-" else rule for rule in known]
    href = url_for("cards.list_cards", department=score.key, level=cause.level, rule=rules,
                   scored=1, **days)  # fmt: skip
    return {"said": said, "href": href if line.n else "", "points": line.points}
