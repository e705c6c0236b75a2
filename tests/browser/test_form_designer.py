"""Drawing a form: by mouse and keyboard, checked as one draws, tried, used; nothing is lost."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from server.settings import ROOT
from tests.browser.axe import serious
from tests.browser.form_room import (
    EVERYTHING,
    FORMS,
    begin,
    drawn,
    is_saved,
    name,
    put,
    shape,
)
from tests.browser.room import designing, draft_of, drawing, faults, field
from tests.browser.site import Site, press
from tests.doors.test_form_pages import VISIT
from tests.hall import Hall
from workflows.models import Task

SHIPPED = [path.read_text("utf-8") for path in sorted((ROOT / "bpmn").glob("**/*.form.json"))]

#: Every component of the form chosen in turn, and a new one of every kind.
WALK = """async () => {
  const { editor, unknown } = __forms
  for (const type of editor.room.types) editor.add(type)
  for (const one of editor.all()) {
    editor.choose(one)
    await new Promise((done) => setTimeout(done, 5))
  }
  for (const _ of editor.room.types) editor.commandStack.undo()
  return [...unknown]
}"""


def draw_visit(page: Page) -> None:
    """Questions of six kinds behind the opinion, with a condition, a table and a sum."""
    shape(page, "意见").click()
    put(page, "radio", "踏勘结论")
    for place, words in enumerate(("合格", "不合格")):
        field(page, "选项文字").nth(place).fill(words)
        page.keyboard.press("Tab")
    put(page, "textarea", "存在的问题")
    page.get_by_text("什么时候不问").click()
    panel = page.locator("[data-part=hide]")
    panel.get_by_label("添加条件").select_option("choice_1")
    expect(panel.locator(".said")).to_have_text("踏勘结论是合格")
    panel.get_by_label("choice_1").fill("1")
    expect(panel.locator(".tryout")).to_contain_text("成立")
    page.get_by_text("什么时候必填").click()
    page.locator("[data-part=required-when]").get_by_label("表达式").fill('choice_1 == "2"')
    shape(page, "存在的问题").click()
    page.keyboard.press("n")  # from here on by keyboard
    page.locator("[data-kind=datetime]").press("Enter")
    name(page, "踏勘日期")
    page.locator("[data-kind=dynamiclist]").press("Enter")
    name(page, "房间")
    field(page, "添加列").select_option("number")
    name_column(page)
    page.locator("[data-kind=expression]").press("Enter")
    name(page, "总面积")
    field(page, "公式").fill("sum(table_1_area)")
    page.keyboard.press("Tab")


def name_column(page: Page) -> None:
    """The column that was added is chosen: its words, and what it is called."""
    expect(page.locator("[data-panel] h3")).to_have_text("数字")
    field(page, "名称").fill("面积")
    field(page, "代号").fill("area")
    field(page, "代号").press("Tab")
    page.get_by_role("button", name="整张表单").click()
    page.locator(".outline").get_by_role("button", name="房间").click()


def try_visit(page: Page) -> None:
    """The form as it is being drawn, rendered and checked by the server."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name="试填", exact=True).click()
    trial = opened.value
    trial.get_by_label("不合格").check()
    trial.get_by_role("button", name="检查").click()
    expect(trial.locator(".error-summary")).to_contain_text("请填写“意见”")
    expect(trial.locator(".error-summary")).to_contain_text("请填写“存在的问题”")
    fill_in(trial)
    trial.get_by_role("button", name="检查").click()
    expect(trial.locator("[role=status]").first).to_contain_text("填写正确")
    expect(trial.locator(".facts-wide")).to_contain_text("42.5")
    trial.get_by_label("合格", exact=True).check()
    expect(trial.get_by_label("存在的问题")).to_be_hidden()
    trial.close()


def fill_in(page: Page) -> None:
    """Answers to the form of a visit."""
    page.get_by_label("意见", exact=True).fill("现场已看")
    page.get_by_label("不合格").check()
    page.get_by_label("存在的问题").fill("通风不足")
    for row, area in enumerate(("12.5", "30")):
        if row:
            press(page, "增加一行")
        page.locator(f"[name='table_1.{row}.area']").fill(area)


def use_and_publish(site: Site, page: Page) -> None:
    """A step is done with the form from now on; a second person publishes it."""
    drawing(page, "/drafts/restaurant/diagram/item_two_step.bpmn")
    page.evaluate(
        "() => __designer.modeler.get('selection')"
        ".select(__designer.modeler.get('elementRegistry').get('review'))"
    )
    field(page, "表单").select_option("visit")
    is_saved(page)
    page.goto(FORMS)
    expect(page.get_by_role("row").filter(has_text="visit")).to_contain_text("承办人审查")
    page.goto("/drafts/restaurant")
    page.locator("[name=note]").fill("踏勘要写记录")
    press(page, "提交审核")
    second = site.staff("designer2")
    second.goto("/processes/restaurant/2")
    press(second, "发布")
    expect(second.locator(".page-head")).to_contain_text("已发布")


def test_a_form_is_drawn_from_an_empty_page_tried_used_and_answered(site: Site, hall: Hall) -> None:
    page = designing(site)
    begin(page, "visit", "踏勘记录")
    draw_visit(page)
    expect(faults(page)).to_have_count(0)
    is_saved(page)
    kept = json.loads(draft_of(site, "restaurant", "visit.form.json"))
    assert [part["type"] for part in kept["components"]] == [
        "text", "textarea", "radio", "textarea", "datetime", "dynamiclist", "expression",
    ]  # fmt: skip
    why = kept["components"][3]
    assert why["conditional"] == {"hide": '=choice_1 == "1"'}
    assert why["validate"] == {"requiredWhen": '=choice_1 == "2"'}
    try_visit(page)
    use_and_publish(site, page)
    answer_it(site, hall)


def answer_it(site: Site, hall: Hall) -> None:
    """A case comes: the step shows the form, and its answers come back."""
    number = hall.accepted({"has_signboard": True})
    hall.sign_for(number, "R10")
    task = hall.task(number, "R10")
    clerk = site.staff(hall.holder(task))
    clerk.goto(f"/tasks/{task.id}")
    fill_in(clerk)
    press(clerk, "同意")
    expect(clerk.locator("[data-flash=success]")).to_contain_text(number)
    with hall.read() as session:
        kept = session.get(Task, task.id)
        assert kept is not None and kept.form_data is not None
        assert kept.form_data["words_1"] == "通风不足"
        assert kept.form_data["table_1"] == [
            {"name": None, "area": 12.5}, {"name": None, "area": 30},
        ]  # fmt: skip


def test_faults_are_said_and_lead_to_their_field(site: Site) -> None:
    page = drawn(designing(site), "opinion")
    put(page, "textfield", "楼层")
    field(page, "代号").fill("checked")
    field(page, "代号").press("Tab")
    expect(faults(page)).to_contain_text("重复出现")
    page.get_by_role("button", name="整张表单").click()
    faults(page).get_by_role("button").click()
    expect(field(page, "代号")).to_have_value("checked")
    expect(page.locator("[data-fault=yes]")).to_have_count(1)
    page.locator("[data-canvas] .fjs-editor-selected").press("Control+z")
    expect(faults(page)).to_have_count(0)


def test_every_form_goes_through_the_designer_without_loss(site: Site) -> None:
    page = drawn(designing(site), "opinion")
    through = "(text) => __forms.through(text)"
    for text in [*SHIPPED, json.dumps(VISIT), EVERYTHING]:
        assert json.loads(page.evaluate(through, text)) == json.loads(text)
    changed = page.evaluate(
        """async (text) => {
          await __forms.through(text)
          const { editor } = __forms
          const fields = editor.root.components.filter(({ type }) => type !== '?')
          fields.forEach((one, at) => editor.edit(one, { description: `d${at}` }))
          editor.choose(editor.root.components[1])
          editor.move(1)
          editor.move(-1)
          fields.forEach((one) => editor.edit(one, { description: undefined }))
          return editor.text()
        }""",
        EVERYTHING,
    )
    assert json.loads(changed) == json.loads(EVERYTHING)
    assert page.evaluate("() => [...__forms.unknown]") == []


def test_a_condition_is_read_built_and_said_in_words_and_a_key_changes_everywhere(
    site: Site,
) -> None:
    page = drawn(designing(site), "application")
    shape(page, "专间面积").click()
    part = page.locator("[data-part=hide]")
    expect(part.locator(".said")).to_have_text("经营类型不是其中任何一个冷食类制售、糕点类制售")
    part.get_by_label("热食类制售").check()
    expect(part.get_by_label("表达式")).to_have_value(
        'catering_type not in ["hot", "cold", "pastry"]'
    )
    part.get_by_label("添加条件").select_option("applicant_type")
    part.get_by_label("几个条件").select_option("or")
    expect(part.locator(".said")).to_contain_text(" 或 申请人类型是企业")
    part.get_by_label("表达式").fill("len(shop_name) > 3")
    page.keyboard.press("Tab")
    expect(part.locator(".said")).to_have_text("len(shop_name) > 3")
    part.get_by_label("shop_name", exact=True).fill("金味小馆")
    expect(part.locator(".tryout")).to_have_text("成立")
    shape(page, "店名（招牌名称）").click()
    field(page, "代号").fill("sign_name")
    field(page, "代号").press("Tab")
    is_saved(page)
    kept = draft_of(site, "restaurant", "application.form.json")
    assert "=len(sign_name) > 3" in kept and 'shop_name"' not in kept
    assert kept.count("catering_type in [") == 1  # what was not touched stays


def rename(page: Page, label: str) -> None:
    """Give the first question another name."""
    shape(page, "法律依据" if page.locator("text=法律依据").count() else "依据").click()
    field(page, "名称").fill(label)
    page.keyboard.press("Tab")


def test_two_designers_do_not_overwrite_each_other(site: Site) -> None:
    mine, other = drawn(designing(site), "opinion"), drawn(site.staff("designer2"), "opinion")
    rename(other, "依据（对方的）")
    is_saved(other)
    rename(mine, "依据（我的）")
    conflict = mine.locator("[data-conflict]")
    expect(conflict).to_contain_text("郑复核")
    with mine.expect_download() as download:
        conflict.get_by_role("button", name="下载我的").click()
    assert "我的" in Path(download.value.path()).read_text("utf-8")
    assert "对方的" in draft_of(site, "restaurant", "opinion.form.json")
    conflict.get_by_role("button", name="放弃我的").click()
    mine.locator("dialog[open] [data-yes]").click()
    expect(shape(mine, "依据（对方的）")).to_be_visible()
    expect(conflict).to_be_hidden()


def test_the_designer_is_for_everybody_and_for_every_language(site: Site) -> None:
    page = designing(site)
    for language in ("zh", "en"):
        site.become(page, "designer1", language)
        drawn(page, "application")
        assert page.evaluate(WALK) == []
        assert not serious(page)
        page.goto(FORMS)
        assert not serious(page)
        page.goto(f"{FORMS}/application/trial")
        assert not serious(page)
    drawn(page, "application")
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    plain = site.staff("designer1", java_script_enabled=False)
    plain.goto(f"{FORMS}/opinion")
    text = plain.get_by_label("opinion.form.json")
    text.fill(text.input_value().replace("法律依据", "依据的法条"))
    plain.get_by_role("button", name="保存").click()
    plain.goto(f"{FORMS}/opinion/trial")
    plain.get_by_role("button", name="检查").click()
    expect(plain.locator(".error-summary")).to_contain_text("意见")
    expect(plain.get_by_label("依据的法条")).to_be_visible()
