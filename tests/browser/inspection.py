"""What a page in a real browser must be, beyond what the test client sees: each function gives what is wrong."""

from collections.abc import Sequence
from functools import cache

from playwright.sync_api import Page, ViewportSize

from tests.validity import module_file

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
RUN = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
  return found.violations.map(one => `${one.id}: ${one.help} at ${one.nodes.map(n => n.target.join(' ')).join(', ')}`)
}"""
WIDE = """() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
  return [`${root.scrollWidth} px wide: ` + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')]
}"""


@cache
def axe() -> str:
    """The source of axe-core."""
    return module_file("axe-core/axe.min.js").read_text()


def accessibility(page: Page) -> list[str]:
    """What axe-core finds; needs a page whose script runs."""
    # evaluate() is not stopped by the content security policy, a script element would be.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe())
    return [f"axe, {width(page)} px: {fault}" for fault in page.evaluate(RUN, TAGS)]


def sideways(page: Page) -> list[str]:
    """Whether the page must be scrolled sideways at its present width, and what sticks out."""
    return [f"sideways scrolling at {width(page)} px, {fault}" for fault in page.evaluate(WIDE)]


def width(page: Page) -> int:
    """How wide the window is, in CSS pixels."""
    return page.viewport_size["width"] if page.viewport_size else 0


def at_both_widths(page: Page, *, axe_at: Sequence[ViewportSize]) -> list[str]:
    """What is wrong at 320 px and on a desk; axe looks where it is told to, on a page whose script runs."""
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += sideways(page)
        if size in axe_at:
            found += accessibility(page)
    return found
