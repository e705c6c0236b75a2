"""The text of a PDF as our press writes it: what a reader could search for and copy."""

import re
import zlib

OBJECT = re.compile(rb"(?<![\d])(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
#: A font is chosen; or a text is shown, in brackets, with shifts between its parts.
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|(\((?:[^\\()]|\\.)*\))|(?<!<)<([0-9A-Fa-f]+)>|\bET\b", re.DOTALL
)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Everything on its pages, in the order in which it was set; a line a piece."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if b"/Type/Page/" in body]
    return "\n".join(_page(body, objects) for body in pages)


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type/Page/", pdf))


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    resources = objects[_number(rb"/Resources (\d+)", page)]
    fonts = {
        name: _characters(_stream(objects[_number(rb"/ToUnicode (\d+)", objects[int(number)])]))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    known: dict[int, str] = {}
    said = ""
    for font, text, plain in SHOWN.findall(_stream(objects[_number(rb"/Contents (\d+)", page)])):
        if font:
            known = fonts[font]
        elif text or plain:
            codes = bytes.fromhex(plain.decode()) or ESCAPED.sub(_escaped, text[1:-1])
            pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
            said += "".join(known.get(int.from_bytes(pair), "") for pair in pairs)
        else:
            said += "\n"
    return said


def _number(pattern: bytes, body: bytes) -> int:
    found = re.search(pattern, body)
    assert found, pattern
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"FlateDecode" in body[: found.start()] else found[1]


def _characters(cmap: bytes) -> dict[int, str]:
    found = {}
    for code, text in re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*\n", cmap):
        found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def _escaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    return bytes([int(what, 8)]) if what.isdigit() else PLAIN.get(what, what)
