"""Browser windows of the people in the tests."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.watching import Watch

HEIGHT = 900
PATIENCE = 15_000  # milliseconds; the machine may be busy with other things
Key = tuple[str, int, bool]


@dataclass
class Windows:
    """One browser context for each person and kind of window; a fresh one each time for the public."""

    chromium: Browser
    origin: str = ""  # where an address without a host leads
    kept: dict[Key, tuple[BrowserContext, Watch]] = field(default_factory=dict)
    pages: list[tuple[str, Page, Watch]] = field(default_factory=list)

    def page(self, user_name: str, session: StorageState | None, width: int, javascript: bool) -> Page:
        """A new page, watched."""
        key = (user_name, width, javascript)
        context, watch = self.kept.get(key) or self._open(session, width, javascript)
        if user_name:
            self.kept[key] = context, watch
        page = context.new_page()
        self.pages.append((user_name, page, watch))
        return page

    def _open(
        self, session: StorageState | None, width: int, javascript: bool
    ) -> tuple[BrowserContext, Watch]:
        context = self.chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            locale="sv-SE",
            storage_state=session,
            base_url=self.origin or None,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch()
        watch.over(context)
        return context, watch

    def end_of_test(self, visited: dict[str, set[str]]) -> list[str]:
        """Close the pages of a test and note their addresses; gives what was wrong with them."""
        problems: list[str] = []
        for user_name, page, watch in self.pages:
            page.close() if user_name else page.context.close()
            visited.setdefault(user_name, set()).update(watch.addresses)
            problems += watch.problems
            watch.problems = []
        self.pages = []
        return problems

    def close(self) -> None:
        """Close what is left."""
        for context, _watch in self.kept.values():
            context.close()
