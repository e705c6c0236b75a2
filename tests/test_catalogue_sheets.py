"""A catalogue goes out as sheets and comes back; whatever is wrong with them is named by cell."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server.workbook import (
    NoSheet,
    WorkbookActive,
    WorkbookTooLarge,
    WorkbookUnreadable,
    read_workbook,
    write_workbook,
)
from tests.sheets import ITEMS, city, workbook
from workflows.catalogue.places import by_code, tree
from workflows.catalogue.reading import read
from workflows.catalogue.skeleton import begun
from workflows.catalogue.tables import SheetsInvalid, take

BPMN = Path(__file__).resolve().parents[1] / "bpmn"
THEMES = ("restaurant", "construction")


@pytest.mark.parametrize("theme", THEMES)
def test_what_goes_out_comes_back_without_a_change(theme: str) -> None:
    text = (BPMN / theme / "catalogue.yaml").read_text("utf-8")
    file = BytesIO()
    write_workbook(file, tree(text))
    tables = read_workbook(file.getvalue())
    assert take(text, tables, gone=True) == text
    empty = begun(BPMN)
    taken = tree(take(empty, tables, gone=False))
    for section in ("items", "materials", "departments", "questionnaire", "onsite_groups"):
        assert by_code(taken, section) == by_code(tree(text), section)


def test_some_rows_change_what_they_name_and_leave_the_rest() -> None:
    text = (BPMN / "restaurant/catalogue.yaml").read_text("utf-8")
    one = {"编号": "WJ", "名称": "卫健委", "英文名称": "Health", "行政执法主体": "是"}
    more = {"编号": "ZZ", "名称": "某局", "英文名称": "Some office", "行政执法主体": "否"}
    after = take(text, read_workbook(workbook({"部门": [one, more]})), gone=False)
    before, known = by_code(tree(text), "departments"), by_code(tree(after), "departments")
    assert known["WJ"]["name"] == "卫健委"
    assert known["ZZ"]["enforcement_subject"] is False
    assert {**known, "WJ": before["WJ"]} == {**before, "ZZ": known["ZZ"]}
    with pytest.raises(SheetsInvalid) as refused:
        take(text, read_workbook(workbook({"部门": [one, more]})), gone=True)
    assert any("SJ" in str(fault.params) for fault in refused.value.faults)


def test_twelve_planted_faults_are_named_and_no_other() -> None:
    planted: dict[tuple[str, str], Any] = {
        ("部门", "D3"): "也许",
        ("材料", "G4"): "甲级",
        ("材料", "N5"): None,
        ("事项", "D10"): "B77",
        ("事项", "G11"): 131024000,
        ("事项", "K12"): "很快",
        ("事项", "K13"): "30wd",
        ("事项", "M14"): "no_such > 3",
        ("事项", "B15"): '=CONCAT("a","b")',
        ("事项", "W16"): date(2026, 1, 2),
        ("事项", "A18"): "S016",
        ("问卷", "F2"): "是",
    }
    titles = ("部门", "材料", "事项", "问卷")
    assert set(titles) >= {sheet for sheet, _cell in planted}
    columns = _columns()
    planted = {(sheet, _cell(columns, sheet, cell)): value
               for (sheet, cell), value in planted.items()}  # fmt: skip
    with pytest.raises(SheetsInvalid) as refused:
        take(begun(BPMN), read_workbook(workbook(city(), planted)), gone=False)
    named = {(fault.sheet, f"{fault.column}{fault.row}") for fault in refused.value.faults}
    assert named == set(planted)
    assert len(refused.value.faults) == 12
    assert all(fault.sentence % fault.params for fault in refused.value.faults if fault.params)


#: Which column is meant by the letters above, by its title: the order of columns may change.
MEANT = {
    ("部门", "D"): "行政执法主体", ("材料", "G"): "要求", ("材料", "N"): "受理标准",
    ("事项", "D"): "承办部门", ("事项", "G"): "基本编码", ("事项", "K"): "承诺时限",
    ("事项", "M"): "何时需要", ("事项", "B"): "名称", ("事项", "W"): "结果",
    ("事项", "A"): "编号", ("问卷", "F"): "默认回答",
}  # fmt: skip


def _columns() -> dict[str, list[Any]]:
    book = openpyxl.load_workbook(BytesIO(workbook(city())))
    return {page.title: [cell.value for cell in page[1]] for page in book.worksheets}


def _cell(columns: dict[str, list[Any]], sheet: str, cell: str) -> str:
    at = columns[sheet].index(MEANT[sheet, cell[0]]) + 1
    return f"{openpyxl.utils.get_column_letter(at)}{cell[1:]}"


def test_a_city_of_244_items_is_taken_in_at_once() -> None:
    text = take(begun(BPMN), read_workbook(workbook(city())), gone=False)
    assert len(by_code(tree(text), "items")) == ITEMS
    assert {fault.path[0] for fault in read(text)[1]} == {"theme"}, "only the theme is to be told"


def repacked(data: bytes, change: Callable[[str, bytes], bytes], more: str = "") -> bytes:
    """A workbook with other bytes in its parts."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        if more:
            new.writestr(more, b"x")
    return file.getvalue()


def test_what_is_no_honest_workbook_is_refused_before_it_is_read() -> None:
    good = workbook({"部门": [{"编号": "ZZ"}]})
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    bomb = repacked(good, lambda name, text: b"0" * 40_000_000 if "sheet1" in name else text)
    assert len(bomb) < 100_000
    for data, refusal in (
        (b"", WorkbookUnreadable),
        (b"PK\x03\x04 and nothing", WorkbookUnreadable),
        (repacked(good, lambda name, text: text[:40]), WorkbookUnreadable),
        (repacked(good, lambda name, text: entity + text), WorkbookUnreadable),
        (bomb, WorkbookTooLarge),
        (repacked(good, lambda name, text: text, "xl/externalLinks/link1.xml"), WorkbookActive),
        (repacked(good, lambda name, text: text, "xl/vbaProject.bin"), WorkbookActive),
        (_elsewhere(), NoSheet),
    ):
        with pytest.raises(refusal):
            read_workbook(data)


def _elsewhere() -> bytes:
    file = BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def test_what_an_office_program_adds_of_its_own_is_no_reason_to_refuse() -> None:
    good = workbook({"部门": [{"编号": "ZZ"}]})
    printer = "xl/printerSettings/printerSettings1.bin"
    assert read_workbook(repacked(good, lambda name, text: text, printer))


def test_cells_that_are_no_cells_of_a_catalogue_say_so() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(city())))
    page = book["部门"]
    page.merge_cells("B3:B4")
    page["F1"] = "电话"
    page["C5"] = 440301199001011234
    page["B6"] = "#REF!"
    page["B6"].data_type = "e"
    page["A7"] = None
    page["B8"] = "局" * 5000
    for row in range(40, 600):
        page.cell(row, 1, f"X{row}")
    file = BytesIO()
    book.save(file)
    with pytest.raises(SheetsInvalid) as refused:
        take(begun(BPMN), read_workbook(file.getvalue()), gone=False)
    said = {f"{each.column}{each.row}": each.sentence for each in refused.value.faults}
    assert "合并" in said["B3"]
    assert "不认识这一列" in said["F1"]
    assert "这一格是数字" in said["C5"]
    assert "计算错误" in said["B6"]
    assert "缺少" in said["A7"]
    assert "过长" in said["B8"]
    assert "超过" in said["0"]
