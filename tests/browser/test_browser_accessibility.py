"""Every page of the journey for everybody: WCAG 2.2 A and AA, narrow windows, and the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks
from tests.browser.axe import faults
from tests.browser.people import fill_login
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
PUBLIC = (
    "",
    "login",
    "glomt-losenord",
    "ansokan",
    "personcertifiering",
    "fragor-och-svar",
    "personuppgifter",
    "tillganglighet",
    "register",
    "register?q=ingen",
    "kontrollera",
    "kontrollera?nr=",
    "kontrollera?nr=SC1604-25",
    "kontrollera?nr=SC9999-26",
    "finns-inte",
    "valj-losenord?kod=x",
    "demobrev",
)
OWN = (
    *("start", "mina-certifieringar", "personcertifiering", "din-adress", "logout"),
    *("andra-losenord", "inloggningar"),
)
TABS = ("@@meddelanden", "@@arkiv", "@@arkiv?typ=Bilaga", "@@din-adress", "@@ladda-upp-intyg")
WRITING = ("@@meddelanden?nytt=1", "@@ladda-upp?plats=law")
LISTS = tuple(f"arenden?lista={code}" for code in ("notified", "waiting", "messages"))
DESK = (
    "@@handlaggning",
    "@@handlaggning?slot=school",
    "@@meddelanden",
    "@@meddelanden?nytt=1",
    "@@arkiv",
    "@@tentamen",
    "@@beslut",
    "@@komplettering",
    "@@paminnelser",
    "@@paminnelser?till=x",
    "@@lamna-tillbaka",
)
OF_CUSTOMER = ("", "/@@personnummer", "/@@skyddad", "/@@konto")
ADMINISTRATION = (
    *("typer", "certifieringstyper/brunnsborrare/@@redigera", "konton", "konton-nytt", "granskningslogg"),
    "granskningslogg?fran=x",
    *("bakgrundsjobb", "texter", "texten?namn=account_activation&sprak=sv", "demobrev"),
    "texten?namn=mail_frame&sprak=en",
)


def cases(page: Page, site: Site) -> dict[str, str]:
    """Title → address of the customer's certifications."""
    page.goto(f"{site.url}/mina-certifieringar")
    links = page.locator("main tbody a")
    addresses = (link.get_attribute("href").partition("/@@")[0] for link in links.all())
    return dict(zip(links.all_inner_texts(), addresses, strict=True))


def found_on(page: Page, addresses: list[str]) -> list[str]:
    """The faults of all pages, so that one run shows them all."""
    found = []
    for address in addresses:
        page.goto(address)
        found += faults(page, both_widths=address == addresses[-1])
    return found


def assert_none(found: list[str]) -> None:
    """Show the faults line by line."""
    assert not found, "\n".join(["", *found])


@pytest.mark.torture
def test_public_pages(site: Site, browse: Browse) -> None:
    page = browse()
    found = found_on(page, [f"{site.url}/{name}" for name in PUBLIC])
    page.goto(f"{site.url}/login")
    fill_login(page, "ceper", "fel")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_none(found + faults(page))


@pytest.mark.torture
def test_pages_of_a_customer(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    own = cases(page, site)
    addresses = [f"{site.url}/{name}" for name in OWN]
    addresses += [f"{own['Brunnsborrare']}/{name}" for name in (*TABS, *WRITING)]
    addresses += [f"{own['Kontrollansvarig']}/@@meddelanden", f"{own['Energiexpert']}/@@arkiv"]
    found = found_on(page, addresses)
    page.goto(f"{own['Brunnsborrare']}/@@meddelanden")
    page.get_by_role("link", name="Svara").first.click()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    page.goto(f"{own['Brunnsborrare']}/@@ladda-upp?plats=law")
    page.get_by_role("button", name="Överför").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_none(found + faults(page))


@pytest.mark.torture
def test_pages_of_an_officer(site: Site, browse: Browse) -> None:
    page, own = browse("handlaggare"), cases(browse("ceper"), site)
    addresses = [f"{site.url}/{name}" for name in LISTS]
    addresses += [f"{own['Brunnsborrare']}/{name}" for name in DESK]
    customer = own["Brunnsborrare"].rpartition("/")[0]
    addresses += [f"{customer}{view}" for view in OF_CUSTOMER] + [f"{own['Energiexpert']}/@@handlaggning"]
    addresses.append(f"{own['Kontrollansvarig']}/@@ta-arendet")
    found = found_on(page, addresses)
    page.goto(f"{own['Brunnsborrare']}/@@tentamen")
    page.get_by_role("button", name="Registrera tentamen").evaluate("button => button.form.noValidate = true")
    page.get_by_role("button", name="Registrera tentamen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_none(found + faults(page))


@pytest.mark.torture
def test_pages_of_a_decision_maker(site: Site, browse: Browse) -> None:
    own = cases(browse("ceper"), site)
    addresses = [f"{site.url}/arenden?lista=ready", f"{own['Energiexpert']}/@@beslut"]
    addresses.append(f"{own['Energiexpert']}/@@paminnelser?till=2031-01-01")
    assert_none(found_on(browse("beslutsfattare"), addresses))


@pytest.mark.torture
def test_pages_of_an_administrator(site: Site, browse: Browse) -> None:
    page = browse("administrator")
    found = found_on(page, [f"{site.url}/{name}" for name in ADMINISTRATION])
    page.goto(f"{site.url}/konton")
    page.get_by_role("link", name="Handläggare Demo", exact=True).click()
    expect(page.get_by_role("heading", name="Uppgifter och roller")).to_be_visible()
    found += faults(page)
    page.goto(f"{site.url}/texten?namn=new_message&sprak=sv")
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_role("heading", name="Förhandsgranskning")).to_be_visible()
    found += faults(page)
    page.get_by_label("Text", exact=True).fill("Hej {namn}")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_none(found + faults(page))


def tab_to(page: Page, name: str, limit: int = 80) -> None:
    """Press the tabulator until something with this text has the focus."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || document.activeElement.id"):
            return
    raise AssertionError(f"{name} is not reached with {limit} presses")


def test_the_first_press_offers_a_way_past_the_menus(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    page.goto(f"{site.url}/start")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.handbook("H60", "H63", "H67")
def test_a_message_is_answered_with_the_keyboard_alone(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    page.goto(f"{cases(page, site)['Energiexpert']}/@@meddelanden")
    tab_to(page, "Du har meddelat oss")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] article")).to_be_visible()
    tab_to(page, "Svara")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Meddelande", exact=True)).to_be_visible()
    tab_to(page, "text")
    page.keyboard.type("Skrivet utan mus.")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Meddelandet har skickats")
    expect(walks.unfold(page, "Skrivet utan mus.").filter(has_text="Skrivet utan mus.")).to_be_visible()


@pytest.mark.handbook("H107")
def test_the_help_opens_with_the_keyboard_and_escape_returns(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    page.goto(f"{cases(page, site)['Brunnsborrare']}/@@ladda-upp-intyg")
    tab_to(page, "Om Svetsprov")
    opener = page.get_by_role("button", name="Om Svetsprov")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Svetsprov")
    expect(box).to_contain_text("Svetsprov med lägst betyg 3.")
    expect(box.get_by_role("button", name="Stäng")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    expect(opener).to_be_focused()
