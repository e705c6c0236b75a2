"""The lists of the desk in a browser: by hand, on a phone, without scripts, and when work comes."""

from playwright.sync_api import expect

from tests.browser.busy import Busy
from tests.browser.site import Site
from tests.browser.test_pages import PHONE, TOO_WIDE

#: How the page is told that fifteen seconds have passed.
SOON = "window.setTimeout = ((later) => (run, ms) => later(run, Math.min(ms, 50)))(setTimeout)"


def test_a_list_is_filtered_kept_and_done_at_once_without_scripts(site: Site, busy: Busy) -> None:
    for token in ("fresh", "another"):
        site.hall.accepted(token=token)
    page = site.staff("sj.handler", java_script_enabled=False)
    page.goto("/?list=open")
    everything = page.locator("tbody tr").count()
    page.get_by_role("link", name="筛选、列和视图").click()
    page.locator("#f-item").select_option("R08")
    page.get_by_role("button", name="按条件筛选").click()
    assert 0 < page.locator("tbody tr").count() < everything
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").fill("食品经营")
    page.get_by_role("button", name="保存当前条件和列").click()
    expect(page.locator(".kept")).to_contain_text("食品经营")
    for box in page.locator("td.tick input").all():
        box.check()
    page.get_by_text("批量办理勾选的任务").click()
    page.get_by_role("button", name="批量签收").click()
    expect(page.locator("h1")).to_have_text("批量签收")
    expect(page.locator("tbody tr").first).to_contain_text("已办理")


def test_a_filtered_list_fits_on_a_phone(site: Site, busy: Busy) -> None:
    page = site.staff("sj.handler")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/?list=open&light=green&received_from=nonsense")
    expect(page.locator(".error-summary")).to_be_visible()
    assert not page.evaluate(TOO_WIDE)
    site.hall.accepted(token="fresh")
    page.goto("/?list=open")
    for summary in page.locator("main summary").all():
        summary.click()
    assert not page.evaluate(TOO_WIDE)


def test_new_work_is_told_and_nothing_moves_until_it_is_wanted(site: Site, busy: Busy) -> None:
    page = site.staff("sj.handler")
    page.add_init_script(SOON)
    page.goto("/?list=open")
    rows = page.locator("tbody tr").count()
    site.hall.accepted(token="fresh")
    expect(page.locator("[data-news]")).to_contain_text("有 2 件新任务")
    assert page.locator("tbody tr").count() == rows
    page.get_by_role("link", name="刷新").click()
    expect(page.locator("tbody tr")).to_have_count(rows + 2)
    expect(page.locator("[data-news]")).to_be_hidden()
