"""Take a list out of the system as a sheet (导出): who took which rows with them stays known.

What leaves is no longer under anybody's eyes here, so the record says which list it was, how it
was narrowed and how many rows there were; the rows themselves stand in their cases.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, OrganisationAction
from workflows.actions.named import plain
from workflows.models import Organisation

#: Characters of the words that a list was narrowed by.
LONGEST = 2000


@dataclass(frozen=True)
class ExportList(OrganisationAction):
    """``narrowed`` is the filter and the columns as they stood in the address."""

    title: str
    narrowed: str
    rows: int

    name = "export_list"

    def apply(self, organisation: Organisation, ctx: Context) -> dict[str, Any]:
        return {
            "list": plain(self.title, LONGEST),
            "narrowed": plain(self.narrowed, LONGEST),
            "rows": self.rows,
        }
