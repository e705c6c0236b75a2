"""The forms of a published version, each read once: what is published never changes."""

from server.form_fields import Form
from server.form_schema import parse
from server.forms import PLAIN
from workflows.catalogue.published import published
from workflows.models import ProcessVersion

#: Enough for every form of a few hundred versions; then it begins anew.
MOST = 2000

_read: dict[tuple[str, str], Form] = {}


def form_of(version: ProcessVersion, name: str | None = "application") -> Form:
    """A form by its name, the application unless said; an opinion where a step has no form."""
    key = (version.sha256, name or "")
    if key not in _read:
        if len(_read) >= MOST:
            _read.clear()
        _read[key] = parse(published(version).forms.get(key[1], PLAIN))
    return _read[key]
