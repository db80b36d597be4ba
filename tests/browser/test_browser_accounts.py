"""The way in, with a real Chromium: at both widths, with and without JavaScript, and by keyboard alone."""

import re
import time
from collections.abc import Callable, Iterator

import pyotp
import pytest
import transaction
from playwright.sync_api import Page, expect
from plone import api

from sp.personcert.accounts import storage
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import body, letters
from tests.browser.axe import faults
from tests.browser.people import fill_login
from tests.browser.windows import PATIENCE, Windows

# the session's fixture first: the demonstration checks a PDF, which fails while Chromium runs
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functional_session")]
expect.set_options(timeout=PATIENCE)

Open = Callable[..., Page]
NEW = "Nio-grusiga-brunnar-1"
LINK = re.compile(r"http\S+/valj-losenord\?kod=\S+")


@pytest.fixture
def open_page(own_url: str, windows: Windows) -> Iterator[Open]:
    """A new window at an address: ``open_page("login", width=390, javascript=False)``."""

    def open_at(path: str, width: int = 1280, javascript: bool = True) -> Page:
        page = windows.page("", None, width, javascript)
        page.goto(f"{own_url}/{path}")
        return page

    yield open_at
    problems = windows.end_of_test({})
    assert not problems


@pytest.fixture
def ceper(open_page: Open) -> Page:
    """The handbook's customer, on the start page."""
    page = open_page("login")
    fill_login(page, "ceper")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej CE Person Test")
    return page


def choose(page: Page, new: str, repeated: str) -> None:
    """Fill in both fields and send them."""
    page.get_by_label("Nytt lösenord:", exact=True).fill(new)
    page.get_by_label("Bekräfta nytt lösenord:").fill(repeated)
    page.locator("main form button").click()


@pytest.mark.handbook("H9", "H10", "H11", "H15")
def test_the_keyboard_alone_logs_in_and_reads_more_information(open_page: Open, own_url: str) -> None:
    page = open_page("login", width=390)
    assert not faults(page, both_widths=True)
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_label("Användarnamn:").focus()
    for key in ("ceper", "Tab", PASSWORD, "Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key) if key in {"Tab", "Space", "Enter"} else page.keyboard.type(key)
    box = page.get_by_role("dialog", name="Det här är en privat dator")
    expect(box).to_contain_text("inte har gjort något på 12 timmar")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    expect(page.get_by_role("button", name="(mera information)")).to_be_focused()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{own_url}/start")
    kept = next(one for one in page.context.cookies() if one["name"] == "kw-session")
    assert kept["expires"] > time.time() + 13 * 24 * 3600


@pytest.mark.handbook("H16", "H17", "H18", "H19", "H20", "H21", "H24")
def test_a_live_list_says_which_rules_are_met(ceper: Page) -> None:
    page = ceper
    page.locator("main").get_by_role("link", name="Ändra lösenord").click()
    rules = page.locator("[data-kw-rule]")
    page.get_by_label("Nytt lösenord:", exact=True).press_sequentially("Nio grusiga")
    assert rules.all_inner_texts() == [
        "Minst 12 och högst 128 tecken · saknas",
        "En liten bokstav · klart",
        "En stor bokstav · klart",
        "En siffra eller ett specialtecken · saknas",
        "Lika i båda fälten · saknas",
    ]
    expect(page.locator("[aria-live=polite]")).to_have_text("2 av 5 krav är klara.")
    page.get_by_label("Lösenord:", exact=True).fill(PASSWORD)
    choose(page, "kort", "Kort")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.get_by_role("alert").get_by_role("listitem").count() == 5
    found = faults(page, both_widths=True)
    page.get_by_label("Lösenord:", exact=True).fill(PASSWORD)
    choose(page, NEW, NEW)
    expect(page.get_by_role("status")).to_contain_text("Ditt lösenord är ändrat.")
    assert not found + faults(page)


BOTH = [(390, False), (390, True), (1280, False), (1280, True)]


@pytest.mark.handbook("H10", "H16", "H17", "H18")
@pytest.mark.parametrize(("width", "javascript"), BOTH)
def test_one_logs_in_and_changes_the_password(open_page: Open, width: int, javascript: bool) -> None:
    page = open_page("login", width, javascript)
    fill_login(page, "ceper", "fel")
    expect(page.get_by_role("alert")).to_contain_text("Användarnamnet eller lösenordet stämmer inte.")
    expect(page.get_by_label("Användarnamn:")).to_have_value("ceper")
    fill_login(page, "ceper")
    page.locator("main").get_by_role("link", name="Ändra lösenord").click()
    page.get_by_label("Lösenord:", exact=True).fill("fel")
    choose(page, NEW, NEW)
    expect(page.get_by_role("alert")).to_contain_text("Det nuvarande lösenordet stämmer inte.")
    page.get_by_label("Lösenord:", exact=True).fill(PASSWORD)
    choose(page, NEW, NEW)
    expect(page.get_by_role("status")).to_contain_text("Ditt lösenord är ändrat.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.handbook("H12", "H18")
@pytest.mark.parametrize(("width", "javascript"), BOTH)
def test_a_forgotten_password_is_replaced_through_the_mail(
    open_page: Open, width: int, javascript: bool
) -> None:
    page = open_page("login", width, javascript)
    page.get_by_role("link", name="Jag har glömt mitt lösenord").click()
    page.get_by_label("Användarnamn:").fill("ceper")
    page.get_by_role("button", name="Skicka länken").click()
    expect(page.get_by_role("status")).to_contain_text("Länken gäller i 60 minuter")
    found = faults(page) if javascript else []
    page.goto(LINK.findall("".join(map(body, letters())))[0])
    expect(page.get_by_label("Användarnamn:")).to_have_value("ceper")
    choose(page, "kort", "kort")
    expect(page.get_by_role("alert")).to_contain_text("Det nya lösenordet behöver minst 12 tecken.")
    found += faults(page) if javascript else []
    choose(page, NEW, NEW)
    expect(page.get_by_role("status")).to_have_text("Ditt nya lösenord är sparat. Logga in med det.")
    fill_login(page, "ceper", NEW)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej CE Person Test")
    assert not found


@pytest.mark.parametrize(("width", "javascript"), BOTH)
def test_an_app_is_set_up_and_a_code_is_asked_for_from_then_on(
    open_page: Open, own_url: str, width: int, javascript: bool
) -> None:
    storage.account(api.user.get(username="handlaggare").getId()).needs_second_factor = True
    transaction.commit()
    page = open_page("login", width, javascript)
    fill_login(page, "handlaggare")
    expect(page.get_by_role("img", name="QR-kod")).to_be_visible()
    found = faults(page) if javascript else []
    secret = page.locator("#key").inner_text().replace(" ", "")
    page.get_by_label("Engångskod:").fill(pyotp.TOTP(secret).at(time.time() - 30))
    page.get_by_role("button", name="Ställ in och logga in").click()
    codes = page.locator(".kw-codes li").all_inner_texts()
    found += faults(page) if javascript else []
    page.get_by_role("link", name="Fortsätt").click()
    page.locator("header summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.goto(f"{own_url}/login")
    fill_login(page, "handlaggare")
    page.get_by_label("Engångskod:").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Att göra nu")
    assert len(codes) == 10 and not found


def test_a_recovery_code_is_typed_in_a_field_of_its_own(open_page: Open) -> None:
    account = storage.account(api.user.get(username="handlaggare").getId())
    account.factor_secret = pyotp.random_base32()
    transaction.commit()
    page = open_page("login", 390)
    fill_login(page, "handlaggare")
    expect(page.get_by_label("Engångskod:")).to_be_focused()
    expect(page.get_by_label("Reservkod:")).not_to_be_visible()
    page.get_by_text("Har du inte din telefon?").click()
    page.get_by_label("Reservkod:").fill("k7mq-w2xp-9hde")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert").first).to_contain_text("Reservkoden stämmer inte")
    expect(page.get_by_label("Reservkod:")).to_be_visible()
    assert not faults(page)
