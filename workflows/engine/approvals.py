"""What ``lb:approval`` says of a user task: whose it is, and how those who sign together decide.

会签 (``all``): everybody is heard, agreed is what all agree to.  或签 (``any``): whoever is first
decides.  票签 (``vote``): agreed when the votes in favour reach the pass mark; over as soon as
that, or the contrary, is certain.  An abstention is a vote that is not in favour.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import ceil

AGREE, DISAGREE, ABSTAIN = "agree", "disagree", "abstain"
#: A pass mark: a share of all votes, or so many of them.
_PASS = re.compile(r"([0-9]{1,4})(%?)")
_SIGNER = re.compile(r"([^:]+)(?::([0-9]{1,4}))?")


class Rule(StrEnum):
    """How several signatures become one conclusion."""

    ALL = "all"
    ANY = "any"
    VOTE = "vote"


@dataclass(frozen=True)
class Signer:
    """A post that signs, and how many votes it has."""

    duty: str
    votes: int = 1


@dataclass(frozen=True)
class Count:
    """How the signatures of a step stand; votes are counted by weight."""

    signed: int
    signers: int
    agree: int
    against: int
    abstained: int
    votes: int
    needed: int
    result: str | None


@dataclass(frozen=True)
class Signing:
    """Who signs a step together, in their order, and by which rule; ``needed`` votes pass."""

    rule: Rule
    signers: tuple[Signer, ...]
    needed: int

    @cached_property
    def votes(self) -> int:
        """All the votes there are."""
        return sum(signer.votes for signer in self.signers)

    def count(self, said: Sequence[str | None]) -> Count:
        """What was said, in the order of the signers; None where nothing was said yet."""
        given = {AGREE: 0, DISAGREE: 0, ABSTAIN: 0}
        for signer, word in zip(self.signers, said, strict=True):
            if word is not None:
                given[word] += signer.votes
        signed = sum(1 for word in said if word is not None)
        agree, against, abstained = given.values()
        figures = (signed, len(said), agree, against, abstained, self.votes, self.needed)
        return Count(*figures, result=self._result(said, agree, against + abstained))

    def _result(self, said: Sequence[str | None], agree: int, lost: int) -> str | None:
        """What is certain by now; None when the next signature may still decide it."""
        if self.rule is Rule.ANY:
            return next(filter(None, said), None)
        if self.rule is Rule.ALL and None in said:
            return None
        if agree >= self.needed:
            return AGREE
        return DISAGREE if self.votes - lost < self.needed else None


@dataclass(frozen=True)
class Approval:
    """Whose a user task is, what it decides, who may not do it; who signs it together."""

    duty: str
    kind: str
    conclusions: tuple[str, ...] = ()
    different_from: str | None = None
    form: str | None = None
    signing: Signing | None = None

    def of_signer(self, place: int) -> "Approval":
        """The part of one of those who sign together, from 1."""
        assert self.signing is not None
        return replace(self, duty=self.signing.signers[place - 1].duty)


def approval_of(attributes: Mapping[str, str]) -> Approval:
    """Read the attributes of one ``lb:approval`` that was checked at publication."""
    return Approval(
        duty=attributes.get("duty", ""),
        kind=attributes["kind"],
        conclusions=tuple(attributes.get("conclusions", "").split()),
        different_from=attributes.get("differentFrom"),
        form=attributes.get("form"),
        signing=_signing_of(attributes) if "signers" in attributes else None,
    )


def _signing_of(attributes: Mapping[str, str]) -> Signing:
    rule, signers = Rule(attributes["rule"]), signers_of(attributes["signers"])
    votes = sum(signer.votes for signer in signers)
    needed = {Rule.ALL: votes, Rule.ANY: 1}.get(rule)
    return Signing(rule, signers, needed or needed_of(attributes.get("pass", ""), votes) or votes)


def signers_of(text: str) -> tuple[Signer, ...]:
    """ "checker approver:2": posts, with their votes where these are not one; ValueError."""
    found = [_SIGNER.fullmatch(word) for word in text.split()]
    pairs = [(one[1], one[2]) for one in found if one is not None]
    if len(pairs) < len(found):
        raise ValueError(text)
    return tuple(Signer(duty, int(votes or 1)) for duty, votes in pairs)


def needed_of(text: str, votes: int) -> int | None:
    """How many of these votes pass at "60%" or "4"; None for a mark that is none of them."""
    mark = _PASS.fullmatch(text)
    if mark is None:
        return None
    figure = int(mark[1])
    needed = ceil(votes * figure / 100) if mark[2] else figure
    return needed if 0 < needed <= votes else None
