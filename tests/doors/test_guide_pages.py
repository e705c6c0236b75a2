"""办事指南: anybody reads it, in both languages; it says what the published catalogue says."""

import pytest
from flask.testing import FlaskClient

from tests.hall import Hall
from workflows.actions.publish_process import PublishProcess
from workflows.models import ProcessVersion


def test_everybody_reads_what_it_is_who_decides_how_long_and_what_it_costs(
    client: FlaskClient,
) -> None:
    assert "/guide" in client.get("/track").text
    front = client.get("/guide").text
    assert "/guide/restaurant" in front
    assert "/guide/construction" in front
    page = client.get("/guide/restaurant").text
    for words in (
        "市场监督管理局", "13 个工作日", "45 个工作日", "食品经营许可新办", "财政承担",
        "不收费", "综合窗口", "5 个工作日内一次告诉您", "准予后开始", "行政许可法第三十二条",
    ):  # fmt: skip
        assert words in page, words
    assert "烟草专卖零售许可证核发" not in page, "not in this situation"


def test_the_questionnaire_needs_neither_an_account_nor_a_script(client: FlaskClient) -> None:
    told = client.get("/guide/restaurant?asked=1&answer.area_m2=500&answer.sells_tobacco=true").text
    assert "烟草专卖零售许可证核发" in told
    assert "公众聚集场所" in told
    assert "经营场所建筑面积：500 平方米" in told
    assert "一起上门，只来一次" in told
    wrong = client.get("/guide/restaurant?answer.area_m2=many").text
    assert "应填数字" in wrong


def test_the_numbers_are_those_of_the_catalogue(client: FlaskClient, hall: Hall) -> None:
    page = client.get("/guide/restaurant").text
    catalogue = hall.catalogue()
    needed = catalogue.needed_items({})
    days = f"{float(catalogue.critical_path(needed)):g}"
    assert f"最长 {days} 个工作日" in page
    papers = sum(not m.fetched for m, _ in catalogue.materials_for(needed, {}))
    assert page.count('<li class="mb-2">') == papers


@pytest.mark.parametrize("process", ["restaurant", "construction"])
def test_every_item_has_a_page_in_both_languages(
    client: FlaskClient, hall: Hall, process: str
) -> None:
    for lang in ("zh", "en"):
        for item in hall.catalogue(process).items:
            page = client.get(f"/guide/{process}/{item.code}?lang={lang}")
            assert page.status_code == 200
            assert (item.name_en if lang == "en" else item.name) in page.text.replace("&#39;", "'")
    assert client.get(f"/guide/{process}/X99").status_code == 404
    assert client.get("/guide/nothing").status_code == 404


def test_conditions_are_said_with_the_questions(client: FlaskClient) -> None:
    page = client.get("/guide/restaurant/R09").text
    assert "“经营场所建筑面积” &gt; 300 或者 “装修等工程投资额” &gt; 30" in page
    assert "可以按告知承诺当场办" in page
    assert "“企业设立登记（营业执照）”有结果后才作决定" in page


def test_what_is_published_next_is_what_is_read_next(client: FlaskClient, hall: Hall) -> None:
    version: ProcessVersion = hall.act(
        "designer1", "restaurant", hall.upload(("promised: 13wd", "promised: 12wd"))
    )
    assert "12 个工作日" not in client.get("/guide/restaurant").text
    hall.act("designer2", version.key, PublishProcess())
    assert "12 个工作日" in client.get("/guide/restaurant").text
