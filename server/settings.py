"""Every setting, with its default and what it is for."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from workflows.errors import N_, WorkflowError

ROOT = Path(__file__).resolve().parent.parent


ENCRYPTIONS = ("none", "starttls", "tls")


class SettingMalformed(WorkflowError):
    """A setting that cannot be read."""

    sentence = N_("设置 %(name)s 的值“%(value)s”无法识别。")


@dataclass(frozen=True)
class Outside:
    """What leaves the system and when.  A channel exists when its first setting is there."""

    #: Mail: the SMTP server, its port, none | starttls | tls, an account if it asks for one.
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_encryption: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = "lianban@localhost"
    #: Webhooks: where they may go (https://im.example, by commas), and the key that signs them.
    webhook_origins: tuple[str, ...] = ()
    webhook_secret: str = ""
    #: Text messages: the folder from which the gateway takes them.
    sms_folder: Path | None = None
    #: How long the other side may take to answer, in seconds.
    timeout: float = 10.0
    #: Evening-morning, and every day that nobody works: only red and purple goes through.
    quiet: str = "20:00-08:00"
    #: For how many days a message that has arrived is kept; `lianban tidy` removes older ones.
    sent_days: int = 90
    #: Light and channels, for those who have not chosen; and the channels for applicants.
    defaults: str = "yellow:mail red:mail,sms purple:mail,sms"
    applicants: tuple[str, ...] = ("sms", "mail")

    @classmethod
    def from_env(cls, found: Mapping[str, str]) -> "Outside":
        """The settings of this process, under ``LIANBAN_`` and the name in capitals."""
        given: dict[str, Any] = {}
        for spec in fields(cls):
            text = found.get(f"LIANBAN_{spec.name.upper()}")
            if text is None:
                continue
            default: Any = spec.default
            if isinstance(default, tuple):
                given[spec.name] = tuple(part.strip() for part in text.split(",") if part.strip())
            elif default is None:
                given[spec.name] = Path(text) if text else None
            else:
                given[spec.name] = _number_or_text(spec.name, type(default), text)
        return cls(**given)

    def __post_init__(self) -> None:
        """Nothing goes out in the clear because a word was misspelled."""
        if self.smtp_encryption not in ENCRYPTIONS:
            raise SettingMalformed(name="smtp_encryption", value=self.smtp_encryption)


def _number_or_text(name: str, kind: type, text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise SettingMalformed(name=name, value=text) from None


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
    #: The file of figures that this place has set for the rules of the watch, if it has its own.
    watch_figures: Path | None = None
    #: Division code (区划) of the hall: the first six digits of every case number.
    hall: str = "330700"
    #: What the hall is called on documents; the leading department of the theme, when it is empty.
    hall_name: str = ""
    #: Where people reach this site from outside (https://…): printed on documents as a code.
    public_address: str = ""
    #: Of an attachment, in MB.
    attachment_mb: int = 20
    #: Whether people reach the site by https; only a site on the own machine goes without.
    https: bool = True
    #: How many servers stand in front that add X-Forwarded-For; each caller then has a limit of
    #: their own.  With fewer there than said here, callers could name themselves.
    proxies: int = 0
    #: Whether this is the demonstration hall: the sign-in page lists its accounts.
    demo: bool = False
    #: Mail, text messages and webhooks; none by default.
    outside: Outside = Outside()

    def __post_init__(self) -> None:
        """A number of servers; none is none."""
        if self.proxies < 0:
            raise SettingMalformed(name="proxies", value=self.proxies)

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
        figures = found.get("LIANBAN_WATCH_FIGURES")
        return cls(
            database_url=found.get("LIANBAN_DATABASE_URL", default.database_url),
            var_folder=Path(found.get("LIANBAN_VAR_FOLDER", default.var_folder)),
            bpmn_folder=Path(found.get("LIANBAN_BPMN_FOLDER", default.bpmn_folder)),
            calendar_folder=Path(folder) if folder else None,
            watch_figures=Path(figures) if figures else None,
            hall=found.get("LIANBAN_HALL", default.hall),
            hall_name=found.get("LIANBAN_HALL_NAME", "").strip(),
            public_address=found.get("LIANBAN_PUBLIC_ADDRESS", "").strip(),
            attachment_mb=int(found.get("LIANBAN_ATTACHMENT_MB", default.attachment_mb)),
            https=found.get("LIANBAN_HTTPS", "1") != "0",
            proxies=_number_or_text("proxies", int, found.get("LIANBAN_PROXIES", "0")),
            demo=found.get("LIANBAN_DEMO", "0") == "1",
            outside=Outside.from_env(found),
        )
