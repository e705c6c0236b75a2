"""A city's catalogue comes in as one file, by a page or by a command, and is published by two."""

import io
import time
from pathlib import Path

import pytest
from flask import Flask

from server import cli
from server.settings import Settings
from tests.doors.people import someone
from tests.hall import Hall
from tests.sheets import DEPARTMENTS, ITEMS, city, workbook
from workflows.actions.bundle import DUTIES
from workflows.actions.import_organisation import (
    DepartmentEntry,
    ImportOrganisation,
    PostEntry,
)
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import draw, load
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE, Bundle
from workflows.models import ProcessVersion
from workflows.permissions import Role

ROOM = "/drafts/city/catalogue"
THEME = {
    "code": "CITY", "name": "全市事项", "name_en": "Everything", "lead": "B01", "region": "cn",
    "promised": "10wd", "cap": "45wd", "cap_extension": "15wd", "source": "自定",
}  # fmt: skip


def bundle(hall: Hall, process: str) -> Bundle:
    with hall.read() as session:
        return drafts.bundle(session, process)


def staff(hall: Hall) -> None:
    """Someone for every duty of the 35 departments."""
    codes = [f"B{n:02}" for n in range(1, DEPARTMENTS + 1)]
    offices = tuple(DepartmentEntry(code, f"第{code}局", f"Office {code}", True) for code in codes)
    posts = tuple(PostEntry(code, duty, f"sj.{duty}") for code in codes for duty in DUTIES)
    hall.act("admin", "organisation", ImportOrganisation(offices, (), posts))


def test_244_items_of_35_departments_come_in_at_once_and_are_published(
    app: Flask, hall: Hall
) -> None:
    designer = someone(app, hall, Role.DESIGNER, "")
    designer.post("/drafts/city/begin")
    wrong = {"file": (io.BytesIO(workbook(city(), {("事项", "D5"): "X1"})), "city.xlsx")}
    refused = designer.post(f"{ROOM}/import", data={**wrong, "revision": "1"})
    assert refused.status_code == 422
    assert "有 1 处错误" in refused.text
    assert "事项 第 5 行 D 列 承办部门" in refused.text
    assert not bundle(hall, "city").catalogue
    sent = {"file": (io.BytesIO(workbook(city())), "city.xlsx"), "revision": "1"}
    begun = time.perf_counter()
    answer = designer.post(f"{ROOM}/import", data=sent)
    assert time.perf_counter() - begun < 5
    assert answer.status_code == 303
    assert designer.post(f"{ROOM}/theme/-", data=THEME | {"revision": "2"}).status_code == 303
    made = bundle(hall, "city")
    catalogue = load(made.catalogue, "city")
    assert (len(catalogue.items), len(catalogue.departments)) == (ITEMS, DEPARTMENTS)
    assert made.sources["city.bpmn"] == draw(catalogue, "city")
    staff(hall)
    upload = UploadProcess("city", made.sources, made.catalogue, made.forms)
    version: ProcessVersion = hall.act("designer1", "city", upload)
    hall.act("designer2", version.key, PublishProcess())
    assert len(hall.catalogue("city").items) == ITEMS


def test_the_command_takes_a_file_into_the_draft_or_names_every_fault(
    hall: Hall, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(Settings, "from_env", classmethod(lambda cls: settings))
    file = tmp_path / "city.xlsx"
    file.write_bytes(workbook(city(), {("事项", "D5"): "X1"}))
    assert cli.main(["import-catalogue", "city", str(file)]) == 1
    assert "事项 D5 承办部门：没有编号为“X1”的部门" in capsys.readouterr().out
    office = [{"编号": "ZZ", "名称": "某局", "英文名称": "Office", "行政执法主体": "否"}]
    file.write_bytes(workbook({"部门": office}))
    assert cli.main(["import-catalogue", "restaurant", str(file), "--json"]) == 0
    assert '"new": 1' in capsys.readouterr().out
    with hall.read() as session:
        row = drafts.files(session, "restaurant")[CATALOGUE]
        assert "某局" in row.text
        assert row.changed_by == "lianban import-catalogue"


def test_a_file_goes_out_of_a_page_and_comes_back_without_a_change(app: Flask, hall: Hall) -> None:
    designer = someone(app, hall, Role.DESIGNER, "")
    designer.post("/drafts/restaurant/begin")
    before = bundle(hall, "restaurant").catalogue
    out = designer.get("/drafts/restaurant/catalogue.xlsx").data
    back = {"file": (io.BytesIO(out), "目录.xlsx"), "revision": "1", "gone": "true"}
    room = "/drafts/restaurant/catalogue/import"
    assert designer.post(room, data=back).status_code == 303
    assert bundle(hall, "restaurant").catalogue == before
    assert designer.post(room, data={"revision": "1"}).status_code == 422
    no_book = {"file": (io.BytesIO(b"hello"), "a.xlsx")}
    assert "这个文件不能读" in designer.post(room, data=no_book).text
