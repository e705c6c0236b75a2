"""A year is imported in the browser: by keyboard, on a phone, and without a script."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site
from tests.browser.test_pages import DESK, PHONE, TOO_WIDE
from tests.calendars import stored
from tests.hall import LARGE
from tests.unit.test_notice import EXAMPLE


def sound(page: Page) -> None:
    """Nothing is wider than the screen, and nothing keeps a screen reader from it."""
    assert not page.evaluate(TOO_WIDE), page.url
    assert not serious(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_notice_is_read_looked_at_and_confirmed_by_keyboard(
    site: Site, size: dict[str, int]
) -> None:
    site.hall.at("2027-01-25T09:30")
    number = site.hall.accepted(LARGE)
    page = site.staff("admin", viewport=size)
    page.goto("/calendars")
    sound(page)
    page.goto("/calendars/cn/2026")
    expect(page.locator(".day.worked").first).to_be_visible()
    sound(page)
    page.goto("/calendars/cn/2027/edit")
    page.locator("summary", has_text="粘贴通知").press("Enter")
    page.get_by_label("通知正文").press_sequentially(EXAMPLE[:40])
    page.get_by_label("通知正文").fill(EXAMPLE)
    page.get_by_role("button", name="读入通知").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("6月9日前后放假")
    sound(page)
    row = page.get_by_role("group", name="第 7 个假期", exact=True)
    row.get_by_label("从").fill("2027-06-09")
    row.get_by_label("节日名称").fill("端午节")
    page.get_by_label("导入的理由").fill("已公布")
    page.get_by_role("button", name="查看影响").press("Enter")
    expect(page.get_by_role("table", name="变化的时限")).to_contain_text(number)
    sound(page)
    page.get_by_role("button", name="确认导入").press("Enter")
    expect(page.get_by_text("正在重算")).to_be_visible()
    sound(page)
    site.hall.clock.advance(seconds=5)
    expect(page.get_by_text("已经完成")).to_be_visible()  # the page goes on by itself
    assert stored(site.hall).changed == 1
    sound(page)


def test_a_year_is_imported_without_a_script(site: Site) -> None:
    options: dict[str, Any] = {"java_script_enabled": False}
    page = site.staff("admin", **options)
    page.goto("/calendars/cn/2027/edit")
    page.get_by_role("textbox", name="节日名称").first.fill("新年")
    page.get_by_label("导入的理由").fill("更正名称")
    page.get_by_role("button", name="查看影响").click()
    expect(page.get_by_text("没有一天的上班或休息有变化。")).to_be_visible()
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_role("textbox", name="节日名称").first).to_have_value("新年")
    page.get_by_label("第 1 个上班日").fill("2027-02-20")
    page.get_by_role("button", name="查看影响").click()
    expect(page.get_by_text("2027-02-20：休息 → 上班")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    site.hall.clock.advance(seconds=5)
    for _ in range(2):
        if page.get_by_role("button", name="继续重算").count():
            page.get_by_role("button", name="继续重算").click()
    expect(page.get_by_text("已经完成")).to_be_visible()
    assert "新年" in site.hall.history("calendar:cn")[0].details["after"]["holidays"]
