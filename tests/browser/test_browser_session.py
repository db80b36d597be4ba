"""The log-in ends: a warning in time, in every tab, and no text is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sp.personcert.foundation import clock
from tests.browser.axe import faults
from tests.browser.people import fill_login
from tests.browser.windows import Windows
from tests.reading import address

# the session's fixture first: the demonstration checks a PDF, which fails while Chromium runs
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functional_session")]

TEXT = "Halva meddelandet"
Pass = Callable[[Page, float], None]


@pytest.fixture
def writing(own_url: str, drillers: Any, windows: Windows) -> Iterator[Page]:
    """The handbook's customer in the middle of a message."""
    page = windows.page("", None, 1280, True)
    page.clock.install()
    page.goto(f"{own_url}/login")
    fill_login(page, "ceper")
    page.goto(own_url.rpartition("/")[0] + address(drillers, "meddelanden") + "?nytt=1")
    page.get_by_label("Meddelandetyp:").select_option("Notering")
    page.get_by_label("Meddelande", exact=True).fill(TEXT)
    yield page
    problems = windows.end_of_test({})
    assert not problems


@pytest.fixture
def later() -> Iterator[Pass]:
    """Let minutes pass, on the server and in the page."""
    with ExitStack() as moved:

        def move(page: Page, minutes: float) -> None:
            moved.enter_context(clock.later(minutes * 60))
            page.clock.fast_forward(timedelta(minutes=minutes) // timedelta(milliseconds=1))

        yield move


def warning(page: Page) -> Any:
    """The dialog before the end."""
    return page.get_by_role("dialog", name="Du loggas snart ut")


def text(page: Page) -> Any:
    """Where the person writes."""
    return page.get_by_label("Meddelande", exact=True)


def test_escape_stays_and_the_text_and_its_focus_stay_too(writing: Page, later: Pass) -> None:
    later(writing, 20)
    expect(warning(writing)).not_to_be_visible()
    later(writing, 8.5)
    expect(warning(writing)).to_contain_text("loggas du ut om du inte väljer att stanna kvar")
    expect(writing.get_by_role("button", name="Stanna kvar")).to_be_focused()
    assert not faults(writing)
    writing.keyboard.press("Escape")
    expect(warning(writing)).not_to_be_visible()
    expect(text(writing)).to_be_focused()
    expect(text(writing)).to_have_value(TEXT)
    later(writing, 20)
    writing.get_by_role("button", name="Spara").click()
    expect(writing.get_by_role("status")).to_contain_text("Meddelandet har skickats")


def test_what_one_does_in_another_tab_counts(writing: Page, later: Pass, own_url: str) -> None:
    later(writing, 28.5)
    expect(warning(writing)).to_be_visible()
    other = writing.context.new_page()
    other.goto(f"{own_url}/start")
    expect(other.get_by_role("heading", level=1)).to_have_text("Hej CE Person Test")
    writing.clock.fast_forward(11_000)
    expect(warning(writing)).not_to_be_visible()
    expect(text(writing)).to_have_value(TEXT)


def test_after_the_end_one_logs_in_in_a_tab_and_goes_on_writing(writing: Page, later: Pass) -> None:
    later(writing, 31)
    over = writing.get_by_role("dialog", name="Du är utloggad")
    expect(over).to_be_visible()
    assert not faults(writing)
    with writing.context.expect_page() as opening:
        writing.get_by_role("link", name="Logga in i en ny flik").click()
    expect(opening.value.get_by_role("status")).to_contain_text("Det du skrev där står kvar.")
    fill_login(opening.value, "ceper")
    expect(opening.value.get_by_role("heading", level=1)).to_have_text("Hej CE Person Test")
    writing.clock.fast_forward(2000)
    writing.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(over).not_to_be_visible()
    expect(text(writing)).to_have_value(TEXT)
    writing.get_by_role("button", name="Spara").click()
    expect(writing.get_by_role("status")).to_contain_text("Meddelandet har skickats")


def test_the_last_minutes_cannot_be_lengthened_and_are_told_once(writing: Page, later: Pass) -> None:
    writing.route("**/inloggad", lambda route: route.fulfill(json={"idle": 100, "longest": 100}))
    later(writing, 28.5)
    expect(warning(writing)).to_contain_text("Tiden kan inte förlängas")
    expect(writing.get_by_role("button", name="Stanna kvar")).not_to_be_visible()
    writing.get_by_role("button", name="Stäng").click()
    expect(warning(writing)).not_to_be_visible()
    with writing.expect_response("**/inloggad"):
        writing.clock.fast_forward(11_000)
    expect(warning(writing)).not_to_be_visible()
    expect(text(writing)).to_have_value(TEXT)


def test_without_a_network_the_dialog_says_so_and_goes_on_asking(writing: Page, later: Pass) -> None:
    writing.context.set_offline(True)
    later(writing, 28.5)
    expect(warning(writing)).to_contain_text("Vi når inte Kundwebben just nu.")
    writing.get_by_role("button", name="Stanna kvar").click()
    expect(warning(writing)).to_be_visible()
    writing.context.set_offline(False)
    writing.clock.fast_forward(11_000)
    expect(warning(writing).get_by_role("alert")).not_to_be_visible()
    writing.get_by_role("button", name="Stanna kvar").click()
    expect(warning(writing)).not_to_be_visible()
    expect(text(writing)).to_have_value(TEXT)
