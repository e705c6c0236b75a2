"""Every word of the designers is there in English, and none that is not said."""

import re
from pathlib import Path

import server
from server.form_kinds import TYPES

SOURCES = Path(server.__file__).parent / "frontend" / "src"
#: Words in quotes on one line, without a comment.
QUOTED = re.compile(r"'([^'\n]*[\u4e00-\u9fff][^'\n]*)'")
ENTRY = re.compile(r"^  '([^'\n]+)': '([^'\n]+)',$", re.MULTILINE)


def said(folder: str) -> set[str]:
    """What the scripts of a designer say."""
    found = set()
    for path in (SOURCES / folder).glob("**/*.js"):
        if path.stem not in ("chinese", "english"):
            found |= set(QUOTED.findall(path.read_text("utf-8")))
    return found


def english(folder: str) -> dict[str, str]:
    """Our words in English."""
    return dict(ENTRY.findall((SOURCES / folder / "english.js").read_text("utf-8")))


def test_every_word_has_its_english_and_no_english_is_left_over() -> None:
    words = {chinese for chinese in english("designer") if re.search("[\u4e00-\u9fff]", chinese)}
    assert said("designer") | said("tables") == words
    assert english("forms").keys() == said("forms") - words
    for one in [*english("designer").values(), *english("forms").values()]:
        assert one.isascii() or not re.search("[\u4e00-\u9fff]", one)


def test_the_form_designer_offers_every_kind_that_the_server_shows_and_no_other() -> None:
    text = (SOURCES / "forms" / "kinds.js").read_text("utf-8")
    table = text.partition("export const KINDS = {")[2].partition("}")[0]
    assert set(re.findall(r"^  (\w+): '", table, re.MULTILINE)) == set(TYPES)
