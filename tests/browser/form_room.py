"""Drawing forms in a browser: what designers do there again and again."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import press

FORMS = "/drafts/restaurant/forms"
#: A form that says all that one can say, and much that it cannot.
EVERYTHING = (Path(__file__).parent / "everything.form.json").read_text("utf-8")


def drawn(page: Page, form: str) -> Page:
    """Open the designer of a form, ready to draw."""
    page.goto(f"{FORMS}/{form}")
    expect(page.locator("[data-form-designer]")).to_have_attribute("data-drawn", "yes")
    return page


def begin(page: Page, name: str, title: str) -> None:
    """A new form, as its page begins it."""
    page.goto(FORMS)
    page.get_by_label("代号").fill(name)
    page.get_by_label("标题").fill(title)
    press(page, "开始设计")
    expect(page.locator("[data-form-designer]")).to_have_attribute("data-drawn", "yes")


def put(page: Page, kind: str, label: str) -> None:
    """Press a component of the palette, and name what was put on the form."""
    page.locator(f"[data-palette] [data-kind={kind}]").click()
    name(page, label)


def name(page: Page, label: str) -> None:
    """What was put on the form is named at once."""
    expect(page.locator("#panel-label")).to_be_focused()
    page.keyboard.type(label)
    page.keyboard.press("Tab")


def shape(page: Page, label: str) -> Locator:
    """A component on the canvas."""
    return page.locator(".fjs-element .fjs-element").filter(has_text=label).last


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def drag(page: Page, what: Locator, onto: str) -> None:
    """Drag something onto a component, which moves out of the way."""
    what.hover()
    page.mouse.down()
    for _ in range(4):
        box = shape(page, onto).bounding_box()
        assert box
        page.mouse.move(box["x"] + 30, box["y"] + 30, steps=5)
    page.mouse.up()
