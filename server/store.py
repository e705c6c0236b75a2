"""Where the bytes of attachments are: in the folder of the data, each once, under its SHA-256.

A file is written under a temporary name and then given its own, before the transaction that
refers to it: what is left behind by one that fails harms nobody, and can be removed.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: An upload takes less: what is younger may be about to be referred to.
YOUNG = timedelta(days=1)


class Store:
    """Files by the SHA-256 of their content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """The place of a content."""
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep a content; returns its SHA-256.  It may be there already, or be coming as well."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_name(f"{sha256}.{secrets.token_hex(8)}.new")
        with written.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with self._alone():
            os.replace(written, path)
        return sha256

    def sweep(self, known: Container[str], now: datetime) -> int:
        """Remove what nothing refers to and is older than a day; returns how many files."""
        removed = 0
        for path in sorted(self.folder.glob("??/*")):
            if path.name in known:
                continue
            with self._alone():
                if path.exists() and now - _changed(path) > YOUNG:
                    path.unlink()
                    removed += 1
        return removed

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else puts a file in its place, or removes one, meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / ".turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
