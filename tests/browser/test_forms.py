"""Forms while they are filled in: what does not apply is gone at once, as the server would say."""

from typing import Any

from playwright.sync_api import expect

from server.form_fields import COMPUTED, Field
from server.form_logic import compute
from server.form_script import tree_of
from tests.browser.site import Site
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
