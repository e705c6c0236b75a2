"""A morning at the window and in a department: by keyboard alone, and as it is heard."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.site import Site
from tests.hall import Hall
from workflows import queue
from workflows.identifiers import identity_check

MANY = 20
#: Whoever has pressed Tab so often has gone around the page.
AROUND = 80


@dataclass
class Keys:
    """Someone who has no mouse; the first time on a kind of page, it is heard as well."""

    page: Page
    heard: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def hear(self, kind: str) -> None:
        if kind not in self.heard:
            self.heard.add(kind)
            self.found += serious(self.page)

    def here(self) -> str:
        """What has the focus, by its name, its key or its words."""
        found: str = self.page.evaluate(
            "(({ name, id, innerText }) => name || id || innerText || '')(document.activeElement)"
        )
        return found.strip()

    def to(self, name: str) -> None:
        """Tab to a field or a button."""
        for _ in range(AROUND):
            if self.here() == name:
                return
            self.press("Tab")
        raise AssertionError(f"no {name} by Tab on {self.page.url}")

    def agree(self) -> None:
        """Say yes to what the page asks."""
        expect(self.page.locator("dialog[open]")).to_be_visible()
        self.press("Tab", "Enter")


def take_numbers(hall: Hall, count: int) -> None:
    """People come to the machine."""
    with hall.services.database.writers() as session, session.begin():
        for _ in range(count):
            queue.take(session, "330700", "restaurant", hall.clock.now())


def receive(keys: Keys, place: int) -> str:
    """The next applicant: called, identity card read, form filled, received; the case number."""
    page = keys.page
    keys.press("n")
    expect(page.locator("[data-flash=success]")).to_contain_text(f"A{place:03d}")
    page.wait_for_load_state()  # a card is read when the page is there, scripts and all
    keys.hear("desk")
    digits = f"33070219900101{100 + place}"
    card = digits + identity_check(digits)
    keys.write(f"{card}|王{place}|中山路{place:02d}号|13800000000")
    keys.press("Enter")
    page.wait_for_url("**/intake?process=restaurant#f-applicant_type")
    expect(page.locator("#f-applicant_type")).to_be_focused()
    keys.press("Space", "ArrowDown", "ArrowDown")  # somebody who is not registered yet
    keys.hear("intake")
    for name, answer in (("shop_name", "小馆"), ("shop_address", "中山路88号")):
        keys.to(name)
        keys.write(answer)
    keys.to("catering_type")
    keys.press("ArrowDown")
    keys.to("truthful")
    keys.press("Space")
    keys.to("materials")
    keys.press(*["Space", "Tab"] * 2, "Tab")  # until when the second is valid is left empty
    keys.press(*["Space", "Tab"] * 5, "Control+Enter")
    keys.agree()
    page.wait_for_url("**/receipt")
    keys.hear("receipt")
    expect(page.locator("[data-print]")).to_be_focused()
    number = re.search(r"/cases/(\d+)/", page.url)
    assert number
    return number[1]


def opine(keys: Keys) -> None:
    """The first task of the list: signed for, read, an opinion given."""
    page = keys.page
    keys.press("j", "Enter")
    page.wait_for_url("**/tasks/*")
    keys.hear("task to sign for")
    expect(page.get_by_role("button", name="签收")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url("**/tasks/*#h-opinion")
    keys.hear("task")
    keys.to("opinion")
    keys.write("符合条件。")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    expect(page.locator("[data-flash=success]")).to_be_visible()


def test_a_morning_at_the_window_needs_no_mouse(site: Site) -> None:
    take_numbers(site.hall, MANY)
    clerk = Keys(site.staff("window1"))
    clerk.to("window")
    clerk.write("3")
    numbers = [receive_at(clerk, place) for place in range(1, MANY + 1)]
    assert len({site.hall.case(number).applicant for number in numbers}) == MANY
    assert not clerk.found, "\n".join(clerk.found)


def test_a_morning_in_a_department_needs_no_mouse(site: Site) -> None:
    hall = site.hall
    numbers = [hall.accepted() for _ in range(MANY)]
    for number in numbers:
        hall.grant(number, "R01")  # the list of the department then holds one task a case
    handler = Keys(site.staff("sj.handler"))
    handler.hear("list")
    for _ in numbers:
        opine(handler)
    assert sum(hall.actions(number).count("give_opinion") for number in numbers) == MANY
    assert not handler.found, "\n".join(handler.found)


def receive_at(keys: Keys, place: int) -> str:
    """Receive; where the focus is in a field, one leaves it before a single key."""
    if keys.here() == "window":
        keys.press("Tab")
    return receive(keys, place)


@pytest.mark.parametrize("address", ["/queue", "/queue/display", "/queue/tickets/A001"])
def test_the_hall_s_machine_and_screen_can_be_heard_and_fit_a_phone(
    site: Site, address: str
) -> None:
    take_numbers(site.hall, 2)
    page = site.visitor(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert not serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
