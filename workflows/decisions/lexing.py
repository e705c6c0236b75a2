"""Cuts a FEEL text into tokens: numbers, texts, words and signs, each with its place."""

import re
import unicodedata
from dataclasses import dataclass

from workflows.errors import N_

MAX_LENGTH = 20_000
MAX_TOKENS = 5_000

SPACE = re.compile(r"(?:\s|/\*.*?\*/|//[^\n]*)+", re.DOTALL)
NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"', re.DOTALL)
WORD = re.compile(r"[^\W\d]\w*|\?")
SIGN = re.compile(r"\*\*|\.\.|->|<=|>=|!=|.", re.DOTALL)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
PLAIN = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class FeelInvalid(Exception):
    """A text that is not FEEL: a sentence, and the words of it where reading stopped."""

    def __init__(self, why: str, near: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.near = near


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `kind` is number, text, word, sign, or end."""

    kind: str
    text: str
    start: int


def cut(text: str) -> list[Token]:
    """All tokens of a text, closed by one of kind end; raises FeelInvalid."""
    if len(text) > MAX_LENGTH:
        raise FeelInvalid(N_("表达式太长"))
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        if space := SPACE.match(text, place):
            place = space.end()
            continue
        if len(tokens) >= MAX_TOKENS:
            raise FeelInvalid(N_("表达式太长"))
        token, place = _next(text, place)
        tokens.append(token)
    tokens.append(Token("end", "", len(text)))
    return tokens


def _next(text: str, place: int) -> tuple[Token, int]:
    if found := NUMBER.match(text, place):
        return Token("number", found[0], place), found.end()
    if found := TEXT.match(text, place):
        return Token("text", _unescaped(found[1]), place), found.end()
    if text[place] == '"':
        raise FeelInvalid(N_("引号没有成对"), text[place : place + 20])
    if found := WORD.match(text, place):
        return Token("word", unicodedata.normalize("NFC", found[0]), place), found.end()
    found = SIGN.match(text, place)
    assert found  # any character is a sign
    return Token("sign", found[0], place), found.end()


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    written = ESCAPE.sub(_plain, text)
    try:  # two escapes may stand for the halves of one character
        return written.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise FeelInvalid(N_("转义字符不对"), text[:20]) from None


def _plain(found: re.Match[str]) -> str:
    four, six, one = found.groups()
    code = int(four or six or "0", 16)
    if code > 0x10FFFF:
        raise FeelInvalid(N_("转义字符不对"), found[0])
    return chr(code) if four or six else PLAIN.get(one, found[0])
