"""A template and data in, a PDF out (PDF/A-2b) and pictures of its pages; or its faults, by line.

The compiler runs in a process of its own (`press`), so that no template can hang or kill this
one; and only so many at a time, so that the hall goes on working while somebody tries things.
"""

import hashlib
import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from workflows.documents.faults import Fault, faults_of
from workflows.errors import N_, WorkflowError

#: Whatever is asked for in one go, on a machine with much else to do; the press itself ends sooner.
WALL_SECONDS = 15
#: At the same time, and how long the next one waits for its turn.
MOST, PATIENCE_SECONDS = 2, 4
#: So many results of checks are kept; then it begins anew.
KEPT = 500
#: Where the packages of this program are found.
HOME = Path(__file__).resolve().parents[2]
PRESS = [sys.executable, "-P", "-W", "ignore", "-m", "workflows.documents.press"]
#: So that many processors do not make it look as if much memory were used.
FRUGAL = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2"}
#: Of a picture, in dots an inch: a page is read on a screen.
SCREEN = 96

_turns = BoundedSemaphore(MOST)
_checked: dict[str, tuple[Fault, ...]] = {}


class DocumentInvalid(WorkflowError):
    """A template that cannot be set; `faults` say where and why."""

    sentence = N_("文书模板 %(file)s 有 %(count)s 个问题，排不出来。")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(file=faults[0].file, count=len(faults))
        self.faults = faults


class DocumentsBusy(WorkflowError):
    """Others are being set; whoever asks again gets a turn."""

    sentence = N_("正在排的文书太多，请稍等几秒再试。")


@dataclass(frozen=True)
class Copy:
    """What is to be set: the template's file, everything it may import, the data, the day.

    The same copy is set the same way, byte by byte: ``at`` is the date within the PDF.
    """

    file: str
    files: Mapping[str, str]
    data: Mapping[str, Any]
    at: datetime

    def asked(self, ppi: int = 0) -> str:
        """As the press reads it; by this text results are kept."""
        asked = {
            "files": dict(self.files), "name": self.file, "ppi": ppi,
            "at": int(self.at.timestamp()), "data": json.dumps(self.data, ensure_ascii=False),
        }  # fmt: skip
        return json.dumps(asked, sort_keys=True)


@dataclass(frozen=True)
class Printed:
    """A document: the PDF, and its pages as PNG when they were asked for."""

    pdf: bytes
    pages: tuple[bytes, ...] = ()


def print_pdf(copy: Copy) -> bytes:
    """The document as PDF/A-2b.  Raises DocumentInvalid or DocumentsBusy.

    The last few are kept: a document that is opened twice is set once.
    """
    return _pdf(copy.asked(), copy.file)


@lru_cache(maxsize=32)
def _pdf(asked: str, file: str) -> bytes:
    return _printed(_run([asked])[0], file).pdf


def preview(copy: Copy) -> Printed:
    """The document with pictures of its pages.  Raises DocumentInvalid or DocumentsBusy."""
    return _printed(_run([copy.asked(SCREEN)])[0], copy.file)


def check(copies: Sequence[Copy]) -> list[Fault]:
    """What is wrong with templates, set one after another.  Raises DocumentsBusy.

    When one of them takes too long nothing is said of those after it.
    """
    found: list[Fault] = []
    keys = {_key(asked): (asked, copy.file) for copy in copies if (asked := copy.asked())}
    new = {key: asked for key, asked in keys.items() if key not in _checked}
    results = _run([asked for asked, _file in new.values()]) if new else []
    fresh: dict[str, tuple[Fault, ...]] = {}
    for (key, (_asked, file)), said in zip(new.items(), results, strict=False):
        fresh[key] = () if "pdf" in said else faults_of(said, file)
        if said:
            _keep(key, fresh[key])
    for key in keys:
        found += fresh.get(key, _checked.get(key, ()))
    return found


def _key(asked: str) -> str:
    return hashlib.sha256(asked.encode()).hexdigest()


def _keep(key: str, faults: tuple[Fault, ...]) -> None:
    if len(_checked) >= KEPT:
        _checked.clear()
    _checked[key] = faults


def _printed(said: dict[str, Any], file: str) -> Printed:
    if "pdf" not in said:
        raise DocumentInvalid(faults_of(said, file))
    return Printed(b64decode(said["pdf"]), tuple(map(b64decode, said["pages"])))


@contextmanager
def _turn() -> Iterator[None]:
    """A place at the press; raises DocumentsBusy when none becomes free."""
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise DocumentsBusy
    try:
        yield
    finally:
        _turns.release()


def _run(asked: Sequence[str]) -> list[dict[str, Any]]:
    """What the press says to each; the last is empty when it was stopped there."""
    with _turn():
        said = _press("\n".join(asked).encode())
    whole = said.rpartition(b"\n")[0]  # the last line may have been cut off
    lines = [json.loads(line) for line in whole.splitlines()]
    return lines if len(lines) == len(asked) else [*lines, {}]


def _press(asked: bytes) -> bytes:
    """What the press has said, until it ended or had to."""
    with subprocess.Popen(
        PRESS,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd="/", env={"PYTHONPATH": str(HOME), "PYTHONUTF8": "1", **FRUGAL},
    ) as press:  # fmt: skip
        try:
            return press.communicate(asked, timeout=WALL_SECONDS)[0]
        except subprocess.TimeoutExpired:
            press.kill()
            return press.communicate()[0]
