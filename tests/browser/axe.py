"""What axe and a narrow window find wrong with a page."""

import os

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDE, NARROW, NARROWEST = 1280, 390, 320
HEIGHT = 900
FULL = int(os.environ.get("SP_TORTURE", "1")) > 1
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".kw-scroll, .kw-sr"))
  .map((e) => `${e.tagName}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)}`)
  .slice(0, 3)"""


def faults(page: Page, both_widths: bool = False) -> list[str]:
    """Faults of the page that is open: WCAG 2.2 A and AA, and sideways scrolling in narrow windows.

    :param both_widths: let axe look at the narrow window too. It takes most of the time, and markup and
        colours are the same at each width: so it is for one page of each person, and for all in the full run.
    """
    found: list[str] = []
    page.evaluate(AXE_SCRIPT)
    for width in (WIDE, NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width == WIDE or (width == NARROW and (both_widths or FULL)):
            found += [f"{width}: {fault}" for fault in _of_axe(page)]
        if width != WIDE and page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: scrolls sideways, {page.evaluate(TOO_WIDE)}")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return [f"{page.url}: {fault}" for fault in found]


def _of_axe(page: Page) -> list[str]:
    violations = page.evaluate("options => axe.run(options).then(results => results.violations)", WCAG)
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()[:160]})"
        for violation in violations
        for node in violation["nodes"]
    ]
