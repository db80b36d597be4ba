"""A real Chromium at the real site.

``browse("ceper")`` opens a page where that person is logged in, ``browse()`` one for the public. A
test fails when one of its pages says an error in the console or breaks the content security policy.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.browser.inprocess import opened
from tests.browser.people import log_in
from tests.browser.serving import Site, served
from tests.browser.story import Story
from tests.browser.windows import Windows

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


BROKE_AT = pytest.StashKey[str]()


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
    """Remember where the story broke."""
    if call.excinfo is not None and "story" in getattr(item, "fixturenames", ()):
        item.session.stash.setdefault(BROKE_AT, item.name)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The chapters of the story stand on each other."""
    broke_at = item.session.stash.get(BROKE_AT, "")
    if broke_at and "story" in getattr(item, "fixturenames", ()):
        pytest.fail(f"The story broke at {broke_at}.", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _keep_functional_session() -> None:
    """The site here is another process: no layer needs to be kept for it."""


@pytest.fixture(scope="session")
def story() -> Story:
    """What the chapters of the journey hand on."""
    return Story()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its demonstration, the same for every test here."""
    with served(tmp_path_factory.mktemp("browser")) as found:
        yield found
        assert not found.complaints()


@pytest.fixture
def own_url(portal: Any) -> Iterator[str]:
    """The address of a demonstration in this process, which the test may change behind its pages."""
    with opened(portal) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a file.

    Not for the whole session: while it runs asyncio takes this thread for one with a running loop, and
    the check of a PDF, in other tests, starts its own.
    """
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Cookies of who has logged in."""
    return {}


@pytest.fixture(scope="session")
def visited() -> dict[str, set[str]]:
    """User name → every address that was open or linked in a page of that person."""
    return {}


@pytest.fixture(scope="module")
def windows(chromium: Browser) -> Iterator[Windows]:
    """Who is logged in keeps one browser for a file, with what it has fetched already."""
    kept = Windows(chromium)
    yield kept
    kept.close()


@pytest.fixture
def browse(
    site: Site, windows: Windows, sessions: dict[str, StorageState], visited: dict[str, set[str]]
) -> Iterator[Callable[..., Page]]:
    """A new page: ``browse("ceper", width=390, javascript=False)``. The public begins without cookies."""

    def open_page(user_name: str = "", width: int = 1280, javascript: bool = True) -> Page:
        windows.origin = site.url
        page = windows.page(user_name, sessions.get(user_name), width, javascript)
        if user_name and user_name not in sessions:
            log_in(page, site, user_name)
            sessions[user_name] = page.context.storage_state()
        return page

    yield open_page
    problems = windows.end_of_test(visited)
    assert not problems
