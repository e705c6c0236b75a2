"""What a screen reader would stumble over, by the rules of axe: serious and critical findings."""

from functools import cache

from playwright.sync_api import Page

from server.settings import ROOT

SOURCE = ROOT / "server" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`)
}"""


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")


def serious(page: Page) -> list[str]:
    """The serious findings on the page that is open, with where they are."""
    page.evaluate(_source())
    found: list[str] = page.evaluate(RUN)
    return [f"{page.url}: {finding}" for finding in found]
