"""Letters by post and addresses that do not work, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import transaction
from playwright.sync_api import Page, expect

from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import AddressFault, ContactMode
from sp.personcert.foundation.clock import today
from sp.personcert.postal_letters import operations
from tests.browser.axe import faults
from tests.browser.people import fill_login
from tests.browser.windows import Windows
from tests.reading import address

# the session's fixture first: the demonstration checks a PDF, which fails while Chromium runs
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functional_session")]

Open = Callable[..., Page]


@pytest.fixture
def enter(own_url: str, customer: Callable[[str], Any], windows: Windows) -> Iterator[Open]:
    """Log in, in a site where two letters wait and the handbook's address does not work."""
    simple, nowhere = customer("enkel"), customer("tom")
    simple.contact_mode = nowhere.contact_mode = ContactMode.ANALOG
    simple.person = replace(simple.person, address="Storgatan 1", postal_code="37130")
    for person in (simple, nowhere):
        operations.put(person, ["new_message", "supplement_requested"], "sv", None, "key")
    customers.mark_address_bad(customer("ceper"), AddressFault.BOUNCED)
    transaction.commit()

    def log_in(user_name: str, path: str, width: int = 1280, javascript: bool = True) -> Page:
        page = windows.page("", None, width, javascript)
        page.goto(f"{own_url}/login")
        fill_login(page, user_name)
        page.wait_for_url(lambda url: "/login" not in url)
        page.goto(path if "://" in path else f"{own_url}{path}")
        return page

    yield log_in
    assert not windows.end_of_test({})


@pytest.mark.handbook("H42")
def test_letters_are_downloaded_and_ticked_off_in_a_narrow_window_without_javascript(enter: Open) -> None:
    page = enter("handlaggare", "/brev", 390, False)
    expect(page.get_by_role("checkbox", name="Enkel Exempel")).to_be_checked()
    expect(page.get_by_role("checkbox")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Postadress saknas.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Skriv ut").click()
    assert download.value.suggested_filename == f"brev-{today().isoformat()}.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Är postade").click()
    expect(page.get_by_role("status").first).to_contain_text("Avprickade brev: 1.")
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_the_pages_of_officers_and_administrators_are_accessible(
    enter: Open, own_url: str, customer: Callable[[str], Any], drillers: Any
) -> None:
    page = enter("handlaggare", "/brev")
    found = faults(page, both_widths=True)
    page.get_by_role("link", name="Behövs inte Enkel Exempel").click()
    found += faults(page)
    host, person = own_url.rpartition("/")[0], customer("ceper")
    for place in (address(person), address(person, "epost"), address(drillers, "handlaggning")):
        page.goto(host + place)
        found += faults(page)
    page = enter("administrator", "/studsar")
    page.get_by_label("Adressen som inte fungerar").fill("ceper@example.se")
    page.get_by_role("button", name="Markera adressen").click()
    expect(page.get_by_role("status")).to_contain_text("Kunder med adressen: 1.")
    found += faults(page)
    assert not found, "\n".join(["", *found])


def test_a_customer_answers_about_the_address_with_the_keyboard(enter: Open) -> None:
    page = enter("ceper", "/start")
    found = faults(page)
    page.get_by_role("link", name="Svara på om adressen stämmer").press("Enter")
    found += faults(page, both_widths=True)
    page.get_by_role("radio", name="Jag har en ny adress").press("Space")
    page.get_by_label("Din nya e-postadress").fill("ny@")
    page.get_by_role("button", name="Skicka svaret").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page)
    page.get_by_label("Din nya e-postadress").fill("ny@example.se")
    page.get_by_role("button", name="Skicka svaret").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("En handläggare lägger in den")
    found += faults(page)
    assert not found, "\n".join(["", *found])
