"""An afternoon in the drawing room: from an empty page to the first case, as two designers."""

from playwright.sync_api import Page, expect

from tests.browser.room import choose, drawing, faults, field, rename
from tests.browser.site import Site, press
from workflows.drawing.feasibility import everything
from workflows.states import CaseState

#: Six items of six departments.
ITEMS = {
    "R08": "食品经营许可", "R10": "户外招牌", "R11": "排水许可",
    "R13": "健康证明", "R14": "环评备案", "R15": "水电气报装",
}  # fmt: skip


def start_with_items(page: Page) -> None:
    """A new process, and what it is about: six items of a theme that is published."""
    page.goto("/processes")
    page.get_by_text("新建流程").click()
    page.locator("#f-new").fill("teahouse")
    page.locator("form", has=page.locator("#f-new")).get_by_label("名称").fill("开茶馆")
    page.locator("form", has=page.locator("#f-new")).get_by_role("button").click()
    page.wait_for_url("**/drafts/teahouse/**")
    page.goto("/drafts/teahouse/choose?from=restaurant")
    page.get_by_label("主题名称").fill("开茶馆")
    page.get_by_label("英文名称").fill("A teahouse")
    page.get_by_label("主题编号").fill("TEA-1")
    for code in ITEMS:
        page.get_by_label(code).check()
    press(page, "生成目录和流程图")


def chosen(page: Page) -> str:
    """The id of the element that was drawn last."""
    found: str = page.evaluate("() => __designer.modeler.get('selection').get()[0].id")
    return found


def add(page: Page, key: str, search: str, name: str) -> str:
    """A new element (n), or the next one after the chosen one (a), by keyboard; its id."""
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press(key)
    box = page.locator(".djs-popup input")
    box.press_sequentially(search)
    box.press("Enter")
    page.keyboard.press("Escape")
    expect(field(page, "名称")).to_have_value("")
    rename(page, name)
    return chosen(page)


def draw_by_hand(page: Page) -> None:
    """The generated drawing is thrown away; the same six are drawn from an empty page."""
    drawing(page, "/drafts/teahouse/diagram/teahouse.bpmn")
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    add(page, "n", "start", "受理")
    split = add(page, "a", "inclusive", "需办事项")
    join = ""
    for code, name in ITEMS.items():
        choose(page, split)
        add(page, "a", "call", name)
        field(page, "办哪个事项").select_option(code)
        if join:
            field(page, "连到").select_option(label="全部决定")
        else:
            join = add(page, "a", "inclusive", "全部决定")
            add(page, "a", "end", "办结")
    choose(page, split)
    field(page, "连到").select_option(label="全部决定")


def mend(page: Page) -> None:
    """What lint says: every way out of the choice has its condition, and one is the default."""
    expect(faults(page).first).to_be_visible()
    ways = page.evaluate(
        "() => __designer.modeler.get('elementRegistry').filter((one) => one.source"
        " && one.source.businessObject.name === '需办事项').map((one) => [one.id,"
        " one.target.businessObject.extensionElements?.values[0].code || ''])"
    )
    assert len(ways) == len(ITEMS) + 1
    for flow, code in ways:
        choose(page, flow)
        if code:
            field(page, "表达式").fill(f'"{code}" in items')
            page.keyboard.press("Tab")
        else:
            page.get_by_role("button", name="设为默认出线").click()
    expect(faults(page)).to_have_count(0)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def test_six_departments_are_drawn_tried_published_by_two_and_run(site: Site) -> None:
    site.app.testing = True
    page = site.staff("designer1")
    start_with_items(page)
    draw_by_hand(page)
    mend(page)
    press_simulate = page.get_by_role("button", name="推演", exact=True)
    press_simulate.click()
    expect(press_simulate).to_have_attribute("aria-pressed", "true")
    page.goto("/drafts/teahouse/tests/new")
    page.get_by_label("用例名称").fill("全部准予")
    page.get_by_label("是否设置户外招牌").check()
    press(page, "保存并运行")
    page.get_by_role("button", name="以这次结果为准").click()
    expect(page.locator("main")).to_contain_text("项与期望相符")
    expect(page.locator("h2").first).not_to_contain_text("未通过")
    page.goto("/drafts/teahouse/promise")
    expect(page.locator("main")).to_contain_text("可以兑现")
    page.goto("/drafts/teahouse")
    page.locator("[name=note]").fill("新主题：开茶馆")
    press(page, "提交审核")
    expect(page.locator("main")).to_contain_text("待审")
    second = site.staff("designer2")
    second.goto("/processes/teahouse/1")
    press(second, "发布")
    expect(second.locator(".page-head")).to_contain_text("已发布")
    hall = site.hall
    number = hall.decided(everything(hall.catalogue("teahouse")), process="teahouse")
    assert hall.case(number).state is CaseState.DECIDED
    assert {item.code for item in hall.case(number).items} == set(ITEMS)
