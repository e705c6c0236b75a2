"""The pages of the scores: a table, and every point explained."""

import html
import re

from flask import Flask

from tests.doors.people import someone
from tests.hall import Hall
from tests.watching import raised
from workflows.permissions import Role
from workflows.states import Level

MARCH = "from=2026-03-01&to=2026-03-31"


def test_every_point_is_explained_with_a_list_behind_it(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.at("2026-03-12T10:00")
    hall.grant(number, "R01")
    watcher = someone(app, hall, Role.SUPERVISOR, number)
    for by in ("department", "post"):
        page = watcher.get(f"/watch/scores?by={by}&{MARCH}").text
        assert "市场监督管理局" in page and "不排名" in page
        links = re.findall(r'href="(/watch/scores/explained[^"]*)"', page)
        assert len(links) == 2
        for link in links:
            answer = watcher.get(link.replace("&amp;", "&"))
            assert answer.status_code == 200 and "没有数据，不计分" in answer.text
            causes = re.findall(r'href="(/watch/statistics/rows[^"]*)"', answer.text)
            assert causes
            for cause in causes:
                assert watcher.get(cause.replace("&amp;", "&")).status_code == 200
    assert watcher.get(f"/watch/scores/explained?{MARCH}&key=XX").status_code == 404


def test_the_cards_behind_a_point_are_exactly_those_that_took_it(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    raised(hall, number=number, item="R01", key="now")
    raised(hall, number=number, item="R01", key="of another family", rule="R14")
    raised(hall, Level.NOTICE, number=number, item="R01", key="no card", rule="W01")
    hall.at("2026-04-10T10:00")
    raised(hall, number=number, item="R01", key="later")
    watcher = someone(app, hall, Role.SUPERVISOR, number)
    page = watcher.get(f"/watch/scores/explained?by=department&{MARCH}&key=SJ").text
    links = re.findall(r'href="(/watch/cards[?][^"]*)"', page)
    assert len(links) == 2
    for link in links:
        shown = watcher.get(html.unescape(link)).text
        assert "共 1 张" in re.sub(r"<[^>]+>", "", shown), link
    assert watcher.get("/watch/cards?from=someday&rule=R01&rule=hand").status_code == 200
