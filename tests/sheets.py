"""A workbook of a whole city: 244 items of 35 departments, as an office would fill it in."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl

from workflows.catalogue.columns import columns_of
from workflows.catalogue.tables import SHEETS
from workflows.catalogue.words import SECTION_WORDS

ITEMS, DEPARTMENTS, MATERIALS = 244, 35, 120

Rows = dict[str, list[dict[str, Any]]]


def city() -> Rows:
    """The rows of each sheet, by the titles of their columns."""
    offices = [
        {"编号": f"B{n:02}", "名称": f"第{n}局", "英文名称": f"Office {n}", "行政执法主体": "是"}
        for n in range(1, DEPARTMENTS + 1)
    ]
    papers = [
        {"编号": f"C{n:03}", "名称": f"第{n}号申请材料", "由谁提供": "申请人", "要求": "必要",
         "可信级别": "D 级：申请人自述", "受理标准": f"填写齐全并签名，编号 {n}"}
        for n in range(1, MATERIALS + 1)
    ]  # fmt: skip
    items = [
        {"编号": f"S{n:03}", "名称": f"第{n}号事项许可", "英文名称": f"Licence {n}",
         "承办部门": f"B{n % DEPARTMENTS + 1:02}", "办件类型": "承诺件",
         "办理流程": ("即办", "一审一核", "三级审批")[n % 3], "法定时限": "20wd",
         "承诺时限": f"{n % 4 + 1}wd", "何时需要": "staff > 5" if n % 5 == 0 else None,
         "在谁之后": "S001｜准予后才开始｜某条例第三条" if n % 50 == 49 else None,
         "材料": f"C{n % MATERIALS + 1:03}、C{(n + 7) % MATERIALS + 1:03}",
         "收费：标准": "50 元" if n % 9 == 0 else None,
         "收费：依据": "某价格目录第二条" if n % 9 == 0 else None,
         "基本编码": f"{n:012}", "结果": f"第{n}号许可证", "来源和依据": f"某条例第{n}条"}
        for n in range(1, ITEMS + 1)
    ]  # fmt: skip
    asked = {"键": "staff", "问题": "员工人数", "英文问题": "Number of staff", "回答": "数字",
             "单位": "人", "默认回答": 0}  # fmt: skip
    return {"部门": offices, "材料": papers, "事项": items, "问卷": [asked]}


def workbook(rows: Rows, over: Mapping[tuple[str, str], Any] | None = None) -> bytes:
    """The rows as a file; some cells (sheet, "G5") with something else in them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    titles = {SECTION_WORDS[each]: [c.title for c in columns_of(each)] for each in SHEETS}
    for sheet, records in rows.items():
        page = book.create_sheet(sheet)
        page.append(titles[sheet])
        for record in records:
            page.append([record.get(title) for title in titles[sheet]])
    for (sheet, cell), value in (over or {}).items():
        book[sheet][cell] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()
