"""Around a case, as people do it: with the keyboard, without scripts, on two machines."""

import re

from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, track
from tests.files import PDF, PNG
from tests.hall import Hall


def task_of(hall: Hall) -> tuple[str, str]:
    """A case, and the address of one of its tasks that is under review."""
    number = hall.accepted()
    hall.sign_for(number, "R08")
    return number, f"/tasks/{hall.task(number, 'R08').id}"


def opinion(page: Page) -> str:
    return page.get_by_label("意见", exact=True).input_value()


def test_what_is_typed_is_kept_by_itself_and_there_on_another_machine(
    site: Site, hall: Hall
) -> None:
    number, address = task_of(hall)
    here, there = site.staff("sj.handler"), site.staff("sj.handler")
    here.goto(address)
    here.get_by_label("意见", exact=True).press_sequentially("初步看来符合")
    expect(here.locator("[data-kept]")).to_contain_text("已暂存")
    there.goto(address)
    assert opinion(there) == "初步看来符合"
    expect(there.locator(".draft-note")).to_contain_text("暂存的内容")
    here.get_by_label("意见", exact=True).fill("符合条件")
    press(here, "同意")
    expect(here.locator("[data-flash=success]")).to_contain_text(number)
    there.reload()
    expect(there.locator("main")).not_to_contain_text("初步看来")


def test_a_page_that_is_left_at_once_has_kept_what_was_typed(site: Site, hall: Hall) -> None:
    _number, address = task_of(hall)
    here, there = site.staff("sj.handler"), site.staff("sj.handler")
    here.goto(address)
    here.get_by_label("意见", exact=True).fill("写到一半")
    here.goto("/cases")
    for _ in range(20):  # it is sent when the page is gone, and nobody waits for the answer
        there.goto(address)
        if opinion(there):
            break
    assert opinion(there) == "写到一半"


def test_all_of_it_is_done_without_scripts(site: Site, hall: Hall) -> None:
    number, address = task_of(hall)
    page = site.staff("sj.handler", java_script_enabled=False)
    page.goto(address)
    page.get_by_label("意见", exact=True).fill("初步看来")
    page.get_by_role("button", name="暂存").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("已暂存")
    assert opinion(page) == "初步看来"
    page.get_by_text("上传附件").click()
    file = {"name": "现场照片.png", "mimeType": "image/png", "buffer": PNG}
    page.get_by_label("文件").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="上传", exact=True).click()
    page.get_by_role("link", name="现场照片.png").click()
    expect(page.get_by_role("img", name="现场照片.png")).to_be_attached()
    page.goto(f"/cases/{number}")
    page.get_by_role("button", name="关注", exact=True).click()
    page.get_by_label("写评论").fill("@mayor 请看照片")
    page.get_by_role("button", name="发表评论").click()
    expect(page.locator(".talk")).to_contain_text("@mayor 请看照片")
    page.locator("summary", has_text="抄送").click()
    page.get_by_label("抄送给").fill("mayor")
    page.get_by_role("button", name="抄送", exact=True).click()
    site.become(page, "mayor")
    page.goto("/")
    expect(page.locator(".notices")).to_contain_text("请看照片")
    page.get_by_role("link", name="抄送").click()
    page.get_by_role("button", name=f"已阅 {number}").click()
    expect(page.locator(".nav-tabs .badge")).to_have_count(0)


def test_a_comment_is_written_with_the_keyboard_alone(site: Site, hall: Hall) -> None:
    _number, address = task_of(hall)
    page = site.staff("sj.handler", viewport={"width": 390, "height": 844})
    page.goto(address)
    while page.evaluate("document.activeElement.name") != "text":
        page.keyboard.press("Tab")
    page.keyboard.type("门头尺寸不符")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".talk")).to_contain_text("门头尺寸不符")
    assert page.url.endswith(f"{address}#talk")


def test_a_pdf_is_shown_in_its_page(site: Site, hall: Hall) -> None:
    number = hall.accepted()
    page = site.staff("window1")
    page.goto(f"/cases/{number}")
    page.get_by_text("上传附件").click()
    file = {"name": "勘查记录.pdf", "mimeType": "text/html", "buffer": PDF}
    page.get_by_label("文件").set_input_files(file)  # type: ignore[arg-type]
    press(page, "上传")
    with page.expect_response(re.compile("/content$")) as shown:
        page.get_by_role("link", name="勘查记录.pdf").click()
    assert shown.value.headers["content-type"] == "application/pdf"
    expect(page.locator("iframe.preview")).to_be_visible()


def test_an_applicant_reminds_once_a_day(site: Site, hall: Hall) -> None:
    number = hall.accepted()
    page = site.visitor()
    track(page, number, hall.case(number).query_code)
    page.locator("summary", has_text="催办").click()
    page.get_by_label("附言").fill("下周开业")
    press(page, "催办")
    expect(page.locator("[data-flash=success]")).to_contain_text("催办")
    page.locator("summary", has_text="催办").click()
    expect(page.get_by_text("2026-03-03 起可以再次催办")).to_be_visible()
