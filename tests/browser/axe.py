"""What axe and a narrow window find wrong with a page."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDE, NARROW, NARROWEST = 1280, 390, 320
HEIGHT = 900
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".kw-scroll, .kw-sr"))
  .map((e) => `${e.tagName}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)}`)
  .slice(0, 3)"""


def faults(page: Page, every_contrast: bool = False) -> list[str]:
    """Faults of the page that is open: WCAG 2.2 A and AA, wide and narrow, and sideways scrolling.

    :param every_contrast: colours are the same at each width, and looking at them takes most of the time:
        so contrast is judged in the wide window, and in the narrow one where this is asked for.
    """
    found: list[str] = []
    page.evaluate(AXE_SCRIPT)
    for width in (WIDE, NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width != NARROWEST:
            found += [f"{width}: {fault}" for fault in _of_axe(page, width == WIDE or every_contrast)]
        if width != WIDE and page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: scrolls sideways, {page.evaluate(TOO_WIDE)}")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return [f"{page.url}: {fault}" for fault in found]


def _of_axe(page: Page, contrast: bool) -> list[str]:
    options = {**WCAG, "rules": {"color-contrast": {"enabled": contrast}}}
    violations = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()[:160]})"
        for violation in violations
        for node in violation["nodes"]
    ]
