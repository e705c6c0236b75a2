"""Two designers and two versions: compared side by side, published, and the cases moved."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site, press
from tests.browser.test_pages import DESK, PHONE, TOO_WIDE
from tests.drafting import begun, rename_check, write

STEP = "item_three_step.bpmn"
PLACE = """(id) => [...document.querySelectorAll(`[data-element-id=${id}]`)]
  .map((one) => [one, one.closest('[data-diagram]')].map((each) => each.getBoundingClientRect()))
  .map(([shape, frame]) => [shape.x - frame.x, shape.y - frame.y])"""


def renamed(site: Site) -> None:
    """The check of the three-step procedure has another id and another name."""
    begun(site.hall)
    write(site.hall, STEP, 'name="审核人审核"', 'name="负责人审核"')
    rename_check(site.hall)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_two_versions_stand_side_by_side_marked_and_move_together(
    site: Site, size: dict[str, int]
) -> None:
    renamed(site)
    page = site.staff("designer2", viewport=size)
    page.goto("/processes/restaurant/compare?from=1&to=draft")
    before, after = page.locator("[data-diagram]").all()
    for one in (before, after):
        expect(one).to_have_attribute("data-drawn", "yes")
    expect(before.locator("[data-element-id=check].is-removed")).to_be_visible()
    expect(after.locator("[data-element-id=second_look].is-added")).to_be_visible()
    expect(before.locator("[data-element-id=check_done].is-changed")).to_be_attached()
    expect(after.locator(".item-badge", has_text="新增")).to_be_visible()
    page.locator("[data-select=second_look]").click()
    expect(after.locator("[data-element-id=second_look].is-chosen")).to_be_attached()
    together(page)
    page.get_by_text(f"文字对照 {STEP}").click()
    expect(page.locator(".line-removed .words", has_text="审核人审核")).to_be_visible()
    assert not page.evaluate(TOO_WIDE)
    assert not serious(page)


def together(page: Page) -> None:
    """What is in both pictures stays where it is in both when one of them is moved."""
    page.locator("[data-diagram]").first.locator("svg[tabindex], svg").first.focus()
    page.keyboard.press("ArrowRight")
    one, other = page.evaluate(PLACE, "decide")
    assert one == pytest.approx(other, abs=2)


def test_a_draft_is_published_by_two_people_and_the_cases_are_moved(site: Site) -> None:
    numbers = [site.hall.accepted() for _ in range(2)]
    for number in numbers:
        site.hall.sign_for(number, "R08")
        site.hall.opine(number, "R08")
    renamed(site)
    page = site.staff("designer1")
    page.goto("/drafts/restaurant")
    page.get_by_label("为什么改、改了什么").fill("由负责人审核")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("须由另一位设计员发布")).to_be_visible()
    site.become(page, "designer2")
    page.goto("/processes/restaurant/2")
    expect(page.get_by_role("cell", name="负责人审核").first).to_be_visible()
    press(page, "发布")
    expect(page.get_by_text("新收的办件从现在起使用它")).to_be_visible()
    page.goto("/processes/restaurant/1")
    page.get_by_role("link", name="迁移到 v2").click()
    page.get_by_label("审核人审核 改到哪里").select_option("second_look")
    press(page, "试算：每件能不能迁移")
    expect(page.get_by_text("可以迁移")).to_have_count(2)
    assert not serious(page)
    press(page, "迁移全部能迁移的")
    expect(page.get_by_text("已迁移 2 件，未能迁移 0 件")).to_be_visible()
    assert [site.hall.case(number).version.version for number in numbers] == [2, 2]
