"""At a window: nothing typed is lost, what is read goes where it belongs, paper comes at once."""

from playwright.sync_api import Page, expect

from tests.browser.site import Site

COUNT_PRINTS = "window.print = () => { window.printed = (window.printed || 0) + 1 }"


def write(clerk: Page) -> None:
    """Write into the form, and let the page keep it."""
    with clerk.expect_response("**/intake/draft"):
        clerk.get_by_label("申请人名称").fill("金味餐饮有限公司")
        clerk.get_by_label("联系电话").fill("13800000000")
        clerk.get_by_label("M04").check()
    expect(clerk.locator("[data-kept]")).to_contain_text("已暂存")


def test_a_form_survives_a_crash_of_the_browser(site: Site) -> None:
    clerk = site.staff("window1")
    clerk.goto("/intake?process=restaurant")
    write(clerk)
    clerk.context.close()
    again = site.staff("window1")
    again.get_by_role("link", name="收件登记").first.click()
    expect(again.locator("[data-kept]")).to_contain_text("已恢复 2026-03-02 09:30")
    expect(again.get_by_label("申请人名称")).to_have_value("金味餐饮有限公司")
    expect(again.get_by_label("M04")).to_be_checked()
    again.get_by_role("button", name="改办").click()
    expect(again.get_by_role("heading", level=1)).to_contain_text("施工许可")
    expect(again.get_by_label("联系电话")).to_have_value("13800000000")
    again.get_by_role("button", name="清空重填").click()
    again.locator("dialog[open] [data-yes]").click()
    expect(again.get_by_label("联系电话")).to_have_value("")


def test_a_reader_may_type_anywhere_and_its_enter_sends_nothing(site: Site) -> None:
    clerk = site.staff("window1")
    clerk.goto("/intake?process=restaurant")
    clerk.get_by_label("联系电话").fill("13800000000")
    clerk.get_by_label("联系电话").press("Enter")
    expect(clerk.get_by_label("联系地址")).to_be_focused()
    clerk.get_by_label("企业", exact=True).focus()
    clerk.keyboard.type("330702199001011234|张三|中山路88号")
    expect(clerk.get_by_label("扫码或读卡")).to_have_value("330702199001011234|张三|中山路88号")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_label("申请人名称")).to_have_value("张三")
    expect(clerk.get_by_label("联系电话")).to_have_value("13800000000")
    clerk.goto("/")
    number = site.hall.receive()
    clerk.keyboard.type(number)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(f"**/cases/{number}")


def test_a_ticket_and_a_receipt_are_printed_once(site: Site) -> None:
    number = site.hall.receive()
    clerk = site.staff("window1")
    clerk.add_init_script(COUNT_PRINTS)
    clerk.goto(f"/cases/{number}/receipt?print=1")
    expect(clerk.locator(".sheet")).to_be_visible()
    clerk.wait_for_function("() => window.printed === 1")
    clerk.reload()
    assert clerk.evaluate("window.printed") is None
    visitor = site.visitor()
    visitor.add_init_script(COUNT_PRINTS)
    visitor.goto("/queue")
    visitor.get_by_role("button", name="餐饮").click()
    visitor.wait_for_function("() => window.printed === 1")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("A001")


def test_the_screen_of_the_hall_shows_who_is_called(site: Site) -> None:
    machine = site.visitor(java_script_enabled=False)
    machine.goto("/queue")
    machine.get_by_role("button", name="餐饮").click()
    expect(machine.get_by_role("heading", level=1)).to_have_text("A001")
    screen, clerk = site.visitor(), site.staff("window1", java_script_enabled=False)
    screen.goto("/queue/display")
    clerk.get_by_label("窗口号").fill("3")
    clerk.get_by_role("button", name="下一位").click()
    expect(clerk.locator("[data-flash]")).to_contain_text("A001 到 3 号窗口")
    expect(screen.locator(".latest")).to_contain_text("A001", timeout=15_000)
    clerk.get_by_role("link", name="开始收件").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("餐饮")
