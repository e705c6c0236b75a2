"""A template is set or refused: in time, with file and line, and from nothing but its own files."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.documents.reading import pages_of, text_of
from workflows.documents import setting
from workflows.documents.faults import Fault
from workflows.documents.fonts import prints_chinese
from workflows.documents.setting import (
    Copy,
    DocumentInvalid,
    DocumentsBusy,
    check,
    preview,
    print_pdf,
)

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
STOPS = "#range(1000000000)"


def copy(text: str, data: Mapping[str, Any] | None = None, **parts: str) -> Copy:
    files = {"it.typ": text, **{f"{name}.typ": part for name, part in parts.items()}}
    return Copy("it.typ", files, data or {}, AT)


def fault(text: str, **parts: str) -> Fault:
    """The first thing that is wrong with a template."""
    with pytest.raises(DocumentInvalid) as refused:
        print_pdf(copy(text, None, **parts))
    return refused.value.faults[0]


def test_a_document_is_a_pdf_for_keeping_and_the_same_copy_is_the_same_file() -> None:
    asked = copy("#let data = json(bytes(sys.inputs.data))\n#data.name", {"name": "金味“餐饮”"})
    pdf = print_pdf(asked)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert "金味“餐饮”" in "".join(text_of(pdf).split())
    setting._pdf.cache_clear()
    assert print_pdf(asked) == pdf
    printed = preview(asked)
    assert len(printed.pages) == 1
    assert printed.pages[0].startswith(b"\x89PNG")


def test_data_is_data_whatever_it_says() -> None:
    hostile = '#panic("x") \\#read("it.typ") $x$ *b* // @preview/a:1.0.0 "]) ${'
    pdf = print_pdf(copy("#json(bytes(sys.inputs.data)).name", {"name": hostile}))
    assert hostile.replace(" ", "") in text_of(pdf).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "line", "sentence", "word"),
    [
        ("好\n\n#foo", 3, "没有叫“%(word)s”的名字", "foo"),
        ("#let d = (a: 1)\n#d.b", 2, "数据里没有“%(word)s”这一项", "b"),
        ("#let d = none\n#d.b", 2, "前面的值是 none", ""),
        ("\n#let a = (1,\n  2", 2, "括号、引号或 * _ 没有成对", ""),
        ("#let a = 1 +", 1, "这里写得不完整", ""),
        ('#("a" + 1)', 1, "两边的值不是一类", ""),
        ("#strong(1)", 1, "这里的值不是所要的那一类", ""),
        ('\n#panic("停")', 2, "模板自己停了下来", "停"),
        ('#import "there.typ": *\n#two', 2, "没有叫“%(word)s”的名字", "two"),
        ('#import "absent.typ": *', 1, "没有这个文件", ""),
        ("\U000f0000", 1, "没有字体可以印出“%(word)s”", "\\u{f0000}"),
    ],
)
def test_a_fault_is_told_with_its_line_in_a_sentence(
    text: str, line: int, sentence: str, word: str
) -> None:
    found = fault(text, there="#let one = 1")
    assert (found.file, found.line, found.word) == ("it.typ", line, word)
    assert sentence in found.sentence
    assert found.said


def test_a_fault_in_a_part_is_told_there() -> None:
    found = fault('#import "part.typ": *\n#two()', part="\n\n#let two() = three")
    assert (found.file, found.line, found.word) == ("part.typ", 3, "three")


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        '#read("/proc/self/environ")',
        '#image("/etc/passwd")',
        '#import "@preview/cetz:0.3.0": *',
        '#let name = "@" + "local/a:1.0.0"\n#import name: *',
        '#include "main.typ"',
        "#let n = 1\n#while n > 0 { n += 1 }",
        "#let f(n) = f(n + 1)\n#f(1)",
        "#for i in range(100000) { pagebreak() }",
        "#pagebreak()\n" * 60,
        "#set page(width: 200000pt, height: 200000pt)\nx",
        STOPS,
        '#let s = "x"\n#for i in range(40) { s = s + s }',
        "#let f(n, m) = if n < 1 { m } else { f(n - 1, 2 * m) + f(n - 1, 2 * m + 1) }\n#f(40, 1)",
    ],
)
def test_a_hostile_template_is_refused_in_time(text: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        preview(copy(text))
    assert refused.value.faults[0].file == "it.typ"
    assert "root:" not in str([vars(one) for one in refused.value.faults])


def test_whoever_sets_a_document_opens_no_connection() -> None:
    program = (
        "from workflows.documents.offline import go_offline; go_offline()\n"
        "import socket\n"
        "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        "    try: socket.socket(family)\n"
        "    except PermissionError: print('refused')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.split() == [b"refused"] * 3


def test_what_was_checked_is_not_set_again_and_one_that_is_stopped_hides_those_behind() -> None:
    good, bad, last = copy("一"), copy(STOPS), copy("#y")
    assert check([good]) == []
    assert len(setting._checked) >= 1
    found = check([good, bad, last])
    assert [one.sentence[:6] for one in found] == ["排版超过了允"]
    assert check([good, last])[0].word == "y"


def test_the_hall_goes_on_working_while_many_are_being_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setting, "PATIENCE_SECONDS", 0.01)
    for _ in range(setting.MOST):
        setting._turns.acquire()
    try:
        with pytest.raises(DocumentsBusy):
            preview(copy("好"))
    finally:
        for _ in range(setting.MOST):
            setting._turns.release()
    assert len(preview(copy("好")).pages) == 1


def test_a_machine_without_a_chinese_font_is_told_so_and_prints_no_boxes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert prints_chinese()
    bare = (
        "import typst, workflows.documents.press as press\n"
        "press.fonts = lambda: typst.Fonts(include_system_fonts=False)\npress.main()"
    )
    command = [sys.executable, "-c", bare]
    monkeypatch.setattr(setting, "PRESS", command)
    setting._pdf.cache_clear()
    assert not prints_chinese()
    found = fault("\n许可")
    assert (found.line, found.word) == (2, "许")
    assert "安装" in found.sentence
    setting._pdf.cache_clear()


def test_pages_are_counted() -> None:
    assert pages_of(print_pdf(copy("#pagebreak()\n#pagebreak()"))) == 3
