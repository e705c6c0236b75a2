"""文书模板 in a browser: written beside how it comes out, kept by itself, and with two at once."""

from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site, press
from tests.drafting import begun, write
from tests.hall import Hall
from workflows.drawing import drafts


def opened(site: Site, document: str = "acceptance") -> Page:
    """A designer has begun an own template with the built-in one."""
    begun(site.hall)
    page = site.staff("designer1")
    page.goto(f"/drafts/restaurant/documents/{document}")
    expect(page.locator("textarea")).to_have_attribute("readonly", "")
    press(page, "以此为底稿修改")
    expect(page.locator("[data-shown] img").first).to_be_visible()
    return page


def text_in(hall: Hall, file: str) -> str:
    with hall.read() as session:
        return drafts.files(session, "restaurant")[file].text


def test_a_template_is_written_beside_how_it_comes_out(site: Site) -> None:
    page = opened(site)
    area, shown = page.locator("textarea"), page.locator("[data-shown]")
    before = shown.locator("img").first.get_attribute("src")
    text = area.input_value()
    area.fill(text.replace("#to(applicant.name)", "#to(aplicant.name)"))
    place = shown.get_by_role("link", name="第 6 行")
    place.click()
    assert area.evaluate("(it) => it.value.slice(it.selectionStart, it.selectionEnd)") == (
        "#to(aplicant.name)"
    )
    page.keyboard.type("#to[某某公司]")
    expect(shown.locator("img").first).to_be_visible()
    assert shown.locator("img").first.get_attribute("src") != before
    expect(page.locator("[data-saved]")).to_have_text("已保存")
    assert "#to[某某公司]" in text_in(site.hall, "acceptance.typ")
    numbers = page.locator("[data-gutter] div")
    assert numbers.count() == len(area.input_value().split("\n"))
    found = serious(page)
    for address in ("documents", "document-fields"):
        page.goto(f"/drafts/restaurant/{address}")
        found += serious(page)
    assert found == []


def test_what_another_saved_meanwhile_is_not_overwritten(site: Site) -> None:
    page = opened(site, "receipt")
    write(site.hall, "receipt.typ", "收到的材料如下", "清单如下")
    area = page.locator("textarea")
    area.fill(area.input_value().replace("收到的材料如下", "我的清单"))
    expect(page.locator("[data-conflict]")).to_contain_text("郑复核 在您打开之后保存了")
    assert "清单如下" in text_in(site.hall, "receipt.typ")
    assert "我的清单" in area.input_value()
    press(page, "以我的覆盖")
    page.locator("dialog[open] [data-yes]").click()
    expect(page.locator("[data-saved]")).to_have_text("已保存")
    assert "我的清单" in text_in(site.hall, "receipt.typ")


def test_a_clerk_opens_the_documents_of_a_case(site: Site) -> None:
    number = site.hall.accepted()
    page = site.staff("window1")
    page.goto(f"/cases/{number}")
    section = page.locator("#documents")
    link = section.get_by_role("link", name="受理通知书")
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    expect(section).to_contain_text("还没有编号签发")
