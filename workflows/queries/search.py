"""Cases by what is said in them, and by everything else that they are filtered by."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflows.models import Case, CaseItem
from workflows.queries.calendars import Calendars
from workflows.queries.filters import EVERYTHING, FIRST, Filter, Part, drivers, of_cases
from workflows.queries.queues import CaseRow, case_rows
from workflows.queries.texts import MOST, cases_with

#: So many digits and nothing else are the beginning of a number, and not a part of a name.
DIGITS = 6
#: Of a case number.
LENGTH = 21
#: What leaves so few cases is gone through to the end; else the latest are looked through.
FEW = 10_000
LOOKED_AT = 20_000


@dataclass(frozen=True)
class Found:
    """The latest cases that were found, at most a thousand; and whether there may be more."""

    ids: list[int]
    more: bool = False


def find_case(session: Session, number: str) -> Case | None:
    """The case of this number."""
    return session.scalar(select(Case).where(Case.number == number))


def find_by_code(session: Session, code: str) -> Case | None:
    """The case of this query code; None also when two cases have the same."""
    found = session.scalars(select(Case).where(Case.query_code == code).limit(2)).all()
    return found[0] if len(found) == 1 else None


def search(
    session: Session, now: datetime, calendars: Calendars, part: Part = FIRST
) -> tuple[list[CaseRow], Found]:  # fmt: skip
    """The latest cases for which a filter holds.

    Words are the beginning of a case or a licence number, the whole number of an applicant, or
    occur in a name, a title, an opinion or a searchable answer.
    """
    found = search_ids(session, part.wanted)
    shown = found.ids[part.start : part.start + part.size]
    cases = session.scalars(select(Case).where(Case.id.in_(shown)).order_by(Case.id.desc()))
    return case_rows(session, list(cases), now, calendars), found


def search_ids(session: Session, wanted: Filter) -> Found:
    """The keys of the latest cases for which a filter holds."""
    rest = replace(wanted, words="")
    query = select(Case.id).where(*of_cases(rest)).order_by(Case.id.desc()).limit(MOST)
    if not wanted.words:
        return _filtered(session, query, rest)
    ids = _with_words(session, wanted.words)
    if rest == EVERYTHING or not ids:
        return Found(ids, more=len(ids) == MOST)
    narrowed = list(session.scalars(query.where(Case.id.in_(ids))))
    return Found(narrowed, more=len(ids) == MOST)


def _filtered(session: Session, query: Select[int], wanted: Filter) -> Found:
    """By conditions alone: what leaves the fewest cases leads to the others."""
    known = drivers(wanted)
    if len(known) == 1 and wanted.case_state and wanted == Filter(case_state=wanted.case_state):
        ids = list(session.scalars(query))
        return Found(ids, more=len(ids) == MOST)
    weights = [(_weight(session, driver), at) for at, driver in enumerate(known)]
    if weights and min(weights)[0] <= FEW:
        best = known[min(weights)[1]]
        # not by the order of the keys: that would go through all cases to find these few
        few = query.order_by(None).order_by((Case.id + 0).desc())
        ids = list(session.scalars(few.where(Case.id.in_(best))))
        return Found(ids, more=len(ids) == MOST)
    latest = (session.scalar(select(func.max(Case.id))) or 0) - LOOKED_AT
    ids = list(session.scalars(query.where(Case.id > latest)))
    return Found(ids, more=len(ids) == MOST or latest > 0)


def _weight(session: Session, driver: Any) -> int:
    some = driver.limit(FEW + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _with_words(session: Session, words: str) -> list[int]:
    """The latest cases that these words lead to."""
    numbers = [
        select(Case.id).where(Case.applicant_number == words),
        select(CaseItem.case_id).where(CaseItem.document_number.between(words, words + END)),
    ]
    if words.isdecimal():
        numbers.append(select(Case.id).where(Case.number.between(words, words.ljust(LENGTH, "9"))))
    found: set[int] = set()
    for query in numbers:
        (key,) = query.selected_columns
        found.update(session.scalars(query.order_by(key.desc()).limit(MOST)))
    if not words.isdecimal() or len(words) < DIGITS:
        found.update(cases_with(session, words))
    return sorted(found, reverse=True)[:MOST]


#: After every other character.
END = chr(0x10FFFF)
