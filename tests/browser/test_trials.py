"""Trying a process in a browser: without scripts as well, for the pages are forms and tables."""

from playwright.sync_api import expect

from tests.browser.site import Site, press


def test_a_test_case_is_written_run_and_expected_without_scripts_or_yaml(site: Site) -> None:
    page = site.staff("designer1", java_script_enabled=False)
    page.goto("/processes")
    page.locator("form[action$='/drafts/restaurant/begin'] button").click()
    page.get_by_role("link", name="试办").first.click()
    page.get_by_role("link", name="新建用例").click()
    page.get_by_label("用例名称").fill("烟草证不予")
    page.get_by_label("是否零售烟草制品").check()
    page.get_by_label("R12 决定").select_option(label="不予")
    page.get_by_role("button", name="保存并运行").click()
    page.get_by_role("button", name="以这次结果为准").click()
    expect(page.locator("h2").first).to_contain_text("通过")
    page.get_by_text("修改用例").click()
    page.get_by_label("R12 决定").select_option(label="准予")
    page.get_by_role("button", name="保存并运行").first.click()
    expect(page.locator("main")).to_contain_text("结果 R12")
    expect(page.locator("h2").first).to_contain_text("未通过")


def test_a_simulation_shows_how_far_it_is_and_then_its_heat_map(site: Site) -> None:
    page = site.staff("designer1")
    page.goto("/processes/restaurant/1/simulation")
    page.get_by_label("一共试算").fill("40")
    press(page, "开始试算")
    expect(page.locator("[data-drawn=yes]")).to_be_visible(timeout=60_000)
    expect(page.locator("main")).to_contain_text("各岗位的排队")
    expect(page.locator("progress")).to_have_count(0)
