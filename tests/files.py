"""Small files of every kind that may be attached, and of some that may not."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from workflows.actions.attach import Attach

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 13
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 24
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
TEXT = "现场照片见附件。\n第二行".encode()
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive(*parts: str) -> bytes:
    """An archive with these parts, the same bytes whenever it is made."""
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(ZipInfo(part), "x")
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")


def attach(name: str = "现场.pdf", **more: Any) -> Attach:
    """An action with a file that nobody has stored."""
    facts: dict[str, Any] = {"media_type": "application/pdf", "size": 5, "sha256": "0a" * 32}
    return Attach(name, **{**facts, **more})
