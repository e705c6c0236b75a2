"""Drawing a process: by keyboard, checked as one draws, kept, and not overwritten."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.room import (
    begin,
    choose,
    designing,
    draft_of,
    drawing,
    faults,
    field,
    holding,
    rename,
    types_in,
)  # fmt: skip
from tests.browser.site import Site


def after(page: Page, search: str, name: str) -> None:
    """Add the next step with the keyboard, and give it a name."""
    page.keyboard.press("a")
    box = page.locator(".djs-popup input")
    box.press_sequentially(search)
    box.press("Enter")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("[data-canvas] svg").first).to_be_focused()


def test_a_process_is_drawn_from_an_empty_page_with_the_keyboard(site: Site) -> None:
    site.app.testing = True
    page = site.staff("designer1")
    page.goto("/processes")
    begin(page, "hotel", "开旅馆")
    drawing(page, "/drafts/hotel/diagram/hotel.bpmn")
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press("j")
    after(page, "user", "窗口初审")
    after(page, "exclusive", "同意吗")
    assert types_in(page).count("UserTask") == 1
    after(page, "call", "公安")
    expect(field(page, "名称")).to_have_value("公安")
    field(page, "连到").select_option(label="结束")
    expect(faults(page).filter(has_text="窗口初审")).to_contain_text("lb:approval")
    faults(page).get_by_role("button", name=re.compile("窗口初审")).press("Enter")
    field(page, "岗位").select_option("handler")
    field(page, "环节类型").select_option("review")
    field(page, "同意").check()
    expect(faults(page).filter(has_text="窗口初审")).to_have_count(0)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    kept = draft_of(site, "hotel", "hotel.bpmn")
    assert '<lb:approval duty="handler" kind="review" conclusions="agree" />' in kept
    for _ in range(3):
        page.get_by_role("button", name="撤销一步").click()
    expect(faults(page).filter(has_text="窗口初审")).to_contain_text("lb:approval")
    page.get_by_role("button", name="重做").click()
    expect(field(page, "岗位")).to_have_value("handler")


def test_a_mouse_draws_as_well(site: Site) -> None:
    page = drawing(designing(site), "/drafts/restaurant/diagram?file=item_special")
    entry = page.locator(".djs-palette [data-action=call]")
    sheet, tool = page.locator("[data-canvas]").bounding_box(), entry.bounding_box()
    assert sheet and tool
    entry.click()
    page.mouse.move(sheet["x"] + 300, sheet["y"] + 60)
    page.mouse.click(sheet["x"] + 310, sheet["y"] + 60)
    page.locator(".djs-palette [data-action=parallel]").hover()
    page.mouse.down()
    page.mouse.move(sheet["x"] + 400, sheet["y"] + 60, steps=3)
    page.mouse.move(sheet["x"] + 560, sheet["y"] + 60, steps=3)
    page.mouse.up()
    page.locator(".djs-context-pad.open [data-action=append-user]").click()
    page.keyboard.press("Escape")
    page.locator(".djs-context-pad.open [data-action=replace]").click()
    page.locator(".djs-popup .entry", has_text="接收任务").click()
    drawn = ["CallActivity", "EndEvent", "ParallelGateway", "ReceiveTask", "SequenceFlow"]
    assert types_in(page) == [*drawn, "SequenceFlow", "StartEvent"]
    page.locator(".djs-context-pad.open [data-action=delete]").click()
    assert "ReceiveTask" not in types_in(page)


def test_two_designers_do_not_overwrite_each_other(site: Site) -> None:
    designer = designing(site)
    other = site.staff("designer2")
    for page in (designer, other):
        drawing(page, "/drafts/restaurant/diagram/item_instant.bpmn")
    rename(other, "对方的")
    expect(other.locator("[data-saved][data-state=saved]")).to_be_visible()
    rename(designer, "我的")
    conflict = designer.locator("[data-conflict]")
    expect(conflict).to_contain_text("郑复核")
    with designer.expect_download() as mine:
        conflict.get_by_role("button", name="下载我的").click()
    assert "我的" in Path(mine.value.path()).read_text("utf-8")
    conflict.get_by_role("button", name="以我的覆盖").click()
    designer.locator("dialog[open] [data-yes]").click()
    expect(designer.locator("[data-saved][data-state=saved]")).to_be_visible()
    assert "我的" in draft_of(site, "restaurant", "item_instant.bpmn")
    rename(other, "又是对方的")
    other.locator("[data-conflict]").get_by_role("button", name="放弃我的").click()
    other.locator("dialog[open] [data-yes]").click()
    expect(other.locator("[data-panel]").get_by_label("名称", exact=True)).to_have_value("我的")
    expect(other.locator("[data-conflict]")).to_be_hidden()


def several_posts_sign(site: Site, designer: Page) -> None:
    """A step of one post becomes a vote of three."""
    drawing(designer, "/drafts/restaurant/diagram/item_two_step.bpmn")
    choose(designer, "review")
    field(designer, "几个岗位一起签（会签、或签、票签）").check()
    field(designer, "会签规则").select_option("vote")
    field(designer, "批准").check()
    field(designer, "批准的票数").fill("2")
    field(designer, "通过线").fill("60%")
    designer.keyboard.press("Tab")
    expect(designer.locator("[data-saved][data-state=saved]")).to_be_visible()
    kept = draft_of(site, "restaurant", "item_two_step.bpmn")
    assert 'signers="handler checker approver:2" rule="vote" pass="60%"' in kept
    assert "multiInstanceLoopCharacteristics" in kept


def test_limits_are_shown_conditions_are_built_and_tried_and_posts_sign_together(
    site: Site,
) -> None:
    designer = designing(site)
    drawing(designer, "/drafts/restaurant/diagram/restaurant.bpmn")
    choose(designer, "R08")
    for words in ("市场监督管理局", "法定时限", "承诺时限", "剩"):
        expect(designer.locator("[data-panel] .facts")).to_contain_text(words)
    choose(designer, "to_R09")
    said = designer.locator("[data-panel] .said")
    expect(said).to_have_text("事项 R09 需要办理 且 R09 未选择告知承诺")
    designer.get_by_label("R09_commitment").fill("false")
    designer.get_by_label("items", exact=True).fill('["R09"]')
    tried = designer.locator(".tryout")
    expect(tried).to_have_text("成立：走这条线")
    field(designer, "添加条件").select_option("value:R01")
    expect(field(designer, "表达式")).to_have_value(
        '"R09" in items and not R09_commitment and R01 == "granted"'
    )
    expect(said).to_contain_text("且 R01 的结果是准予")
    field(designer, "表达式").fill("len(items) > 3 and R01")
    designer.keyboard.press("Tab")
    expect(said).to_have_text("len(items) > 3 and R01")
    field(designer, "表达式").fill("items >")
    designer.keyboard.press("Tab")
    expect(tried).to_contain_text("语法有误")
    expect(faults(designer).first).to_contain_text("语法有误")
    several_posts_sign(site, designer)


def test_what_is_copied_is_pasted_in_another_tab(site: Site) -> None:
    designer = designing(site)
    other = designer.context.new_page()
    drawing(designer, "/drafts/restaurant/diagram/item_two_step.bpmn")
    drawing(other, "/drafts/restaurant/diagram/item_instant.bpmn")
    before = types_in(other).count("UserTask")
    choose(designer, "review")
    designer.locator("[data-canvas] svg").first.focus()
    designer.keyboard.press("Control+c")
    expect(other.locator("[data-copied]")).to_have_text("已从另一个窗口复制，可以粘贴。")
    other.bring_to_front()
    other.locator("[data-canvas] svg").first.focus()
    other.keyboard.press("Control+v")
    box = other.locator("[data-canvas]").bounding_box()
    assert box
    other.mouse.move(box["x"] + 300, box["y"] + box["height"] - 60)
    other.mouse.move(box["x"] + 310, box["y"] + box["height"] - 70)
    other.mouse.down()
    other.mouse.up()
    holding(other, before + 1, "UserTask")
    xml = other.evaluate("() => __designer.saveXML()")
    assert xml.count("<lb:approval") == before + 1


def put(page: Page, key: str, host: str = "") -> None:
    """Put an element of our list on the sheet, or at the edge of another."""
    page.evaluate(
        """([key, host]) => {
          const { modeler, offered } = __designer
          const get = (name) => modeler.get(name)
          const { attrs } = offered.find((one) => one.key === key)
          const shape = get('elementFactory').createShape({ ...attrs, id: undefined })
          const at = get('elementRegistry').get(host)
          const place = at ? { x: at.x + 30, y: at.y + at.height } : { x: 700, y: 500 }
          const parent = at || get('canvas').getRootElement()
          get('modeling').createShape(shape, place, parent, { attach: Boolean(at) })
          get('selection').select(shape)
        }""",
        [key, host],
    )


#: Elements of our list: which field of the panel says what of them, and what it is given.
SAID = {
    "at-timer-beside": ("时长", "5wd"),
    "at-message": ("消息名称", "withdrawn"),
    "script": ("脚本", "late = len(items) > 3"),
    "receive": ("消息名称", "withdrawn"),
    "end-error": ("错误代码", "E1"),
}


def test_what_is_waited_for_repeated_and_computed_is_said_in_the_panel(site: Site) -> None:
    page = drawing(designing(site), "/drafts/restaurant/diagram/item_two_step.bpmn")
    for key, (label, value) in SAID.items():
        put(page, key, "review" if key.startswith("at-") else "")
        field(page, label).fill(value)
        page.keyboard.press("Tab")
    put(page, "user")
    field(page, "重复办理").select_option("one-by-one")
    for label, value in (
        ("名单（列表变量）", "items"), ("每一个的名称", "item"), ("汇总到（列表变量）", "said"),
        ("汇总哪个变量", "conclusion"), ("提前完成的条件", "numberOfCompletedInstances > 1"),
    ):  # fmt: skip
        field(page, label).fill(value)
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    kept = draft_of(site, "restaurant", "item_two_step.bpmn")
    assert kept.count('name="withdrawn"') == 1 and kept.count("messageRef=") == 2
    for part in (
        'cancelActivity="false"', ">5wd</", ">late = len(items) &gt; 3</", 'errorCode="E1"',
        'isSequential="true"', "loopDataInputRef>items<", "loopDataOutputRef>said<",
        'name="item"', 'name="conclusion"', ">numberOfCompletedInstances &gt; 1</",
    ):  # fmt: skip
        assert part in kept, part
    page.get_by_role("button", name="撤销一步").click()
    expect(field(page, "提前完成的条件")).to_have_value("")
