"""What a page says to nobody: errors in the console, broken rules of content security, missing files.

And where it leads: every address that was open or linked is noted, for whoever tries them later.
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

REPORT = """
document.addEventListener("securitypolicyviolation", (event) =>
  kwReport("broken", [`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`]));
document.addEventListener("DOMContentLoaded", () =>
  kwReport("links", [...document.querySelectorAll("a[href], form[action]")].map((e) => e.href || e.action)));
"""


@dataclass
class Watch:
    """What was noticed in one browser context."""

    problems: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.expose_function("kwReport", self._reported)
        context.add_init_script(REPORT)
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("response", self._response)
        page.on("framenavigated", lambda frame: self.addresses.add(frame.url))

    def _reported(self, kind: str, found: list[Any]) -> None:
        if kind == "links":
            self.addresses.update(str(address) for address in found)
        else:
            self.problems.extend(f"content security policy: {one}" for one in found)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium complains of every refusal with a status from 400 on; _response judges those
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.problems.append(f"{message.location.get('url')}: {message.text}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.problems.append(f"{response.status} {response.url}")
