"""流程包: a process travels as one file, and nothing in it is believed."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from server.bundles import read_bundle
from server.cli import main
from server.settings import ROOT
from tests.databases import MONDAY
from tests.doors.people import someone
from tests.drafting import begun, there
from tests.hall import Hall
from workflows.actions.bundle import check_bundle
from workflows.drawing import drafts
from workflows.drawing.parcel import SLIP, Parcel, ParcelInvalid, pack, under, unpack
from workflows.errors import WorkflowError
from workflows.permissions import Role

SHIPPED = Parcel("restaurant", 1, read_bundle(ROOT / "bpmn", "restaurant"))
GOOD = pack(SHIPPED, MONDAY)


def files(content: bytes = GOOD) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(found: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def slip(**other: object) -> bytes:
    return json.dumps({**json.loads(files()[SLIP]), **other}).encode()


def test_what_is_packed_is_unpacked_the_same_and_packed_the_same_again() -> None:
    assert unpack(GOOD, "a.zip") == SHIPPED
    assert pack(unpack(GOOD, "a.zip"), MONDAY) == GOOD


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"PK no", "a.zip"),
    "cut off": (lambda: GOOD[:-40], "a.zip"),
    "nothing": (lambda: zipped({}), SLIP),
    "no slip": (lambda: zipped({k: v for k, v in files().items() if k != SLIP}), SLIP),
    "slip of a list": (lambda: zipped({**files(), SLIP: b"[]"}), SLIP),
    "slip too deep": (lambda: zipped({**files(), SLIP: b"[" * 100_000}), SLIP),
    "other format": (lambda: zipped({**files(), SLIP: slip(format="x/1")}), SLIP),
    "path as process": (lambda: zipped({**files(), SLIP: slip(process="../x")}), SLIP),
    "other content": (lambda: zipped({**files(), "catalogue.yaml": b"theme: 1"}), SLIP),
    "other process": (lambda: zipped({**files(), SLIP: slip(process="cafe")}), "cafe.bpmn"),
    "a path": (lambda: zipped({**files(), "../evil.bpmn": b"<a/>"}), "../evil.bpmn"),
    "a folder": (lambda: zipped({**files(), "forms/": b""}), "forms/"),
    "a program": (lambda: zipped({**files(), "run.exe": b""}), "run.exe"),
    "other letters": (lambda: zipped({**files(), "a.dmn": "中".encode("gbk")}), "a.dmn"),
    "a form that is none": (lambda: zipped({**files(), "a.form.json": b"{"}), "a.form.json"),
    "a bomb": (lambda: zipped({**files(), "a.dmn": b"0" * 30_000_000}), "a.dmn"),
    "a long file": (lambda: zipped({**files(), "a.dmn": b"0" * 2_000_001}), "a.dmn"),
    "spoilt": (lambda: GOOD[:900] + b"\xff" * 40 + GOOD[940:], "restaurant.bpmn"),
    "packed otherwise": (lambda: zipped(files(), zipfile.ZIP_LZMA), SLIP),
    "many files": (lambda: zipped({f"f{n}.dmn": b"" for n in range(301)}), "301"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_refused_by_the_name_of_the_file(what: str) -> None:
    make, file = BAD[what]
    with pytest.raises(WorkflowError) as refused:
        unpack(make(), "a.zip")
    assert refused.value.params["file"] == file


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_and_a_lying_header_are_refused() -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("catalogue.yaml", "theme: 2")
    with pytest.raises(ParcelInvalid) as refused:
        unpack(out.getvalue(), "a.zip")
    assert refused.value.params["file"] == "catalogue.yaml"
    small = zipped({**files(), "a.dmn": b"0" * 1_000_000})
    lying = small.replace((1_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    with pytest.raises(ParcelInvalid):
        unpack(lying, "a.zip")


def test_under_another_name_it_is_a_process_that_could_be_published() -> None:
    bundle = under(SHIPPED, "cafe")
    assert "cafe.bpmn" in bundle.sources and "restaurant.bpmn" not in bundle.sources
    check_bundle("cafe", bundle.sources, bundle.catalogue)
    assert under(SHIPPED, "restaurant") is SHIPPED.bundle
    with pytest.raises(ParcelInvalid):
        under(SHIPPED, "item_instant")


def test_a_version_is_downloaded_and_brought_in_as_a_draft(hall: Hall, app: Flask) -> None:
    client = someone(app, hall, Role.DESIGNER, "")
    answer = client.get("/processes/restaurant/1/parcel.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="restaurant-v1.zip"'
    sent = {"file": (io.BytesIO(answer.data), "r.zip"), "process": "cafe"}
    assert client.post("/processes/import", data=sent).location == "/drafts/cafe"
    with hall.read() as session:
        assert drafts.bundle(session, "cafe") == under(unpack(answer.data, ""), "cafe")
    assert unpack(client.get("/drafts/cafe/parcel.zip").data, "").version is None
    again = client.post("/processes/import", data={
        "file": (io.BytesIO(answer.data), "r.zip"), "process": "cafe"})  # fmt: skip
    assert (again.status_code, "已有 吴设计 开始的草稿" in again.text) == (409, True)
    broken = client.post("/processes/import", data={
        "file": (io.BytesIO(zipped({**files(), "run.exe": b""})), "r.zip")})  # fmt: skip
    assert broken.status_code == 422 and "run.exe" in broken.text
    assert client.post("/processes/import").status_code == 422
    assert there(hall) == {"cafe"}


def test_the_machine_room_takes_a_process_out_and_brings_it_in(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    monkeypatch.setenv("LIANBAN_VAR_FOLDER", str(tmp_path))
    file = str(tmp_path / "out.zip")
    assert main(["export-process", "restaurant", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 1
    assert main(["import-process", file, "--process", "cafe", "--json"]) == 0
    assert "cafe" in there(hall)
    assert main(["import-process", file, "--process", "cafe"]) == 1
    assert main(["export-process", "cafe", file, "--draft"]) == 0
    assert main(["export-process", "cafe", file]) == 1
    begun(hall)
    assert main(["export-process", "restaurant", file, "--version", "9"]) == 1
