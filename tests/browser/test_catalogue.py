"""The catalogue of a draft and the public guide, in a browser: by keyboard, on a phone, for all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site
from tests.browser.test_pages import faults
from tests.sheets import city, workbook

ROOM = "/drafts/restaurant/catalogue"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Every kind of page there is, for a designer and for anybody.
DESIGNING = [ROOM, *(f"{ROOM}/{place}" for place in (
    "items", "departments", "materials", "questionnaire", "onsite_groups", "items/R08", "items/-",
    "theme/-", "rules/-", "materials/M12", "questionnaire/area_m2", "import",
))]  # fmt: skip
PUBLIC = ["/guide", "/guide/restaurant?answer.area_m2=500", "/guide/restaurant/R08",
          "/guide/construction/G01"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_whole_for_everybody(site: Site, language: str) -> None:
    page = begun(site)
    found = []
    for username, addresses in (("designer1", DESIGNING), ("", PUBLIC)):
        site.become(page, username, language)
        for address in addresses:
            page.goto(address)
            found += [f"{address}: {each}" for each in (*faults(page, language), *serious(page))]
    assert not found, "\n".join(found)


def begun(site: Site) -> Page:
    """A designer in the drawing room of the restaurant."""
    page = site.staff("designer1")
    page.goto("/processes")
    page.locator("form[action$='/drafts/restaurant/begin'] button").first.click()
    page.wait_for_url("**/drafts/restaurant**")
    return page


def test_an_item_is_mended_by_keyboard_and_a_wrong_sheet_says_where(site: Site) -> None:
    page = begun(site)
    page.goto(f"{ROOM}/items/R08")
    page.get_by_label("承诺时限").fill("99wd")
    page.get_by_label("承诺时限").press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("超过法定时限")
    expect(page.get_by_label("承诺时限")).to_have_value("99wd")
    page.get_by_label("承诺时限").fill("4wd")
    page.get_by_label("承诺时限").press("Enter")
    expect(page.get_by_role("row").filter(has_text="R08")).to_contain_text("4wd")
    page.goto(f"{ROOM}/import")
    wrong = workbook(city(), {("事项", "D5"): "X1"})
    page.get_by_label("表格文件").set_input_files(
        {"name": "city.xlsx", "mimeType": SHEET, "buffer": wrong}
    )
    page.get_by_role("button", name="导入").click()
    expect(page.locator("main table")).to_contain_text("事项 第 5 行 D 列 承办部门")


def test_the_guide_is_read_without_a_script(site: Site) -> None:
    anybody = site.visitor(java_script_enabled=False)
    anybody.goto("/track")
    anybody.get_by_role("link", name="办事指南：").click()
    anybody.get_by_role("link", name="开办餐饮店").click()
    anybody.get_by_label("经营场所建筑面积").fill("500")
    anybody.get_by_role("button", name="看我要办什么").click()
    expect(anybody.locator("main")).to_contain_text("公众聚集场所投入使用")
    anybody.get_by_role("link", name="公众聚集场所投入使用").click()
    expect(anybody.locator("h1")).to_contain_text("公众聚集场所投入使用")
