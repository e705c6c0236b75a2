"""Forms while they are filled in: what does not apply is gone at once, as the server would say."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from server.form_fields import COMPUTED, Field
from server.form_logic import compute
from server.form_script import tree_of
from tests.browser.site import Site, press
from tests.files import PNG
from tests.hall import Hall
from workflows.engine.expressions import compile_expression

KNOWN: dict[str, Any] = {
    "a": 3, "b": 0.1, "c": None, "yes": True, "no": False, "text": "冷食😀", "empty": "",
    "several": ["x", "y", "x"], "numbers": [1, 2, 3.5], "none_of": [],
}  # fmt: skip
EXPRESSIONS = (
    "a + b * 2", "b + 0.2", "a / 0", "a / 4", "-a", "c + 1", "yes + 1", "a == 3", "yes == 1",
    "text == \"冷食😀\"", "c == none", "a > 2 and c == none", "a < text", "text < \"热\"", "c < 1",
    "1 < a <= 3", "3 < a < 9", "\"x\" in several", "\"z\" not in several", "\"食\" in text",
    "a in text", "a in c", "len(text)", "len(several)", "len(a)", "count(several, \"x\")",
    "sum(numbers)", "min(numbers)", "max(none_of)", "sum(several)", "any(none_of)", "all(none_of)",
    "any(several)", "not several", "not empty", "\"有\" if yes else \"无\"", "c or a", "empty or c",
    "no and c > 1", "yes and c > 1", "several == [\"x\", \"y\", \"x\"]", "missing == 1", "a != c",
)  # fmt: skip


def test_the_browser_computes_what_the_server_computes(site: Site) -> None:
    fields = [
        {"key": f"v{at}", "name": f"v{at}", "type": COMPUTED,
         "compute": tree_of(compile_expression(text))}
        for at, text in enumerate(EXPRESSIONS)
    ]  # fmt: skip
    page = site.staff("window1")
    page.goto("/intake?process=restaurant")
    found = page.evaluate(
        """(live) => {
          const form = document.createElement('form')
          form.innerHTML = '<input>' + live.fields.map(({ name }) => `<div class="field"><output
            id="f-${name}" data-blank="?"><b data-value></b><i data-unit></i></output></div>`
          ).join('')
          const place = document.createElement('div')
          place.dataset.live = JSON.stringify(live)
          form.append(place)
          document.body.append(form)
          form.querySelector('input').dispatchEvent(new Event('input', { bubbles: true }))
          return [...form.querySelectorAll('[data-value]')].map((one) => one.textContent)
        }""",
        {"fields": fields, "known": KNOWN},
    )
    told = [
        compute(Field(COMPUTED, compute=compile_expression(text)), KNOWN) for text in EXPRESSIONS
    ]
    said = ["?" if one is None else str(one).replace("True", "true").replace("False", "false")
            for one in told]  # fmt: skip
    assert dict(zip(EXPRESSIONS, found, strict=True)) == dict(zip(EXPRESSIONS, said, strict=True))


def test_questions_come_and_go_with_the_answers_above_them(site: Site) -> None:
    page = site.staff("window1")
    page.goto("/intake?process=restaurant")
    room = page.get_by_label("专间面积")
    expect(room).to_be_hidden()
    page.get_by_label("经营类型").select_option("cold")
    expect(room).to_be_visible()
    expect(page.locator("label[for='f-cold_room_m2']")).to_have_class("form-label required")
    expect(page.locator("#f-staff_count")).to_contain_text("0")
    page.get_by_label("经营类型").select_option("hot")
    expect(room).to_be_hidden()
    page.locator("[name='staff.0.name']").fill("周丽")
    expect(page.locator("#f-staff_count [data-value]")).to_have_text("1")


def sign(page: Page) -> None:
    """Draw a line where one signs; it is the file of the question then."""
    canvas = page.locator("[data-signature] canvas")
    middle = "{ block: 'center', behavior: 'instant' }"
    canvas.evaluate(f"(canvas) => canvas.scrollIntoView({middle})")
    canvas.hover(position={"x": 30, "y": 30})  # waits until the page stands still
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80, steps=5)
    page.mouse.up()
    expect(page.locator("#f-signature")).to_have_value(re.compile("签名.png"))


def signed(page: Page) -> None:
    """The signature stands with the opinion, and is a picture that was loaded."""
    picture = page.locator("img.signature").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }")


def test_an_opinion_is_signed_by_hand_and_the_signature_stands_with_it(
    site: Site, hall: Hall
) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    page = site.staff("sj.handler", has_touch=True)
    page.goto(f"/tasks/{hall.task(number, 'R08').id}")
    sign(page)
    press(page, "清除重签")
    assert page.locator("#f-signature").evaluate("(input) => input.files.length") == 0
    sign(page)
    page.get_by_label("意见", exact=True).fill("符合条件")
    press(page, "同意")
    expect(page.locator("[data-flash=success]")).to_contain_text(number)
    checker = site.staff("sj.checker", java_script_enabled=False)
    checker.goto(f"/tasks/{hall.task(number, 'R08').id}")
    expect(checker.locator("[data-signature]")).to_be_hidden()
    expect(checker.locator("img.signature")).to_have_count(1)
    picture = {"name": "签名.png", "mimeType": "image/png", "buffer": PNG}
    checker.locator("#f-signature").set_input_files(picture)  # type: ignore[arg-type]
    checker.get_by_label("意见", exact=True).fill("同意承办意见")
    checker.get_by_role("button", name="同意", exact=True).click()
    page.goto(f"/cases/{number}")
    expect(page.locator(".timeline img.signature")).to_have_count(2)
    page.goto(f"/tasks/{hall.task(number, 'R08').id}")
    signed(page)
