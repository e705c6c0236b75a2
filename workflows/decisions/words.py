"""The names that are known at a place of an expression; names may be several words long."""

from collections.abc import Iterable

from workflows.decisions.lexing import FeelInvalid, Token, cut
from workflows.errors import N_

Spelling = tuple[str, ...]
#: Signs that a name may hold between its words.
NAME_SIGNS = frozenset("./-'+*")
#: Signs of Chinese typing, which FEEL does not know.
WIDE = frozenset("“”‘’「」，、；：。（）【】｛｝＜＞＝＋－＊／≥≤≠《》？")
#: The most tokens a name may have.
MAX_TOKENS = 40


def spelling(name: str) -> Spelling:
    """The tokens a name is written with: ``批准/退回 意见`` has four; empty when it has none."""
    try:
        return tuple(token.text for token in cut(name)[:-1])
    except FeelInvalid:
        return ()


def plain(name: str) -> str:
    """A name with every run of spaces as one."""
    return " ".join(name.split())


class Words:
    """Known names, of which the longest that fits is found."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[Spelling, str] = {}
        self._lengths: dict[str, list[int]] = {}  # by first token, the longest first
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know a name from here on."""
        spelled = spelling(name)
        if not 0 < len(spelled) <= MAX_TOKENS:
            return
        self._names[spelled] = plain(name)
        lengths = self._lengths.setdefault(spelled[0], [])
        if len(spelled) not in lengths:
            lengths.append(len(spelled))
            lengths.sort(reverse=True)

    def longest(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """The longest known name that stands at a token, and how many tokens it takes."""
        if tokens[at].kind != "word":
            return None
        for length in self._lengths.get(tokens[at].text, ()):
            heard = tokens[at : at + length]
            name = self._names.get(tuple(token.text for token in heard))
            if name is not None and all(token.kind != "text" for token in heard):
                return name, length
        return None


def _in_a_name(token: Token) -> bool:
    return token.kind in ("word", "number") or (token.kind == "sign" and token.text in NAME_SIGNS)


class Cursor:
    """A place in a text that moves on token by token, and the names that are known there.

    ``known`` are the variables there are, ``members`` names that parts of values may have.
    ``reads`` collects the variables the text asks for.
    """

    def __init__(self, text: str, known: Words, members: Words) -> None:
        self.text = text
        self.tokens = cut(text)
        self.at = 0
        self.known = known
        self.members = members
        self.inner: list[Words] = []
        self.reads: set[str] = set()
        self.in_filter = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def sees(self, *texts: str) -> bool:
        """Whether the next tokens are these signs or words."""
        for at, text in enumerate(texts, self.at):
            token = self.tokens[at]
            if token.text != text or token.kind == "text":
                return False
        return True

    def take(self, *texts: str) -> bool:
        """Move on over these tokens, if they come next."""
        if not self.sees(*texts):
            return False
        self.at += len(texts)
        return True

    def need(self, text: str) -> None:
        """Move on over a token that must come next; raises FeelInvalid."""
        if not self.take(text):
            raise self.unexpected()

    def unexpected(self) -> FeelInvalid:
        """What is to be said of a token that fits nowhere."""
        if self.now.kind == "end":
            return FeelInvalid(N_("没有写完"))
        if self.now.text in WIDE:
            return FeelInvalid(N_("符号要用英文的（半角），如 >= 和 , 和直引号"), self.now.text)
        return FeelInvalid(N_("这里不合语法"), self.text[self.now.start : self.now.start + 20])

    def label(self, end: str) -> str | None:
        """A name with a sign after it, such as ``年龄 :``; nothing is taken when there is none."""
        at = self.at
        if self.now.kind == "text" and self.tokens[at + 1].text == end:
            self.at += 2
            return plain(self.tokens[at].text)
        while self.tokens[at].text != end and _in_a_name(self.tokens[at]):
            at += 1
        if at == self.at or self.tokens[at].text != end or self.now.kind != "word":
            return None
        name = self.text[self.now.start : self.tokens[at].start]
        self.at = at + 1
        return plain(name)

    def name(self) -> tuple[str, int, bool] | None:
        """The longest name known here, its tokens, and whether it is a variable of the file.

        Inside a filter the members of what is filtered are names, too.
        """
        soft = [self.members] if self.in_filter else []
        groups = [*reversed(self.inner), self.known, *soft]
        found = [(group, group.longest(self.tokens, self.at)) for group in groups]
        best = max((one[1] for _, one in found if one), default=0)
        for group, one in found:
            if one and one[1] == best:
                return *one, group is self.known
        return None

    def member(self) -> str:
        """The name of a member after a dot; raises FeelInvalid."""
        name, length = self.members.longest(self.tokens, self.at) or (self.now.text, 1)
        if self.now.kind != "word":
            raise self.unexpected()
        self.at += length
        return name

    def bind(self, names: list[str]) -> None:
        """Know more names until they are given up again with ``inner.pop()``."""
        self.inner.append(Words(names))
