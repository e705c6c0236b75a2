"""Take in a material besides a supplement (补交材料): one that was promised, or another version.

容缺: what was accepted for later comes within the promised time.  Before acceptance what is wrong
may be put right on the spot (行政许可法 §32); afterwards a document that has run out, or was
corrected, is replaced: the departments that work with it hear of it, the earlier version stays.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.deferral import keep_promise
from workflows.actions.materials import (
    Handed,
    MaterialUnknown,
    NothingHandedIn,
    hand_in,
    tell_of_versions,
)
from workflows.models import Case


@dataclass(frozen=True)
class HandIn(CaseAction):
    materials: list[str] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)
    reuse: dict[str, int] = field(default_factory=dict)

    name = "hand_in"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        rows = {row.code: row for row in case.materials if not row.fetched}
        handed = Handed(self.materials, self.dates, self.reuse)
        if not handed.all:
            raise NothingHandedIn
        for code in handed.all:
            if code not in rows:
                raise MaterialUnknown(code=code)
            keep_promise(case, rows[code], ctx)
        facts = hand_in(case, rows, handed, ctx)
        tell_of_versions(case, [rows[code] for code in handed.all], ctx)
        return facts | {"versions": {code: rows[code].version for code in handed.all}}
