"""What people say: rated by touch at the window, by keyboard on a phone, and without a script."""

from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.busy_voices import asked
from tests.browser.site import Site, press, track
from tests.browser.test_pages import PHONE, TOO_WIDE
from tests.complaints import complained
from workflows.models import Complaint, Rating


def sound(page: Page) -> None:
    """Nothing is wider than the screen, and nothing keeps a screen reader from it."""
    assert not page.evaluate(TOO_WIDE), page.url
    assert not serious(page)


def levels(site: Site) -> list[int]:
    """What was said so far."""
    with site.hall.read() as session:
        return [row.level for row in session.query(Rating).order_by(Rating.id)]


def test_an_applicant_rates_by_keyboard_on_a_phone(site: Site) -> None:
    number = site.hall.accepted()
    site.hall.grant(number, "R01")
    page = site.visitor(viewport=PHONE)
    track(page, number, site.hall.case(number).query_code)
    sound(page)
    page.locator("a[href*='/track/rate']").press("Enter")
    sound(page)
    page.locator("#level-5").focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#level-2")).to_be_checked()
    page.locator("#reason-slow").press("Space")
    page.get_by_role("button", name="提交评价").press("Enter")
    page.wait_for_url("**/track/progress#h-ratings")
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    assert levels(site) == [2]


def test_the_device_at_the_window_asks_by_itself_and_thanks(site: Site) -> None:
    page = site.visitor()
    page.goto("/rate/3")
    expect(page.get_by_text("工作人员会请您")).to_be_visible()
    asked(site.hall, site.hall.receive(), "3")
    expect(page.locator("[for=level-4]")).to_be_visible(timeout=10_000)
    sound(page)
    page.locator("[for=level-4]").click()
    press(page, "提交评价")
    expect(page.get_by_role("status").first).to_contain_text("谢谢")
    assert levels(site) == [4]


def test_one_complains_and_it_is_handled_without_a_script(site: Site) -> None:
    page = site.visitor(viewport=PHONE, java_script_enabled=False)
    page.goto("/complaint")
    page.select_option("[name=category]", "04")
    page.fill("[name=against]", "市场监督管理局")
    page.fill("[name=text]", "一个月没有回音")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url("**/complaint/progress")
    with site.hall.read() as session:
        [one] = session.query(Complaint).all()
    expect(page.get_by_text(one.query_code)).to_be_visible()
    watch = site.staff("supervisor", java_script_enabled=False)
    watch.goto(f"/complaints/{one.number}")
    watch.get_by_label("受理", exact=True).check()
    watch.get_by_role("radio", name="交办").check()
    watch.select_option("[name=department]", "SJ")
    watch.fill("[name=reason] >> nth=0", "属于受理范围")
    watch.get_by_role("button", name="提交").first.click()
    expect(watch.locator(".case-state")).to_have_text("待签收投诉")


def test_the_page_of_a_complaint_is_sound(site: Site) -> None:
    one = complained(site.hall)
    page = site.staff("supervisor", viewport=PHONE)
    page.goto(f"/complaints/{one.number}")
    sound(page)
    page.get_by_label("理由").last.fill("回访核实")
    press(page, "解封查看")
    expect(page.get_by_text("李小花")).to_be_visible()
    sound(page)
