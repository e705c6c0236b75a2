"""What a file is, is read from its bytes; what a browser could run comes in under no name."""

import pytest

from server.media import FileActive, FileEmpty, KindNotTaken, kind_of, name_of, text_of
from tests.files import DOCX, HTML, JPEG, PDF, PNG, SVG, TEXT, WEBP, XLSX, archive
from workflows.actions.files import UNFIT

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp"),
        (TEXT, "text/plain"), ("现场照片".encode("gb18030"), "text/plain"),
        (DOCX, f"{OFFICE}wordprocessingml.document"), (XLSX, f"{OFFICE}spreadsheetml.sheet"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_it_is_whatever_the_name(data: bytes, kind: str) -> None:
    for name in ("a.exe", "a.png", "a.pdf", ""):
        assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    "data",
    [
        HTML, SVG, b"  \n" + SVG, b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", b"<p>hello",
        b"hello <script>alert(1)</script>", "﻿<!doctype html>".encode(),
        PDF[:9] + b"<script>alert(1)</script>" + PDF[9:], PNG + HTML, JPEG + SVG,
        PDF + archive("META-INF/MANIFEST.MF"), JPEG + archive("a.class"), PNG + archive("x.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml", "word/chunk.html"),
    ],
)  # fmt: skip
def test_what_could_be_run_is_refused_wherever_it_hides(data: bytes) -> None:
    with pytest.raises(FileActive, match="照片"):
        kind_of(data, "照片.png")


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00", b"\x7fELF\x02", b"GIF89a\x01\x00\x01\x00", "<html>".encode("utf-16"),
        archive("a.txt"), archive("[Content_Types].xml"), DOCX[:60], b"PK\x03\x04" + b"\xff" * 99,
        archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
        b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WAVE", b"a\x00b", b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_any_other_kind_is_refused(data: bytes) -> None:
    with pytest.raises(KindNotTaken):
        kind_of(data, "x.pdf")


def test_nothing_is_no_file() -> None:
    with pytest.raises(FileEmpty):
        kind_of(b"", "x.pdf")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("现场照片.PDF", "现场照片.PDF"), ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\图.pdf", "图.pdf"), ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
        ("evil.html", "evil.html.pdf"), ("\u202efdp.exe", "fdp.exe.pdf"), ("", "附件.pdf"),
        ("..", "附件.pdf"), (".pdf", "pdf.pdf"), ('a"b<c>.pdf', "a_b_c_.pdf"), ("a.pdf ", "a.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_kept_where_it_is_one(given: str, kept: str) -> None:
    assert name_of(given, "application/pdf") == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = name_of("长" * 500 + ".jpeg", "image/jpeg")
    assert len(name) == 120
    assert name.endswith((".jpg", ".jpeg"))
    assert not UNFIT.search(name)


def test_text_is_read_in_both_encodings_and_nothing_else_is_text() -> None:
    assert text_of("窗口".encode()) == text_of("窗口".encode("gb18030")) == "窗口"
    assert text_of(b"\x00\x01") is None
