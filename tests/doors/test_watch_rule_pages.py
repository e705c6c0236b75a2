"""监察规则: what is held against what, by which article and figure, and what came of it."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from server import create_app
from server.watching import watch_once
from tests.doors.people import someone
from tests.hall import Hall
from tests.watch.test_watching import a_word
from workflows.permissions import Role
from workflows.watch.rules import RULES


def test_the_rules_are_told_by_family_and_each_shows_what_it_found(app: Flask, hall: Hall) -> None:
    number = a_word(hall)
    hall.clock.advance(seconds=61)
    watch_once(hall.services)
    supervisor = someone(app, hall, Role.SUPERVISOR, number)
    page = supervisor.get("/watch/rules").text
    assert all(rule.id in page and rule.title in page for rule in RULES.values())
    assert "行政许可法74(2)" in page and "时限监察" in page
    page = supervisor.get("/watch/rules/R16").text
    for said in (number, "意见最少字数", "缺省值，须当地核定", "同意", f"/cases/{number}#history"):
        assert said in page, said
    assert "还没有发现问题" in supervisor.get("/watch/rules/R02").text
    assert supervisor.get("/watch/rules/R99").status_code == 404


def test_a_figure_of_the_place_is_shown_with_its_source(
    app: Flask, hall: Hall, tmp_path: Path
) -> None:
    figures = tmp_path / "figures.toml"
    text = 'version = "2026-1"\nsource = "本市办法第十条"\n[R14]\nmost = 4\n'
    figures.write_text(text, "utf-8")
    settings = replace(hall.services.settings, watch_figures=figures)
    place = create_app(settings, hall.clock, hall.services.database)
    page = someone(place, hall, Role.AUDITOR, "").get("/watch/rules/R14").text
    assert "本市办法第十条" in page and "<strong>4</strong>" in page
    assert "2026-1" in someone(place, hall, Role.AUDITOR, "").get("/watch/rules").text
