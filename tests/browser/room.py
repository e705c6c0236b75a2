"""The drawing room in a browser: what designers do there again and again."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from workflows.drawing import drafts


def designing(site: Site, username: str = "designer1") -> Page:
    """A designer with the draft of a process that is published."""
    site.app.testing = True
    page = site.staff(username)
    page.goto("/processes")
    begun = page.request.post(
        "/drafts/restaurant/begin", form={"csrf_token": token(page)}, max_redirects=0
    )
    assert begun.status == 303
    return page


def drawing(page: Page, address: str) -> Page:
    """Open the designer, ready to draw."""
    page.goto(address)
    expect(page.locator("[data-designer]")).to_have_attribute("data-drawn", "yes")
    return page


def begin(page: Page, process: str, name: str) -> None:
    """A new process, as its form begins it."""
    sent = {"process": process, "name": name, "csrf_token": token(page)}
    assert page.request.post("/drafts", form={**sent}).ok


def token(page: Page) -> str:
    """What a form of this page is posted with."""
    return page.locator("[name=csrf_token]").first.input_value()


def types_in(page: Page) -> list[str]:
    """The elements on the sheet, by their types."""
    found: list[str] = page.evaluate(
        "() => __designer.modeler.get('elementRegistry')"
        ".filter((one) => one.parent && one.type !== 'label').map(({ type }) => type.slice(5))"
    )
    return sorted(found)


def holding(page: Page, number: int, kind: str) -> None:
    """Wait until there are so many elements of a type on the sheet."""
    page.wait_for_function(
        "([number, kind]) => __designer.modeler.get('elementRegistry')"
        ".filter((one) => one.parent && one.type === `bpmn:${kind}`).length === number",
        arg=[number, kind],
    )


def field(page: Page, name: str) -> Locator:
    """A field of the panel."""
    return page.locator("[data-panel]").get_by_label(name, exact=True)


def faults(page: Page) -> Locator:
    """The list, once the server has answered to the last change."""
    expect(page.locator("[data-check]")).to_have_attribute("data-checking", "no")
    return page.locator("[data-faults] li")


def draft_of(site: Site, process: str, file: str) -> str:
    """A file of a draft as it is kept."""
    with site.hall.services.database.readers() as session:
        return drafts.files(session, process)[file].text


def choose(page: Page, key: str) -> None:
    """Select an element; the panel shows it a turn later."""
    page.evaluate(
        "async (id) => { __designer.modeler.get('selection')"
        ".select(__designer.modeler.get('elementRegistry').get(id));"
        " await new Promise((done) => setTimeout(done)) }", key
    )  # fmt: skip


def rename(page: Page, name: str) -> None:
    """Give the chosen element, or the process, another name."""
    page.locator("[data-panel]").get_by_label("名称", exact=True).fill(name)
    page.keyboard.press("Tab")
