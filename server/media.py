"""What a file is, read from its bytes, and what it is called.

The name and the browser only claim; the first bytes decide.  Whatever a browser could run is
refused, also where it hides behind another kind: markup in the head of a picture, an archive at
the end of a document, macros.
"""

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from workflows.actions.files import UNFIT
from workflows.errors import N_, WorkflowError
from workflows.models.attachment import MEDIA

#: Of a name, with its ending.
LONGEST = 120
#: How far into a file somebody may look for markup to run.
HEAD = 4096
OFFICE = "application/vnd.openxmlformats-officedocument."
#: In an office file: the part that says which kind it is.
PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
}
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed)", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
RESERVED = re.compile(r'[<>:"|?*]')
#: What old Chinese programs write, and what everybody else does.
ENCODINGS = ("utf-8-sig", "gb18030")


class FileMissing(WorkflowError):
    """Nothing was chosen."""

    sentence = N_("请选择要上传的文件。")


class FileEmpty(WorkflowError):
    """A file without a single byte."""

    sentence = N_("“%(name)s”是空文件。")


class FileTooLarge(WorkflowError):
    """Larger than the setting allows."""

    sentence = N_("“%(name)s”过大：最多 %(most)s MB。")


class KindNotTaken(WorkflowError):
    """None of the kinds that may be attached, whatever its name says."""

    sentence = N_("“%(name)s”不是可以接收的类型：PDF、PNG、JPEG、WebP、纯文本、docx、xlsx。")


class FileActive(WorkflowError):
    """Something that a browser or an office program would run."""

    sentence = N_("“%(name)s”含有网页、脚本、宏或夹带的压缩包，不能接收。")


def kind_of(data: bytes, name: str) -> str:
    """The media type of a file. Raises FileEmpty, FileActive, KindNotTaken."""
    if not data:
        raise FileEmpty(name=name)
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    if MARKUP.search(data[:HEAD]):
        raise FileActive(name=name)
    kind = _by_head(data)
    if kind is None:
        if text_of(data) is None:
            raise KindNotTaken(name=name)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise FileActive(name=name)
        return "text/plain"
    if is_zipfile(BytesIO(data)):
        raise FileActive(name=name)
    return kind


def _by_head(data: bytes) -> str | None:
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def _office(data: bytes, name: str) -> str:
    """Which office file it is; its parts are listed and not unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise KindNotTaken(name=name) from None
    if any(part.lower().endswith(("vbaproject.bin", ".htm", ".html", ".exe")) for part in parts):
        raise FileActive(name=name)
    found = [kind for part, kind in PARTS.items() if part in parts]
    if "[Content_Types].xml" not in parts or len(found) != 1:
        raise KindNotTaken(name=name)
    return found[0]


def text_of(data: bytes) -> str | None:
    """What a plain text says; None when it is none."""
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL.search(text) else text
    return None


def clean(given: str) -> str:
    """A name without the folders it comes from, and without what cannot be seen."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/")).rpartition("/")[2]
    return RESERVED.sub("_", UNFIT.sub("", name)).strip(" .")[:LONGEST] or "附件"


def name_of(given: str, kind: str) -> str:
    """A name to keep, with an ending of its kind."""
    name = clean(given)
    endings: Sequence[str] = MEDIA[kind]
    ending = next((one for one in endings if name.lower().endswith(one)), None)
    stem = name[: -len(ending)] if ending else name
    ending = name[-len(ending) :] if ending else endings[0]
    return f"{stem[: LONGEST - len(ending)] or '附件'}{ending}"
