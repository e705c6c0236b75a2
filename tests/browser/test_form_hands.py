"""Forms drawn with mouse and keyboard: dragged, moved, copied, in a table and out of it."""

import json

from playwright.sync_api import expect

from tests.browser.form_room import drag, drawn, is_saved, shape
from tests.browser.room import designing, field
from tests.browser.site import Site


def test_fields_are_dragged_moved_copied_and_pasted(site: Site) -> None:
    page = drawn(designing(site), "opinion")
    keys = "() => __forms.editor.root.components.map((one) => one.key)"
    source = page.locator("[data-kind=number]")
    source.hover()
    page.mouse.down()
    box = shape(page, "法律依据").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 30, steps=6)
    page.mouse.move(box["x"] + 45, box["y"] + 6, steps=6)
    page.mouse.up()
    expect(page.locator("#panel-label")).to_be_focused()
    assert page.evaluate(keys) == ["checked", "opinion", "number_1", "basis", "signature"]
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(keys)[1] == "number_1"
    page.keyboard.press("Control+d")
    assert page.evaluate(keys)[1:3] == ["number_1", "number_2"]
    page.keyboard.press("Delete")
    page.keyboard.press("Control+s")
    is_saved(page)
    other = drawn(page.context.new_page(), "application")
    shape(page, "手写签名").click()
    page.keyboard.press("Control+c")
    expect(other.locator("[data-copied]")).to_have_text("已从另一个窗口复制，可以粘贴。")
    other.get_by_role("button", name="粘贴").click()
    assert other.evaluate(keys)[-1] == "signature"


TABLE = {"type": "dynamiclist", "path": "t", "label": "表", "components": [
    {"type": "textfield", "key": "a", "label": "列一"},
    {"type": "number", "key": "b", "label": "列二"}]}  # fmt: skip


def test_a_table_takes_what_a_table_can_have_and_widths_are_those_of_the_page(site: Site) -> None:
    page = drawn(designing(site), "opinion")
    first = {"type": "textfield", "key": "first", "label": "甲"}
    page.evaluate(
        "(text) => __forms.through(text)", json.dumps({"id": "x", "components": [first, TABLE]})
    )
    page.locator(".desk").evaluate("(desk) => desk.scrollIntoView()")
    columns = "() => __forms.editor.at([__forms.editor.root.components.length - 1])"
    columns += ".components.map((one) => one.key)"
    drag(page, page.locator("[data-kind=radio]"), "列二")
    assert page.evaluate(columns) == ["a", "b"]
    drag(page, page.locator("[data-kind=number]"), "列二")
    expect(page.locator("#panel-label")).to_be_focused()
    assert page.evaluate(columns) == ["a", "number_1", "b"]
    drag(page, shape(page, "甲"), "列一")
    expect(page.locator(".outline")).to_have_count(0)
    assert page.evaluate(columns) == ["first", "a", "number_1", "b"]
    page.get_by_role("button", name="撤销一步").click()
    assert page.evaluate(columns) == ["a", "number_1", "b"]
    shape(page, "列一").click()
    field(page, "宽度").select_option("4")
    expect(field(page, "宽度")).to_be_focused()
    narrow = "() => JSON.parse(__forms.editor.text()).components[1].components[0].layout"
    assert page.evaluate(narrow) == {"columns": 4}
