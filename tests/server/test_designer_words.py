"""Every word of the editors is there in English, and none that is not said."""

import re
from pathlib import Path

import server

SOURCES = Path(server.__file__).parent / "frontend" / "src" / "designer"
#: Words in quotes on one line, without a comment.
QUOTED = re.compile(r"'([^'\n]*[\u4e00-\u9fff][^'\n]*)'")


def test_every_word_has_its_english_and_no_english_is_left_over() -> None:
    said = set()
    for path in (*SOURCES.glob("**/*.js"), *SOURCES.parent.glob("tables/*.js")):
        if path.stem not in ("chinese", "english"):
            said |= set(QUOTED.findall(path.read_text("utf-8")))
    entries = re.findall(r"^  '([^'\n]+)': '([^'\n]+)',$", _english(), re.MULTILINE)
    words = {chinese for chinese, _ in entries if re.search("[\u4e00-\u9fff]", chinese)}
    assert said == words
    assert all(
        english.isascii() or not re.search("[\u4e00-\u9fff]", english) for _, english in entries
    )


def _english() -> str:
    return (SOURCES / "english.js").read_text("utf-8")
