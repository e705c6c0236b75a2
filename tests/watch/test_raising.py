"""What the rules find becomes cards: at once, in the night, by a command; each matter one card."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from server.cli import main
from server.watching import watch_at_night, watch_once
from tests.hall import Hall
from tests.talking import under_review
from tests.watch.test_watching import a_word
from workflows.models import Card
from workflows.states import Level


def cards(hall: Hall) -> list[Card]:
    """Every card, in order."""
    with hall.read() as session:
        return list(session.scalars(select(Card).order_by(Card.id)))


def test_a_matter_is_one_card_however_often_it_is_looked_for(hall: Hall) -> None:
    number = a_word(hall)
    hall.clock.advance(seconds=61)
    assert watch_once(hall.services) == 1
    [card] = cards(hall)
    assert (card.rule, card.level, card.item_code) == ("R16", Level.YELLOW, "R08")
    assert card.department_code == "SJ"
    assert card.evidence == [[number, len(hall.history(number))]]
    assert watch_once(hall.services) == 0
    hall.at("2026-03-03T01:30")
    watch_at_night(hall.services)
    assert [one.rule for one in cards(hall)].count("R16") == 1


def test_everything_is_looked_at_once_a_night(hall: Hall) -> None:
    number = under_review(hall)
    hall.suspend(number, "R11", days=1)
    hall.clock.advance(seconds=61)
    assert (watch_once(hall.services), watch_at_night(hall.services)) == (0, 0)
    hall.at("2026-03-04T23:00")
    assert watch_once(hall.services) == 0  # nothing has happened, and that is the matter
    assert watch_at_night(hall.services) > 0
    assert "R05" in {card.rule for card in cards(hall)}
    assert watch_at_night(hall.services) == 0
    hall.at("2026-03-05T00:30")
    before = len(cards(hall))
    assert (watch_at_night(hall.services), len(cards(hall))) == (0, before)


def test_the_command_looks_at_everything_and_says_how_many_each_rule_has_raised(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    a_word(hall)
    figures = tmp_path / "figures.toml"
    figures.write_text('version = "1"\nsource = "x"\n[R16]\ncharacters = 2\n', "utf-8")
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    monkeypatch.setenv("LIANBAN_WATCH_FIGURES", str(figures))
    assert main(["watch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rules"]["R16"] == 0
    monkeypatch.delenv("LIANBAN_WATCH_FIGURES")
    assert main(["watch", "--json", "--since", "2099-01-01"]) == 0
    assert json.loads(capsys.readouterr().out)["raised"] == 0
    assert main(["watch"]) == 0
    assert "R16" in capsys.readouterr().out
    assert "R16" in {card.rule for card in cards(hall)}
    assert main(["watch", "--since", "soon", "--json"]) == 1
