"""From a red light on the board to the answered 督办单, an appeal, and the bulletin."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site, press
from tests.browser.test_pages import DESK, PHONE, TOO_WIDE
from tests.watching import card_of, raised
from workflows.states import CardState, Level


def sound(page: Page) -> None:
    """Nothing is wider than the screen, and nothing keeps a screen reader from it."""
    assert not page.evaluate(TOO_WIDE), page.url
    assert not serious(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_from_a_red_light_to_the_answered_order_and_an_appeal(
    site: Site, size: dict[str, int]
) -> None:
    number = site.hall.accepted()
    site.hall.at("2026-03-10T09:30")
    site.hall.sweep()
    contested = raised(site.hall, Level.RED, number=number, item="R13", key="contested")
    page = site.staff("supervisor", viewport=size)

    order = issue_from_the_board(page, number)
    answer(page, site, order)
    page.goto("/")
    expect(page.get_by_role("heading", name="等您审阅的监察卡")).to_be_visible()
    page.get_by_role("link", name="督〔2026〕2号").first.click()
    expect(page.get_by_text("当天材料集中，审查排队", exact=True)).to_be_visible()
    page.get_by_label("退回理由").fill("没有写明谁负责、何时办结")
    press(page, "退回答复")
    expect(page.get_by_text("第 2 轮", exact=True)).to_be_visible()
    answer(page, site, order)
    page.goto(f"/watch/cards/{order}")
    press(page, "通过并了结")
    assert card_of(site.hall, order).state is CardState.CLOSED

    appeal_and_revoke(page, site, contested.code)
    tell_of_it(page, site)
    for address in ("/watch/cards", "/watch/ladders", "/watch/ladders/cn/restaurant/edit"):
        page.goto(address)
        sound(page)
    page.get_by_label("修改的理由").fill("先看看")
    press(page, "预览上个月的效果")
    sound(page)


def issue_from_the_board(page: Page, number: str) -> str:
    """A supervisor sees a red light, and issues a 督办单 about it; its code."""
    page.goto("/board")
    page.get_by_role("link", name="超期").first.click()
    page.get_by_role("link", name=f"发督办单 {number} 食品经营许可").press("Enter")
    expect(page.get_by_role("heading", name="发出之后")).to_be_visible()
    sound(page)
    page.get_by_label("事由和要求").fill("超过承诺时限仍未办结，请说明原因和办结日期")
    page.get_by_label("答复期限").fill("2")
    page.locator("summary", has_text="办理经过作为证据").click()
    page.get_by_label("受理并分发").check()
    press(page, "发出")
    expect(page.locator(".case-state")).to_have_text("待答复")
    expect(page.locator(".rung-next")).to_contain_text("整改通知书")
    expect(page.locator("#h-what + dl")).to_contain_text("食品经营许可")
    sound(page)
    page.get_by_role("link", name="督办单 督〔2026〕2号").click()
    expect(page.locator("article.sheet")).to_contain_text("请于 2026-03-12 23:59 前")
    sound(page)
    return "2026-2"


def answer(page: Page, site: Site, order: str) -> None:
    """The section of the department finds it on the desk, and answers."""
    site.become(page, "sj.checker")
    page.goto("/")
    page.get_by_role("region", name="待答复的监察卡").get_by_role("link", name="2号").click()
    page.get_by_label("原因类别").select_option("delay")
    page.get_by_label("情况说明").fill("当天材料集中，审查排队")
    page.get_by_label("整改措施").fill("由张科长负责，明日办结")
    sound(page)
    press(page, "提交答复")
    assert card_of(site.hall, order).state is CardState.ANSWERED
    site.become(page, "supervisor")


def appeal_and_revoke(page: Page, site: Site, code: str) -> None:
    """Another department appeals with evidence; the card is revoked, and leaves the score."""
    department = card_of(site.hall, code).department_code or ""
    site.become(page, f"{department.lower()}.approver")
    page.goto(f"/watch/cards/{code}")
    page.locator("summary", has_text="申诉").click()
    appeal = page.locator("#appeal_card")
    appeal.get_by_label("系统故障").check()
    appeal.get_by_label("申诉理由").fill("当天系统停机，无法签收")
    appeal.get_by_label("证据").fill("运维事件单2026-031")
    press(page, "提出申诉")
    expect(page.locator(".case-state")).to_have_text("申诉中")
    sound(page)
    site.become(page, "supervisor")
    page.goto("/watch/cards")
    page.get_by_role("link", name="申诉中 1").click()
    page.get_by_role("link", name="督〔2026〕1号").click()
    page.get_by_label("撤销", exact=True).check()
    page.get_by_label("理由", exact=True).fill("停机属实")
    page.get_by_label("撤销原因").select_option("system")
    page.get_by_label("核实的证据").fill("已核对运维事件单")
    press(page, "作出决定")
    expect(page.locator(".case-state")).to_have_text("已撤销")
    expect(page.get_by_text("不计分", exact=True)).to_be_visible()
    sound(page)
    revoked = card_of(site.hall, code)
    assert (revoked.state, revoked.scored) == (CardState.REVOKED, False)
    assert revoked.department_code != "SJ", "another department than that of the order"


def tell_of_it(page: Page, site: Site) -> None:
    """The bulletin of the days before: counted, written, and signed by another person."""
    page.goto("/watch/bulletins")
    page.get_by_label("从", exact=True).fill("2026-03-01")
    page.get_by_label("到", exact=True).fill("2026-03-09")
    press(page, "生成通报")
    expect(page.get_by_label("综述")).to_have_value(re.compile("本期收件1件"))
    page.get_by_label("存在问题").fill("食品经营许可超期一件，已发督办单并答复。")
    press(page, "保存")
    sound(page)
    site.become(page, "mayor")
    page.goto("/watch/bulletins")
    page.get_by_role("link", name="监察通报（未签发）").click()
    press(page, "签发")
    expect(page.get_by_role("heading", level=1)).to_have_text("监察通报 2026年第1期")
    expect(page.get_by_text("食品经营许可超期一件")).to_be_visible()
    sound(page)
    site.become(page, "supervisor")


def test_a_ladder_is_changed_without_a_script(site: Site) -> None:
    site.hall.accepted()
    site.hall.at("2026-03-16T09:30")
    options: dict[str, Any] = {"java_script_enabled": False}
    page = site.staff("supervisor", **options)
    page.goto("/watch/ladders")
    page.get_by_role("link", name="开办餐饮店").first.click()
    page.get_by_role("link", name="修改预警阶梯").click()
    fourth = page.get_by_role("group", name="第 4 行")
    fourth.get_by_label("主要负责人", exact=True).check()
    page.get_by_label("修改的理由").fill("一超期就告知主要负责人")
    page.get_by_role("button", name="预览上个月的效果").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("过去 30 天")
    expect(page.locator("tbody tr").first).to_contain_text("+3")
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("修改的理由")).to_have_value("一超期就告知主要负责人")
    page.get_by_role("button", name="预览上个月的效果").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").first).to_contain_text("2026-03-17")
