"""Every page, for everyone who works with it: readable, labelled, in both languages, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from server.doors import PAGES
from tests.browser.busy import Busy
from tests.browser.shown import SHOWN
from tests.browser.site import Site, press, track

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

UNLABELLED = """() => [...document.querySelectorAll('input, select, textarea')]
  .filter((field) => field.type !== 'hidden' && !field.labels?.length && !field.ariaLabel)
  .map((field) => field.outerHTML)"""
#: Chinese words and marks that are not the hall's own data, on a page in English.
CHINESE = r"""() => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data, parentElement: at } = walker.currentNode
    const skipped = at.closest('[lang=zh-CN], script, template, noscript')
    if (!skipped && /[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]/.test(data)) found.push(data.trim())
  }
  return found
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"
REPEATED = """() => [...document.querySelectorAll('[id]')].map(({ id }) => id)
  .filter((id, place, every) => every.indexOf(id) !== place)"""


def faults(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = [f"no label: {field}" for field in page.evaluate(UNLABELLED)]
    found += [f"id twice: {name}" for name in page.evaluate(REPEATED)]
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} first headings")
    if language == "en":
        found += [f"Chinese: {text}" for text in page.evaluate(CHINESE)]
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate(TOO_WIDE):
            found.append(f"wider than {size['width']} px")
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_whole_on_a_desk_and_on_a_phone(
    site: Site, busy: Busy, language: str
) -> None:
    page = site.visitor()
    was, found = None, []
    for username, address in busy.pages():
        if username != was:
            site.become(page, username, language)
            was = username
        if address == "/track/progress":
            follow(page, site, busy)
        page.goto(address)
        found += [f"{username} {address}: {fault}" for fault in faults(page, language)]
    assert not found, "\n".join(found)


def follow(page: Page, site: Site, busy: Busy) -> None:
    """Let a visitor follow the case under review, in whatever language."""
    number = busy.cases["review"]
    page.goto("/track")
    page.fill("[name=number]", number)
    page.fill("[name=code]", site.hall.case(number).query_code)
    page.click("main button")
    page.wait_for_url("**/progress")


def test_no_page_is_left_out() -> None:
    """The walk above meets every page of the table of permissions."""
    asked = {re.sub(r"\d{21}", "<number>", address) for _, address in EXAMPLES.pages()}
    assert len(PAGES) == len(SHOWN), "a page was added: put it into Busy.pages() and SHOWN"
    assert {
        re.sub(r"(?<=/tasks/)\d+|(?<=ments/)\d+|\?.*", "", address) for address in asked
    } >= set(filter(None, SHOWN.values()))


EXAMPLES = Busy(
    cases=dict.fromkeys(
        ("received", "declining", "supplementing", "review", "construction", "decided"), "1" * 21
    ),
    tasks=dict.fromkeys(("R03", "R08", "R09", "R10", "R12"), 1),
)


def test_the_work_is_done_without_scripts(site: Site, busy: Busy) -> None:
    clerk = site.staff("window1", java_script_enabled=False)
    clerk.goto("/intake?process=restaurant")
    clerk.get_by_label("是否招用员工").check()
    clerk.get_by_role("button", name="按回答更新").click()
    expect(clerk.locator("#h-items + div")).to_contain_text("员工参保登记")
    fill_in(clerk)
    clerk.get_by_label("联系电话").fill("不是电话")
    clerk.get_by_role("button", name="收件并打印凭证").click()
    expect(clerk.locator(".error-summary")).to_contain_text("联系电话")
    expect(clerk.get_by_label("申请人名称")).to_have_value("张三")
    expect(clerk.locator("[value=M04]")).to_be_checked()
    expect(clerk.get_by_label("是否招用员工")).to_be_checked()
    clerk.get_by_label("联系电话").fill("13800000000")
    clerk.get_by_role("button", name="收件并打印凭证").click()
    code = clerk.locator(".receipt-code strong").inner_text()
    number = clerk.url.split("/")[-2]
    clerk.get_by_role("link", name="去受理").click()
    clerk.get_by_role("button", name="受理并分发").click()
    expect(clerk.locator(".case-state")).to_have_text("并联审查中")
    follows_without_scripts(site, number, code)
    decides_without_scripts(site, number)


def fill_in(clerk: Page) -> None:
    """The application form of a restaurant, and every document."""
    for label, answer in {
        "申请人名称": "张三", "统一社会信用代码或居民身份证号": "330702199001011237",
        "联系人": "张三", "联系地址": "中山路 88 号",
        "店名": "小馆", "经营场所地址": "中山路 88 号",
    }.items():  # fmt: skip
        clerk.get_by_label(label).fill(answer)
    clerk.get_by_label("尚未登记").check()
    clerk.get_by_label("经营类型").select_option("hot")
    clerk.get_by_label("真实性负责").check()
    for box in clerk.locator("[name=materials]").all():
        box.check()


def follows_without_scripts(site: Site, number: str, code: str) -> None:
    applicant = site.visitor(java_script_enabled=False)
    applicant.goto("/track")
    applicant.get_by_label("办件号").fill(number)
    applicant.get_by_label("查询码").fill(code)
    applicant.get_by_role("button", name="查询").click()
    expect(applicant.locator(".progress-steps .now")).to_contain_text("部门审查")


def decides_without_scripts(site: Site, number: str) -> None:
    handler = site.staff("sj.handler", java_script_enabled=False)
    row = handler.get_by_role("row").filter(has_text=number).filter(has_text="食品经营许可")
    row.get_by_role("link").click()
    handler.get_by_role("button", name="签收").click()
    handler.get_by_label("法律依据").fill("食品安全法第三十五条")
    handler.get_by_role("button", name="同意", exact=True).click()
    expect(handler.locator(".error-summary")).to_contain_text("意见")
    expect(handler.get_by_label("法律依据")).to_have_value("食品安全法第三十五条")
    handler.get_by_label("意见", exact=True).fill("符合条件。")
    handler.get_by_role("button", name="同意", exact=True).click()
    expect(handler.locator("[data-flash=success]")).to_contain_text(number)


def test_a_task_is_done_with_the_keyboard_alone(site: Site, busy: Busy) -> None:
    page = site.staff("sw.handler")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="签收")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-flash=success]")).to_be_visible()
    while page.evaluate("document.activeElement.name") != "opinion":
        page.keyboard.press("Tab")
    page.keyboard.type("已经核对")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[open]")).to_contain_text("准予后立即生效")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    item = site.hall.item(busy.cases["review"], "R03")
    assert item.state == "approved"


def test_what_was_written_survives_a_closed_page(site: Site, busy: Busy) -> None:
    page = site.staff("yc.handler")
    page.goto(f"/tasks/{busy.tasks['R12']}")
    page.get_by_label("意见", exact=True).fill("写到一半")
    page.goto("/cases")
    page.goto(f"/tasks/{busy.tasks['R12']}")
    expect(page.get_by_label("意见", exact=True)).to_have_value("写到一半")
    expect(page.locator(".draft-note")).to_be_visible()


def test_a_refused_form_of_a_case_is_open_again_with_what_was_written(
    site: Site, busy: Busy
) -> None:
    page = site.staff("window1")
    page.goto(f"/cases/{busy.cases['received']}")
    page.get_by_text("提议不予受理").click()
    page.get_by_label("情形").select_option("not_qualified")
    page.locator("#f-decline-reason").fill("无")
    page.get_by_role("button", name="提交否定报批").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写明理由")
    expect(page.locator("#f-decline-reason")).to_have_value("无")
    expect(page.get_by_label("情形")).to_have_value("not_qualified")


def test_the_diagram_says_how_each_item_stands(site: Site, busy: Busy) -> None:
    page = site.staff("yc.handler")
    page.goto(f"/cases/{busy.cases['review']}")
    expect(page.locator("[data-drawn=yes]")).to_be_visible()
    grounds = {
        state: page.locator(f".djs-shape.is-{state} .djs-visual > rect").first.evaluate(
            "shape => getComputedStyle(shape).fill"
        )
        for state in ("approved", "reviewing", "suspended", "return_review", "absent")
    }
    assert len(set(grounds.values())) == len(grounds), grounds
    words = page.locator(".item-badges").all_inner_texts()
    assert any("准予" in text for text in words)
    assert any("审查中" in text and "剩" in text for text in words)
    page.locator("[data-zoom=fit]").click()
    page.locator(".has-link").filter(has_text="烟草").click()
    page.wait_for_url("**/tasks/*")


def test_a_visitor_reads_the_same_page_in_the_other_language(site: Site, busy: Busy) -> None:
    page = site.visitor()
    number = busy.cases["review"]
    track(page, number, site.hall.case(number).query_code)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Opening a restaurant")).to_be_visible()
    page.get_by_text("Withdraw the application").first.click()
    page.locator("[name=reason]").fill("x")
    press(page, "Withdraw the application")
    expect(page.get_by_role("alert").first).to_contain_text("Please give the reason")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="开办餐饮店")).to_be_visible()


def test_whatever_a_page_complains_of_is_noticed(site: Site) -> None:
    page = site.visitor()
    page.goto("/track")
    page.evaluate("console.error('planted')")
    page.evaluate("document.head.append(document.createElement('style'))")
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'http://a.test/b' }))")
    page.goto("/track")
    said = "\n".join(site.complaints.found)
    site.complaints.found.clear()
    assert "planted" in said
    assert "style-src" in said
    assert "img-src" in said or "http://a.test/b" in said
