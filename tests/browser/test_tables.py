"""Decision tables in a browser: drawn, tried, used, published; and a case that goes by one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.room import choose, designing, draft_of, drawing, faults, field, token
from tests.browser.site import Site, press
from tests.engine.tables import FEE
from tests.hall import LARGE

TABLES = "/drafts/restaurant/tables"
#: What a designer writes: which premises, and who looks at them.
RULES = [("<= 100", '"direct"'), ("]100..300]", '"direct"'), ("> 300", '"checked"')]


def ruler(page: Page, name: str) -> Page:
    """Open the editor of a table, ready to write."""
    page.goto(f"{TABLES}/{name}")
    expect(page.locator("[data-ruler]")).to_have_attribute("data-drawn", "yes")
    return page


def put(page: Page, text: str = FEE, revision: int = 0) -> None:
    """The table of the draft, as somebody saves it over a revision."""
    sent = {"csrf_token": token(page), "text": text, "revision": str(revision)}
    address = "/drafts/restaurant/files/fee.dmn"
    answer = page.request.post(address, form={**sent}, max_redirects=0)
    assert answer.status == 303


def cell(page: Page, row: int, column: int) -> Locator:
    """A cell of the table: rows from 1, the first column is 1."""
    return page.locator(f".tjs-table tbody tr:nth-child({row}) td:nth-child({column + 1})")


def write(page: Page, row: int, column: int, text: str) -> None:
    """Write into a cell as a person does."""
    cell(page, row, column).locator("[contenteditable=true], .cell-editor").first.click()
    page.keyboard.type(text)


def column(page: Page, part: str, label: str) -> Locator:
    """A field of a column in the form below the table."""
    place = page.locator("[data-columns] .part", has_text=part)
    return place.get_by_label(label, exact=True)


def kept(page: Page) -> None:
    """Everything is saved."""
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved", timeout=8000)


def draw_table(page: Page) -> None:
    """A new table: its columns by the form, its three rules in the cells."""
    page.goto(TABLES)
    page.get_by_label("代号").fill("depth")
    page.get_by_label("名称").fill("审核方式")
    page.get_by_role("button", name="新建", exact=True).click()
    expect(page.locator("[data-ruler]")).to_have_attribute("data-drawn", "yes")
    page.locator("[data-columns] summary").click()
    column(page, "条件 1", "列标题").fill("建筑面积")
    column(page, "条件 1", "变量或表达式").fill("area_m2")
    column(page, "条件 1", "类型").select_option("number")
    column(page, "结果 1", "变量名").fill("depth")
    page.keyboard.press("Tab")
    for row, (test, result) in enumerate(RULES, start=1):
        page.get_by_role("button", name="添加规则", exact=True).click()
        write(page, row, 1, test)
        write(page, row, 2, result)
    page.keyboard.press("Escape")
    expect(page.locator("[data-check]")).to_have_attribute("data-found", "0", timeout=8000)
    kept(page)


def try_table(page: Page) -> None:
    """What it comes to is said at once, with the rule that hits."""
    page.get_by_label("建筑面积").fill("420")
    page.get_by_role("button", name="试算一下").click()
    outcome = page.locator("[data-outcome]")
    expect(outcome).to_contain_text("第 3 条命中")
    expect(outcome).to_contain_text("checked")
    expect(page.locator(".rule-table .hit")).to_contain_text("> 300")
    hit = cell(page, 3, 1).evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert hit != cell(page, 1, 1).evaluate("(one) => getComputedStyle(one).backgroundColor")
    page.get_by_label("建筑面积").fill("200")
    expect(outcome).to_contain_text("第 2 条命中")


def connect(page: Page, source: str, target: str) -> str:
    """An arrow between two elements; its id."""
    found: str = page.evaluate(
        "([one, other]) => { const get = (name) => __designer.modeler.get(name);"
        " const of = (id) => get('elementRegistry').get(id);"
        " return get('modeling').connect(of(one), of(other)).id }", [source, target]
    )  # fmt: skip
    return found


def follow(page: Page, search: str) -> str:
    """The next step after the chosen one, by keyboard; its id."""
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press("a")
    box = page.locator(".djs-popup input")
    box.press_sequentially(search)
    box.press("Enter")
    page.keyboard.press("Escape")
    found: str = page.evaluate("() => __designer.modeler.get('selection').get()[0].id")
    return found


def use_table(page: Page) -> None:
    """In the three-step procedure the table is asked behind the review."""
    drawing(page, "/drafts/restaurant/diagram/item_three_step.bpmn")
    choose(page, "reviewed")
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press("Delete")
    choose(page, "review")
    follow(page, "rule")
    expect(faults(page).filter(has_text="lb:decision")).to_have_count(1)
    field(page, "查哪张规则表").select_option("depth")
    expect(field(page, "名称")).to_have_value("审核方式")
    expect(page.locator("[data-panel]")).to_contain_text("变量：depth")
    split = follow(page, "exclusive")
    default = connect(page, split, "check")
    at_once = connect(page, split, "to_decide")
    choose(page, default)
    page.get_by_role("button", name="设为默认出线").click()
    choose(page, at_once)
    field(page, "添加条件").select_option("value:depth")
    field(page, "值").fill("direct")
    page.keyboard.press("Tab")
    expect(field(page, "表达式")).to_have_value('depth == "direct"')
    expect(faults(page)).to_have_count(0)
    assert page.evaluate("() => [...__designer.unknown]") == []
    kept(page)


def test_a_table_is_drawn_tried_used_published_and_a_case_goes_by_it(site: Site) -> None:
    page = designing(site)
    draw_table(page)
    try_table(page)
    use_table(page)
    page.goto(TABLES)
    expect(page.locator("main")).to_contain_text("3 条规则")
    expect(page.locator("main")).to_contain_text("item_three_step.bpmn")
    page.goto("/drafts/restaurant")
    page.locator("[name=note]").fill("小餐饮店不经审核人")
    press(page, "提交审核")
    second = site.staff("designer2")
    second.goto("/processes/restaurant/2")
    expect(second.locator("main")).to_contain_text("depth.dmn")
    press(second, "发布")
    hall = site.hall
    for answers, step, said in (({}, "decide", "第 1 条 → direct"),
                                (LARGE, "check", "第 3 条 → checked")):  # fmt: skip
        number = hall.accepted(answers, token=f"t{step}")
        hall.sign_for(number, "R08")
        hall.opine(number, "R08")
        assert hall.task(number, "R08").element == step
        clerk = site.staff("window1")
        clerk.goto(f"/cases/{number}")
        expect(clerk.locator(".timeline").first).to_contain_text(f"规则表 审核方式：{said}")


#: What the library does not draw, and must not lose.
FOREIGN = (
    FEE.replace("<definitions ", '<definitions xmlns:x="urn:other" x:by="somebody" ', 1)
    .replace("<decision ", '<itemDefinition id="t" name="size"><typeRef>string</typeRef>'
             '</itemDefinition><decision x:owner="others" ', 1)
    .replace("<decisionTable", '<extensionElements><x:note kind="old">keep me</x:note>'
             '</extensionElements><variable id="v" name="fee" typeRef="number"/><decisionTable', 1)
    .replace("</definitions>", '<businessKnowledgeModel id="b" name="twice"><encapsulatedLogic '
             'id="l"><formalParameter id="a" name="n" typeRef="number"/><literalExpression id="e">'
             "<text>n * 2</text></literalExpression></encapsulatedLogic>"
             "</businessKnowledgeModel></definitions>")
)  # fmt: skip


def test_undo_and_what_others_have_written_is_kept_through_an_edit(site: Site) -> None:
    page = designing(site)
    put(page, FOREIGN)
    ruler(page, "fee")
    expect(page.locator("[data-unread]")).to_be_hidden()
    cell(page, 3, 2).locator("[contenteditable=true], .cell-editor").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("150")
    expect(page.locator(".rule-table")).to_contain_text("150")
    kept(page)
    text = draft_of(site, "restaurant", "fee.dmn")
    for part in ('x:by="somebody"', 'x:owner="others"', "keep me", 'kind="old"', "itemDefinition",
                 "n * 2", 'name="twice"', ">150<", 'typeRef="number"'):  # fmt: skip
        assert part in text, part
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销一步").click()
    expect(page.locator(".rule-table")).not_to_contain_text("150")


def test_two_designers_do_not_overwrite_each_other(site: Site) -> None:
    page = designing(site)
    put(page)
    ruler(page, "fee")
    put(page, FEE.replace("120", "130"), revision=1)
    page.get_by_role("button", name="添加规则", exact=True).click()
    conflict = page.locator("[data-conflict]")
    expect(conflict).to_contain_text("没有覆盖它", timeout=8000)
    conflict.get_by_role("button", name="放弃我的").click()
    page.locator("dialog[open] [data-yes]").click()
    expect(page.locator(".rule-table")).to_contain_text("130")
    put(page, FEE.replace("120", "140"), revision=2)
    page.get_by_role("button", name="添加规则", exact=True).click()
    expect(conflict).to_be_visible(timeout=8000)
    conflict.get_by_role("button", name="以我的覆盖").click()
    page.locator("dialog[open] [data-yes]").click()
    kept(page)
    assert ">130<" in draft_of(site, "restaurant", "fee.dmn")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_editor_speaks_both_languages_and_can_be_heard(site: Site, language: str) -> None:
    page = designing(site)
    put(page)
    ruler(page, f"fee?lang={language}")
    page.locator("[data-columns] summary").click()
    for place in (cell(page, 1, 1), cell(page, 1, 2), page.locator(".tjs-table th").nth(1)):
        place.click(button="right")
        page.keyboard.press("Escape")
    page.locator(".tjs-table th").nth(1).dblclick()
    page.keyboard.press("Escape")
    assert page.evaluate("() => [...__tables.unknown]") == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert not serious(page)
