"""Taking in a file that somebody sends: what it is, and its bytes into the store."""

from typing import Any

from werkzeug.datastructures import FileStorage

from server.context import services
from server.media import FileTooLarge, clean, kind_of, name_of
from server.store import Store

MB = 1024 * 1024


def size_words(size: int) -> str:
    """A number of bytes as people say it."""
    return f"{size / MB:.1f} MB" if size >= MB else f"{max(1, round(size / 1024))} KB"


def store() -> Store:
    """The files of this hall."""
    return Store(services().settings.attachments)


def take(sent: FileStorage) -> dict[str, Any]:
    """Put the bytes of an upload into the store; what is known of them."""
    given = sent.filename or ""
    shown = clean(given)
    most = services().settings.attachment_mb
    data = sent.stream.read(most * MB + 1)
    if len(data) > most * MB:
        raise FileTooLarge(name=shown, most=most)
    kind = kind_of(data, shown)
    facts = {"name": name_of(given, kind), "media_type": kind, "size": len(data)}
    return {**facts, "sha256": store().put(data)}
