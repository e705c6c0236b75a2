"""The board refreshes itself and loses nobody's place; the wall outlives a server that is away."""

from playwright.sync_api import expect

from tests.browser.busy import Busy
from tests.browser.site import Site


def test_the_board_keeps_what_is_open_and_where_one_is(site: Site, busy: Busy) -> None:
    page = site.staff("supervisor")
    page.clock.install()
    page.goto("/board")
    page.get_by_text("每天的数字").click()
    link = page.locator("#per-day a").first
    link.focus()
    numbers = page.locator("#board .number-card .n")
    before = [int(n) for n in numbers.all_inner_texts()]
    site.hall.accepted(token="while the board is open")
    with page.expect_response("**/board*"):
        page.clock.fast_forward(31_000)
    expect(numbers.nth(3)).to_have_text(str(before[3] + 3))
    expect(page.locator("#per-day")).to_have_attribute("open", "")
    expect(page.locator("#per-day a").first).to_be_focused()


def test_the_wall_stays_while_the_server_is_away_and_goes_on_when_it_is_back(
    site: Site, busy: Busy
) -> None:
    page = site.staff("mayor")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto("/board/wall")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.route("**/board/wall", lambda route: route.abort())
    site.complaints.found.clear()
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(21_000)
    expect(page.locator("#wall h1")).to_be_visible()
    expect(page.locator("#toast")).to_contain_text("连接不上服务器")
    page.unroute("**/board/wall")
    site.hall.clock.advance(minutes=3)
    with page.expect_response("**/board/wall"):
        page.clock.fast_forward(21_000)
    later = site.hall.clock.now().astimezone().strftime("%M")
    expect(page.locator(".wall-head p")).to_contain_text(f":{later}")
    site.complaints.found.clear()
