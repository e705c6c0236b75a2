"""The English catalogue: every sentence is there, says the same, and none is left over."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
BLANK = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u3400-\u9fff]")
#: English sentences that quote a Chinese word on purpose.
QUOTING = {
    "This cell can only hold yes (是) or no (否).",
    "Yes (是), no (否), or a number",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "server/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, "en")


@pytest.fixture(scope="module")
def sentences() -> set[str | tuple[str, ...]]:
    """Every marked sentence of code and templates, as `make messages` finds them."""
    babel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]
    methods = [(entry["pattern"], entry["method"]) for entry in babel["mappings"]]
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
    return {
        sentence
        for folder in ("workflows", "server")
        for _path, _line, sentence, *_ in extract_from_dir(
            str(ROOT / folder), methods, keywords=keywords
        )
    }


def messages(catalogue: Catalog) -> list[Message]:
    """Every entry but the head."""
    return [message for message in catalogue if message.id]


def words(part: object) -> str:
    """All forms of a sentence as one text."""
    return "\n".join(part) if isinstance(part, list | tuple) else str(part)


def test_every_sentence_is_translated_and_none_is_left_over(
    catalogue: Catalog, sentences: set[str | tuple[str, ...]]
) -> None:
    known = {tuple(m.id) if isinstance(m.id, list) else m.id for m in messages(catalogue)}
    assert known == sentences
    assert not [m.id for m in messages(catalogue) if not all(words(m.string).split("\n"))]


def test_nothing_is_guessed_and_nothing_is_dead(catalogue: Catalog) -> None:
    assert not [message.id for message in catalogue if message.fuzzy]
    assert not catalogue.obsolete


def test_the_same_is_filled_in_in_both_languages(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        assert set(BLANK.findall(words(message.id))) == set(BLANK.findall(words(message.string)))


def test_the_english_is_english(catalogue: Catalog) -> None:
    chinese = {words(m.string) for m in messages(catalogue) if HAN.search(words(m.string))}
    assert chinese == QUOTING


def test_the_catalogue_compiles(catalogue: Catalog, tmp_path: Path) -> None:
    with (tmp_path / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    assert (tmp_path / "messages.mo").stat().st_size > 10_000
