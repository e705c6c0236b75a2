"""Every setting, with its default and what it is for."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Read once at the start from the environment: ``LIANBAN_`` and the name in capitals."""

    #: Where the data is: SQLite in one file, or postgresql+psycopg://user@host/name.
    database_url: str = f"sqlite:///{ROOT / 'var' / 'lianban.db'}"
    #: The folder of the secret key, beside the SQLite file by default.
    var_folder: Path = ROOT / "var"
    #: The folder of the shipped processes.
    bpmn_folder: Path = ROOT / "bpmn"
    #: A folder with calendars of the region, if it has its own.
    calendar_folder: Path | None = None
    #: Division code (区划) of the hall: the first six digits of every case number.
    hall: str = "330700"
    #: Of an attachment, in MB.
    attachment_mb: int = 20
    #: Whether people reach the site by https; only a site on the own machine goes without.
    https: bool = True
    #: Whether this is the demonstration hall: the sign-in page lists its accounts.
    demo: bool = False

    @property
    def attachments(self) -> Path:
        """The folder of the files that were attached to cases."""
        return self.var_folder / "attachments"

    @classmethod
    def from_env(cls) -> "Settings":
        """The settings of this process."""
        found = os.environ
        default = cls()
        folder = found.get("LIANBAN_CALENDAR_FOLDER")
        return cls(
            database_url=found.get("LIANBAN_DATABASE_URL", default.database_url),
            var_folder=Path(found.get("LIANBAN_VAR_FOLDER", default.var_folder)),
            bpmn_folder=Path(found.get("LIANBAN_BPMN_FOLDER", default.bpmn_folder)),
            calendar_folder=Path(folder) if folder else None,
            hall=found.get("LIANBAN_HALL", default.hall),
            attachment_mb=int(found.get("LIANBAN_ATTACHMENT_MB", default.attachment_mb)),
            https=found.get("LIANBAN_HTTPS", "1") != "0",
            demo=found.get("LIANBAN_DEMO", "0") == "1",
        )
