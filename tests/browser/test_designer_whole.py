"""The whole designer: every element in both languages, every diagram there and back, everybody."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from server.settings import ROOT
from tests.browser.axe import serious
from tests.browser.foreign import FOREIGN
from tests.browser.room import begin, choose, designing, draft_of, drawing, types_in
from tests.browser.sameness import differences
from tests.browser.site import Site
from tests.engine.test_bpmn_table import ROWS
from workflows.drawing.layout import with_picture

SHIPPED = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "bpmn").glob("**/*.bpmn"))}
#: References to nothing at all, which no program writes.
SENSELESS = {"supports", "choreographyRef"}
#: What the library says of an element that it has no shape for.
SHAPELESS = {"implicitThrowEvent", "choreographyTask"}
#: Every element we offer, put on the sheet, chosen, its menus opened, and all of them together.
WALK = """async () => {
  const { modeler, offered } = __designer
  const get = (name) => modeler.get(name)
  const soon = () => new Promise((done) => setTimeout(done))
  const root = get('canvas').getRootElement()
  const host = get('elementFactory').createShape({ type: 'bpmn:SubProcess', isExpanded: true })
  get('modeling').createShape(host, { x: 900, y: 900 }, root)
  const made = []
  for (const [place, { attrs }] of offered.entries()) {
    if (attrs.type === 'bpmn:Participant') continue
    const shape = get('elementFactory').createShape(attrs)
    const at = { x: 200 + 150 * (place % 8), y: 300 + 150 * Math.floor(place / 8) }
    if (attrs.type === 'bpmn:BoundaryEvent') {
      get('modeling').createShape(shape, { x: 820 + 20 * place, y: 1000 }, host, { attach: true })
    } else get('modeling').createShape(shape, at, root)
    made.push(shape)
  }
  for (const element of [...made, ...get('elementRegistry').filter((one) => one.waypoints), root]) {
    get('selection').select(element === root ? [] : element)
    await soon()
    if (element === root) continue
    for (const menu of ['lianban-append', 'bpmn-replace']) {
      if (get('popupMenu').isEmpty(element, menu)) continue
      get('menu').open(menu, element, { x: 300, y: 300 })
      await soon()
      get('popupMenu').close()
    }
  }
  get('selection').select(made.slice(0, 3))
  for (const menu of ['align-elements']) {
    get('popupMenu').open(made.slice(0, 3), menu, { x: 300, y: 300 })
    await soon()
    get('popupMenu').close()
  }
  get('searchPad').toggle()
  get('searchPad').toggle()
  get('minimap').toggle()
  get('toggleMode').toggleMode()
  await soon()
  get('toggleMode').toggleMode()
  return [...__designer.unknown]
}"""


def test_nothing_is_said_in_another_language_than_that_of_the_page(site: Site) -> None:
    designer = designing(site)
    for language in ("zh", "en"):
        site.become(designer, "designer1", language)
        drawing(designer, "/drafts/restaurant/diagram/item_two_step.bpmn")
        assert designer.evaluate(WALK) == []
        if language == "en":
            choose(designer, "review")
            words = designer.locator("[data-panel]").locator("h2, legend, label, .form-text")
            said = " ".join(words.all_inner_texts())
            assert not re.findall("[\u4e00-\u9fff]+", said)
    begin(designer, "pools", "泳池")
    drawing(designer, "/drafts/pools/diagram/pools.bpmn")
    designer.evaluate("""() => {
      const get = (name) => __designer.modeler.get(name)
      const pool = get('elementFactory').createParticipantShape()
      get('modeling').createShape(pool, { x: 400, y: 200 }, get('canvas').getRootElement())
      get('modeling').addLane(pool, 'bottom')
      get('selection').select(pool)
    }""")
    expect(designer.locator(".panel-head")).to_contain_text("Pool")
    assert designer.evaluate("() => [...__designer.unknown]") == []


#: Where an element has no place, or no shape in this library; it is told, and kept.
UNDRAWN = {"colours", "subChoreography", "callChoreography"}
DIAGRAMS = {
    **SHIPPED,
    **{row: drawn.source for row, drawn in ROWS.items() if row not in SENSELESS | SHAPELESS},
    **FOREIGN,
}


def test_every_diagram_goes_through_the_designer_without_loss(site: Site) -> None:
    designer = designing(site)
    drawing(designer, "/drafts/restaurant/diagram/item_instant.bpmn")
    through = "async (xml) => [await __designer.importXML(xml), await __designer.saveXML()]"
    lost = {}
    for name, text in DIAGRAMS.items():
        text = with_picture(text, "p.bpmn")
        told, after = designer.evaluate(through, text)
        hidden = [] if name in UNDRAWN else told["hidden"]
        if found := [*told["lost"], *hidden, *differences(text, after)]:
            lost[name] = found
    assert not lost


def bring(page: Page, text: str) -> None:
    given: Any = {"name": "x.bpmn", "mimeType": "text/xml", "buffer": text.encode()}
    page.locator("[data-import]").set_input_files(given)


def test_files_come_in_and_go_out_and_nothing_is_lost_without_a_word(site: Site) -> None:
    designer = designing(site)
    drawing(designer, "/drafts/restaurant/diagram/item_instant.bpmn")
    unheard = '<definitely id="new"/></process>'
    bring(designer, FOREIGN["unknown"].replace("</process>", unheard))
    expect(designer.locator("[data-unread]")).to_contain_text("definitely")
    bring(designer, FOREIGN["colours"])  # only one of its elements has a place
    expect(designer.locator("[data-unread]")).to_contain_text("没有画出来")
    designer.get_by_role("button", name="重新排版").click()
    designer.locator("dialog[open] [data-yes]").click()
    expect(designer.locator("[data-unread]")).to_be_hidden()
    assert types_in(designer).count("SequenceFlow") == 2
    bring(designer, FOREIGN["data"])
    designer.wait_for_function("() => __designer.modeler.get('elementRegistry').get('papers')")
    assert {"UserTask", "DataObjectReference", "TextAnnotation"} <= set(types_in(designer))
    expect(designer.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    assert "BPMNShape" in draft_of(site, "restaurant", "item_instant.bpmn")
    carried_away(designer)


def carried_away(designer: Page) -> None:
    """The file and three kinds of picture."""
    begins = {"BPMN": b"<?xml", "SVG": b"<?xml", "PNG": b"\x89PNG"}
    for name, first in begins.items():
        with designer.expect_download() as given:
            designer.get_by_role("button", name=name, exact=True).click()
        assert given.value.suggested_filename == f"item_instant.{name.lower()}"
        assert Path(given.value.path()).read_bytes().startswith(first)
    designer.evaluate("() => { window.print = () => { window.printed = true } }")
    designer.get_by_role("button", name="PDF", exact=True).click()
    designer.wait_for_function("() => window.printed")
    designer.emulate_media(media="print")
    expect(designer.locator(".diagram-sheet svg")).to_be_visible()
    expect(designer.locator("main")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", designer.pdf(landscape=True))) == 1


def test_the_designer_serves_everybody(site: Site) -> None:
    designer = designing(site)
    drawing(designer, "/drafts/restaurant/diagram/item_two_step.bpmn")
    for key in ("review", "decide"):
        choose(designer, key)
        assert not serious(designer)
    designer.locator("[data-canvas] svg").first.focus()
    designer.keyboard.press("a")
    expect(designer.locator(".djs-popup")).to_be_visible()
    assert not serious(designer)
    designer.keyboard.press("Escape")
    designer.set_viewport_size({"width": 390, "height": 844})
    canvas, panel = (
        designer.locator(f"[data-{one}]").bounding_box() for one in ("canvas", "panel")
    )
    assert canvas and panel and panel["y"] >= canvas["y"] + canvas["height"]
    assert not serious(designer)
    plain = site.staff("designer1", java_script_enabled=False)
    plain.goto("/drafts/restaurant/diagram/item_instant.bpmn")
    expect(plain.locator(".waiting")).to_contain_text("需要 JavaScript")
    expect(plain.locator(".waiting").get_by_role("link")).to_be_visible()
