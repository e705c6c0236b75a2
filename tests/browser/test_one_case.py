"""One joint approval from the counter to the licence, played by everyone it takes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, sign_in, track

FORM = {
    "applicant_name": "金味餐饮有限公司",
    "applicant_number": "91330700MA29ABCD1G",
    "contact_name": "张三",
    "contact_phone": "13800000000",
    "contact_address": "婺城区中山路 88 号",
    "shop_name": "金味小馆",
    "shop_address": "婺城区中山路 88 号一层",
}


def receive(clerk: Page, without: str) -> tuple[str, str]:
    """The clerk receives an application with one document missing; gives number and code."""
    clerk.get_by_role("link", name="收件登记").first.click()
    clerk.get_by_role("link", name="开办餐饮店").click()
    for key, answer in FORM.items():
        clerk.fill(f"[name={key}]", answer)
    clerk.get_by_label("企业", exact=True).check()
    clerk.get_by_label("经营类型").select_option(label="热食类制售")
    clerk.get_by_label("真实性负责").check()
    for box in clerk.locator("[name=materials]").all():
        if box.get_attribute("value") != without:
            box.check()
    press(clerk, "收件并打印凭证")
    expect(clerk.get_by_role("heading", name="申请材料接收凭证")).to_be_visible()
    number = re.search(r"/cases/(\d+)/receipt", clerk.url)
    assert number
    return number[1], clerk.locator(".receipt-code strong").inner_text()


def work(site: Site, page: Page, username: str, item: str, *buttons: str) -> None:
    """Someone of a department opens the task from the desk, writes an opinion and concludes."""
    site.become(page, username)
    page.goto("/")
    page.get_by_role("row").filter(has_text=item).get_by_role("link").click()
    for name in buttons:
        if name != "签收":
            page.get_by_label("意见", exact=True).fill("材料齐全，符合法定条件。")
        press(page, name)
        expect(page.locator("[data-flash=success]")).to_be_visible()


def test_a_case_goes_from_the_counter_to_the_licence(site: Site) -> None:
    clerk, applicant = site.visitor(), site.visitor()
    sign_in(clerk, "window1")
    number, code = receive(clerk, without="M16")
    told_once(clerk, applicant, number, code)
    decided_by_the_departments(site, number)
    delivered(clerk, number)
    track(applicant, number, code)
    expect(applicant.locator(".progress-steps .done")).to_have_count(4)
    expect(applicant.locator("tbody tr").filter(has_text="食品经营许可")).to_contain_text("准予")


def told_once(clerk: Page, applicant: Page, number: str, code: str) -> None:
    """What is missing is told once; the applicant sees it, brings it, and the case is accepted."""
    clerk.goto(f"/cases/{number}")
    clerk.get_by_text("一次性告知补正（").click()
    press(clerk, "一次性告知并打印")
    expect(clerk.get_by_role("article")).to_contain_text("从业人员名单")
    track(applicant, number, code)
    expect(applicant.get_by_role("status").first).to_contain_text("从业人员名单")
    clerk.get_by_role("link", name="返回办件").click()
    clerk.get_by_label("从业人员名单").check()
    press(clerk, "登记补正材料")
    press(clerk, "受理并分发")
    expect(clerk.locator(".case-state")).to_have_text("并联审查中")


def decided_by_the_departments(site: Site, number: str) -> None:
    """Four departments decide five items; one is late, and the supervisor sees it."""
    desk = site.visitor()
    work(site, desk, "sj.handler", "食品经营许可", "签收", "同意")
    work(site, desk, "sj.checker", "食品经营许可", "同意")
    work(site, desk, "sj.approver", "食品经营许可", "预审完成，等待前置结果")
    work(site, desk, "sj.handler", "企业设立登记", "签收", "准予")
    work(site, desk, "ga.handler", "公章刻制", "签收", "准予")
    work(site, desk, "wj.handler", "健康证明", "签收", "准予")
    site.hall.at("2026-03-03T10:00")
    site.hall.sweep()
    supervisor = site.staff("supervisor")
    supervisor.get_by_role("link", name="时限看板").first.click()
    late = supervisor.locator("#nearest tbody tr").filter(has_text="税务信息确认")
    expect(late).to_contain_text("超 1 天")
    late.get_by_role("link").first.click()
    expect(supervisor.locator(".timeline").first).to_contain_text("超期上报")
    expect(supervisor.locator("[data-drawn=yes] .is-approved").first).to_be_visible()
    work(site, desk, "sw.handler", "税务信息确认", "签收", "准予")
    work(site, desk, "sj.approver", "食品经营许可", "准予")


def delivered(clerk: Page, number: str) -> None:
    """The window hands everything over at once and closes the case."""
    clerk.goto("/?state=decided")
    clerk.get_by_role("link", name=number).click()
    clerk.get_by_label("送达方式").select_option(label="窗口领取")
    press(clerk, "送达")
    press(clerk, "结案")
    expect(clerk.locator(".case-state")).to_have_text("办结")
