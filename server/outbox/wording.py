"""In which words: the templates of templates/notices, in the language of the recipient.

A text message carries the case number and no personal data but a masked name: it lies readable
on a locked screen, and passes through an operator.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.labels import DUTIES
from server.settings import ROOT
from workflows.catalogue.published import published
from workflows.clock import office_time
from workflows.errors import N_
from workflows.models import Case, HistoryEvent, Notice

LIGHTS = {
    "green": N_("提醒"),
    "yellow": N_("预警"),
    "red": N_("超期"),
    "purple": N_("超法定"),
    "grey": N_("停表"),
    "blue": N_("待补正"),
}
#: So much of the name of an item has room in a text message.
ITEM_LENGTH = 14


@dataclass(frozen=True)
class Words:
    """What a recipient reads: as a letter, or in short on a phone."""

    kind: str
    language: str
    known: dict[str, Any]

    @property
    def subject(self) -> str:
        return " ".join(self._block("subject").split())

    def text(self, short: bool) -> str:
        return self._block("short" if short else "text")

    def _block(self, name: str) -> str:
        template = _environment(self.language).get_template(f"{self.kind}.txt")
        context = template.new_context(self.known)
        return "".join(template.blocks[name](context)).strip()


def masked(name: str) -> str:
    """A name that its owner recognises: 王**, 金味**公司."""
    return f"{name[:2]}**{name[-2:]}" if len(name) > 4 else f"{name[:1]}**"


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "server" / "templates" / "notices"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=False,  # plain text: nothing here is shown as a page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(_translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment


@cache
def _translations(language: str) -> NullTranslations:
    return Translations.load(ROOT / "server" / "translations", [language])


def for_staff(notice: Notice, case: Case | None, language: str) -> Words:
    """A notice as the desk would say it, about a case or about the hall."""
    say = _translations(language).gettext
    params = dict(notice.params)
    if case and language == "en" and "what" in params:
        params["what"] = _english(case, notice, params["what"])
    if params.get("duty") in DUTIES:
        params["duty"] = say(DUTIES[params["duty"]])
    sentence = say(notice.sentence)
    known = {
        "number": case.number if case else "",
        "light": say(LIGHTS[notice.level]),
        "sentence": sentence % params if params else sentence,
        "item": str(params.get("what", ""))[:ITEM_LENGTH],
        "card": params.get("card", ""),
        "at": office_time(notice.at).strftime("%Y-%m-%d %H:%M"),
    }
    kind = "card" if notice.card_id is not None else "staff" if case else "hall"
    return Words(kind, language, known)


def _english(case: Case, notice: Notice, what: str) -> str:
    catalogue = published(case.version).catalogue
    item = next((i for i in case.items if notice.item_id == i.id or i.name == what), None)
    return catalogue.item(item.code).name_en if item else catalogue.theme.name_en


def for_applicant(kind: str, event: HistoryEvent, case: Case, language: str) -> Words:
    """A step of the applicant's own case."""
    known = {
        "number": case.number,
        "name": masked(case.applicant),
        "title": case.title,
        "due": str(event.details.get("due_at", ""))[:10],
        "promised": min((event.details.get("promised") or {}).values(), default=""),
        "at": office_time(event.at).strftime("%Y-%m-%d"),
    }
    return Words(kind, language, known)
