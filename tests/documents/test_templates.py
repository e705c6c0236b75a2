"""The templates that come with the product, and what templates may say."""

from datetime import date, time
from typing import Any

import pytest

from server import document_fields
from server.bundles import read_bundle
from server.document_data import Place, Subject, data_of
from server.document_example import _case, example
from server.document_fields import says
from server.form_schema import parse
from server.settings import ROOT
from tests.documents.reading import text_of
from workflows.calendar import load as load_calendar
from workflows.catalogue import Catalogue, load
from workflows.clock import office_moment
from workflows.documents.setting import Copy, check, print_pdf
from workflows.documents.template import Template, When, read, sources, templates

TODAY = date(2026, 3, 2)
PLACE = Place("330700", "", "", TODAY)
BUILT_IN = {
    path.name: path.read_text("utf-8") for path in sorted((ROOT / "bpmn/documents").glob("*.typ"))
}
TEMPLATES = templates({}, BUILT_IN)


def of(process: str) -> tuple[Catalogue, Any]:
    bundle = read_bundle(ROOT / "bpmn", process)
    return load(bundle.catalogue, process), parse(bundle.forms["application"])


def data(process: str, template: Template, place: Place = PLACE) -> dict[str, Any]:
    catalogue, form = of(process)
    return example(catalogue, form, template, load_calendar("cn", None), place)


def copy(template: Template, given: dict[str, Any]) -> Copy:
    return Copy(template.file, sources({}, BUILT_IN), given, office_moment(TODAY, time(12)))


@pytest.mark.parametrize("process", ["restaurant", "construction"])
def test_every_built_in_template_is_set_with_an_example_of_every_theme(process: str) -> None:
    assert set(TEMPLATES) == {
        "receipt", "one_time_notice", "supplement", "acceptance", "decline", "grant", "refusal",
    }  # fmt: skip
    assert {each.when for each in TEMPLATES.values()} == set(When)
    with_code = Place("330700", "某某市政务服务中心", "https://lianban.example/", TODAY)
    copies = [copy(each, data(process, each, with_code)) for each in TEMPLATES.values()]
    assert check(copies) == []


def printed(name: str, process: str = "restaurant") -> str:
    template = TEMPLATES[name]
    return "".join(text_of(print_pdf(copy(template, data(process, template)))).split())


def test_each_says_what_the_law_wants_said() -> None:
    acceptance = printed("acceptance")
    assert "第三十二条第一款第五项" in acceptance
    assert "2026年3月19日前办结" in acceptance and "预览件，未编号" in acceptance
    refusal = printed("refusal")
    assert "不予行政许可决定书" in refusal and "第三十八条第二款" in refusal
    assert "操作间面积不足" in refusal and "六十日内依法申请行政复议" in refusal
    assert "六个月内依法向人民法院提起行政诉讼" in refusal and "预览件，未签发" in refusal
    assert "第三十八条第一款" in printed("grant") and "公众有权查阅" in printed("grant")
    supplement = printed("supplement")
    assert "全部内容一次告知" in supplement and "视为撤回申请" in supplement
    assert "2026年3月22日前补正" in supplement
    assert "请向县级主管部门申请" in printed("decline")


def test_the_receipt_is_no_preview_and_tells_the_code() -> None:
    receipt = printed("receipt")
    assert "预览件" not in receipt and "未编号" not in receipt
    assert "查询码：ABC234" in receipt and "自收到材料之日起即为受理" in receipt


def leaves(value: Any, name: str = "") -> set[str]:
    """The names in a mapping; lists and what may be none stand for themselves."""
    if not isinstance(value, dict):
        return {name}
    return {
        leaf for key, each in value.items() for leaf in leaves(each, f"{name}.{key}".strip("."))
    }


def test_everything_a_template_gets_is_described_and_nothing_else() -> None:
    granted = data("restaurant", TEMPLATES["grant"])
    told = data("restaurant", TEMPLATES["supplement"])["supplement"]
    declined = data("restaurant", TEMPLATES["decline"])["decline"]
    given = leaves({**granted, "supplement": told, "decline": declined, "form": None, "item": None})
    groups = (document_fields.PAPER, document_fields.CASE, document_fields.PEOPLE,
              document_fields.NOTICES, document_fields.MORE)  # fmt: skip
    described = {name for group in groups for name, _meaning in group}
    assert given == described | {"form", "item", "items", "materials"}
    assert granted["item"].keys() == {name for name, _meaning in document_fields.ITEM}
    assert granted["materials"][0].keys() == {name for name, _ in document_fields.MATERIAL}
    assert says(granted, "case.number") == "330700000000000000000"


def test_an_answer_that_the_reader_does_not_see_is_not_in_the_data() -> None:
    catalogue, form = of("restaurant")
    case = _case(catalogue, form, When.RECEIVED, office_moment(TODAY, time(9)))
    subject = Subject(case, catalogue, form, hidden={"contact_address", "seats"})
    seen = data_of(subject, TEMPLATES["receipt"], PLACE)
    assert seen["applicant"]["address"] is None and seen["case"]["query_code"] is None
    assert not {"contact_address", "seats"} & seen["form"].keys()
    assert all(row["label"] != "就餐座位数" for row in seen["application"])


@pytest.mark.parametrize(
    ("text", "title", "title_en", "when"),
    [
        ("// 通知 / Notice\n// when: granted\nx", "通知", "Notice", When.GRANTED),
        ("// 通知\nx", "通知", "通知", When.RECEIVED),
        ("x\n// when: granted", "it", "it", When.RECEIVED),
        ("// when: soon\n", "it", "it", None),
    ],
)
def test_a_template_says_what_it_is(
    text: str, title: str, title_en: str, when: When | None
) -> None:
    found = read("it.typ", text, True)
    assert (found.title, found.title_en, found.when) == (title, title_en, when)
    assert when is not None or (found.line, found.word) == (1, "soon")


def test_the_own_template_of_a_process_takes_the_place_of_the_built_in_one() -> None:
    found = templates({"receipt.typ": "// 回执", "_head.typ": "x"}, BUILT_IN)
    assert (found["receipt"].title, found["receipt"].own) == ("回执", True)
    assert not found["grant"].own and "_head" not in found
    assert sources({"_head.typ": "x"}, BUILT_IN)["_head.typ"] == "x"


def test_the_code_on_a_document_needs_no_network() -> None:
    code = data("restaurant", TEMPLATES["receipt"], Place("3307", "", "https://a.cn", TODAY))["qr"]
    assert code["text"] == "https://a.cn/track"
    assert code["svg"].startswith("<svg")
    assert data("restaurant", TEMPLATES["receipt"])["qr"] is None
