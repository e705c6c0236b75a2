"""A process as one file (流程包): its files in a .zip, with a slip that says what they are.

It comes from outside, so nothing in it is believed: not how large it says it is, not its names,
not its encoding.  Whatever is wrong is refused by the name of the file, before anything is kept.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.drawing.bundle import (
    DIAGRAM,
    FILES,
    LENGTH,
    NAME,
    Bundle,
    FileUnreadable,
    check_name,
    from_files,
)
from workflows.errors import N_, WorkflowError

SLIP = "manifest.json"
FORMAT = "lianban-process/1"
#: Of the files of one process when they are unpacked, in bytes: far more than any has.
UNPACKED = 24_000_000
#: How files may be packed: others are slow, or take what memory they like.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ParcelInvalid(WorkflowError):
    """A file that is no bundle of a process, or holds something no process has."""

    sentence = N_("流程包里的 %(file)s 有问题：%(why)s")


TOO_LARGE = N_("解开后太大")
NOT_A_ZIP = N_("不是 .zip 压缩包，或者已损坏")
LOCKED = N_("加了密码")
TWICE = N_("同名文件有两个")
TOO_MANY = N_("文件太多")
NO_PATHS = N_("只能是流程的文件，不能带文件夹或别的名字")
NOT_UTF8 = N_("不是 UTF-8 文字")
NO_SLIP = N_("没有流程包说明，或者写法不对")
OTHER_CONTENT = N_("指纹与内容不符，文件被改过或不完整")
NO_DIAGRAM = N_("没有这个流程的流程图")


@dataclass(frozen=True)
class Parcel:
    """A process on its way: its name where it comes from, its version there, and its files."""

    process: str
    version: int | None
    bundle: Bundle


def pack(parcel: Parcel, at: datetime) -> bytes:
    """The bundle as a .zip; the same content at the same instant gives the same bytes."""
    slip = {
        "format": FORMAT,
        "process": parcel.process,
        "version": parcel.version,
        "sha256": parcel.bundle.fingerprint(),
        "at": at.isoformat(timespec="seconds"),
    }
    files = {SLIP: json.dumps(slip, ensure_ascii=False, indent=2) + "\n", **parcel.bundle.files()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(content: bytes, name: str) -> Parcel:
    """What a .zip holds; raises ParcelInvalid or FileUnreadable naming the file that is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = _texts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise ParcelInvalid(file=name[:80], why=NOT_A_ZIP) from None
    slip = _slip(texts.pop(SLIP, ""))
    bundle = from_files(texts)
    if bundle.fingerprint() != slip["sha256"]:
        raise ParcelInvalid(file=SLIP, why=OTHER_CONTENT)
    if f"{slip['process']}{DIAGRAM}" not in bundle.sources:
        raise ParcelInvalid(file=f"{slip['process']}{DIAGRAM}", why=NO_DIAGRAM)
    return Parcel(slip["process"], slip["version"], bundle)


def _texts(archive: zipfile.ZipFile) -> dict[str, str]:
    entries = archive.infolist()
    if len(entries) > FILES:
        raise ParcelInvalid(file=str(len(entries)), why=TOO_MANY)
    texts: dict[str, str] = {}
    left = UNPACKED
    for entry in entries:
        _check(entry, texts)
        content = _read(archive, entry, left)
        left -= len(content)
        try:
            texts[entry.filename] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ParcelInvalid(file=entry.filename, why=NOT_UTF8) from None
        if len(texts[entry.filename]) > LENGTH:
            raise ParcelInvalid(file=entry.filename, why=TOO_LARGE)
    return texts


def _check(entry: zipfile.ZipInfo, there: Mapping[str, str]) -> None:
    """Refuse an entry by its name before anything of it is unpacked."""
    shown = entry.filename[:80]
    if entry.flag_bits & 0x1:
        raise ParcelInvalid(file=shown, why=LOCKED)
    if entry.compress_type not in METHODS:
        raise ParcelInvalid(file=shown, why=NOT_A_ZIP)
    if entry.filename in there:
        raise ParcelInvalid(file=shown, why=TWICE)
    if entry.filename != SLIP:
        try:
            check_name(entry.filename)
        except FileUnreadable:
            raise ParcelInvalid(file=shown, why=NO_PATHS) from None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """What an entry holds, and never more than may still come, whatever its header says."""
    try:
        with archive.open(entry) as file:
            content = file.read(left + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as broken:
        raise ParcelInvalid(file=entry.filename[:80], why=NOT_A_ZIP) from broken
    if len(content) > left:
        raise ParcelInvalid(file=entry.filename[:80], why=TOO_LARGE)
    return content


def _slip(text: str) -> dict[str, Any]:
    try:
        slip = json.loads(text)
    except (ValueError, RecursionError):
        slip = None
    if not isinstance(slip, dict) or slip.get("format") != FORMAT or not _is_whole(slip):
        raise ParcelInvalid(file=SLIP, why=NO_SLIP)
    return slip


def _is_whole(slip: Mapping[str, Any]) -> bool:
    process, version = slip.get("process"), slip.get("version")
    named = isinstance(process, str) and NAME.fullmatch(process) is not None
    numbered = version is None or (isinstance(version, int) and not isinstance(version, bool))
    return named and numbered and isinstance(slip.get("sha256"), str)


def under(parcel: Parcel, process: str) -> Bundle:
    """The bundle as another process: its own diagram, and the process in it, get that name."""
    if process == parcel.process:
        return parcel.bundle
    own, new = f"{parcel.process}{DIAGRAM}", f"{process}{DIAGRAM}"
    if new in parcel.bundle.sources:
        raise ParcelInvalid(file=new, why=TWICE)
    named = re.compile(
        rf"(\s(?:id|bpmnElement|processRef)\s*=\s*)([\"']){re.escape(parcel.process)}\2"
    )
    sources = {
        new if name == own else name: named.sub(rf"\g<1>\g<2>{process}\g<2>", text)
        if name == own
        else text
        for name, text in parcel.bundle.sources.items()
    }
    return Bundle(sources, parcel.bundle.catalogue, parcel.bundle.forms, parcel.bundle.others)
