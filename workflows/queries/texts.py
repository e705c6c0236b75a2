"""Cases by the words in them, however many cases there are.

The rarest of the characters and pairs that are looked for leads to the texts that may hold the
words; those that do hold them lead to their cases.  What is everywhere is not gone through to
the end: only the latest cases are wanted.
"""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from workflows.models import Case, LookupGram, LookupText, LookupUse
from workflows.models.lookup import folded, gram

#: More than anyone goes through; whoever looks for one of them says more about it.
MOST = 1000
#: So many texts are compared, and so many uses of them sorted, at most.
TEXTS = 1000
USES = 5000
#: Texts that are used everywhere are each asked for their latest cases; so many of them.
EVERYWHERE = 30
#: The latest cases are looked at themselves: nobody has read their history yet.
LATEST = 100
#: So many characters and pairs are weighed to find the rarest.
WEIGHED = 12


def cases_with(session: Session, words: str) -> list[int]:
    """The cases in which these words occur, the latest first; at most a thousand."""
    wanted = folded(words)
    if not wanted:
        return []
    found = set(_used(session, _texts(session, wanted)))
    latest = select(Case.id, Case.applicant, Case.title).order_by(Case.id.desc()).limit(LATEST)
    for key, applicant, title in session.execute(latest):
        if wanted in folded(applicant) or wanted in folded(title):
            found.add(key)
    return sorted(found, reverse=True)[:MOST]


def _texts(session: Session, wanted: str) -> list[tuple[int, int]]:
    """The texts that hold the words, each with its number of uses; the fewest first."""
    rarest = _rarest(session, wanted)
    held = (
        select(LookupGram.text_id)
        .where(LookupGram.gram == rarest)
        .order_by(LookupGram.text_id.desc())
        .limit(TEXTS)
        .subquery()
    )
    query = (
        select(LookupText.id, LookupText.uses)
        .where(
            LookupText.id.in_(select(held.c.text_id)),
            LookupText.text.contains(wanted, autoescape=True),
        )
        .order_by(LookupText.uses)
    )
    return [(key, uses) for key, uses in session.execute(query)]


def _rarest(session: Session, wanted: str) -> int:
    """The pair (or the one character) that leads to the fewest texts."""
    pieces = [wanted[at : at + 2] for at in range(len(wanted) - 1)] or [wanted]
    step = max(1, len(pieces) // WEIGHED)
    weights = [(_weight(session, gram(piece)), gram(piece)) for piece in pieces[::step]]
    return min(weights)[1]


def _weight(session: Session, piece: int) -> int:
    some = select(LookupGram.text_id).where(LookupGram.gram == piece).limit(TEXTS).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _used(session: Session, texts: Sequence[tuple[int, int]]) -> list[int]:
    """The latest cases that use these texts."""
    few: list[int] = []
    many: list[int] = []
    total = 0
    for key, uses in texts:
        total += uses
        (few if total <= USES else many).append(key)
    queries: list[Select[int]] = []
    if few:
        queries.append(select(LookupUse.case_id).where(LookupUse.text_id.in_(few)))
    queries += [
        select(LookupUse.case_id).where(LookupUse.text_id == key) for key in many[-EVERYWHERE:]
    ]
    if not queries:
        return []
    latest = [query.order_by(LookupUse.case_id.desc()).limit(MOST).subquery() for query in queries]
    return list(session.scalars(union_all(*(select(one.c.case_id) for one in latest))))
