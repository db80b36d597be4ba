"""The whole way from the login to a certificate that anybody can check, each step by a person at a browser.

The chapters stand in the order of the story: each begins where the one before it ended.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks
from tests.browser.people import PERSONNUMMER, fill_login
from tests.browser.serving import Site
from tests.handbook import TYPES

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]


@pytest.mark.handbook("H7", "H156")
def test_the_front_page_leads_to_login_application_register_and_check(site: Site, browse: Browse) -> None:
    page = browse()
    page.goto(site.url)
    top = page.get_by_role("navigation", name="Huvudmeny")
    assert top.get_by_role("link").all_inner_texts() == ["Kontrollera", "Register", "Logga in"]
    assert top.get_by_role("link", name="Logga in").bounding_box()["y"] < 64
    for name, heading in (
        ("Läs om ansökan", "Ansökan"),
        ("Öppna registret", "Register över certifierade"),
        ("Kontrollera", "Kontrollera ett certifikat"),
    ):
        page.goto(site.url)
        page.locator("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.handbook("H9", "H10", "H15")
def test_a_wrong_password_is_one_sentence_and_the_right_one_opens_the_start_page(
    site: Site, browse: Browse
) -> None:
    page = browse()
    page.goto(site.url)
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Logga in").click()
    expect(page.get_by_role("checkbox", name="Det här är en privat dator")).not_to_be_checked()
    for name in ("Jag har glömt mitt lösenord", "Frågor och svar om inloggningen"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.get_by_role("button", name="(mera information)").click()
    expect(page.get_by_role("dialog", name="Det här är en privat dator")).to_be_visible()
    page.get_by_role("button", name="Stäng").click()
    fill_login(page, "ceper", "fel-lösenord-1")
    sentence = "Användarnamnet eller lösenordet stämmer inte. Kontrollera båda och skriv lösenordet igen."
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.get_by_label("Användarnamn:").input_value() == "ceper"
    assert page.get_by_label("Lösenord:").input_value() == ""
    fill_login(page, "ceper")
    expect(page).to_have_url(f"{site.url}/start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej CE Person Test")


@pytest.mark.handbook("H25", "H27", "H28", "H29", "H30", "H31", "H32", "H33")
def test_the_menu_holds_every_certification_and_marks_the_open_one(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    page.goto(f"{site.url}/start")
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Personcertifiering").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Personcertifiering")
    menu = page.get_by_role("navigation", name="Personcertifiering")
    menu.get_by_role("link", name="Mina Certifieringar").click()
    listed = page.locator("main tbody").get_by_role("rowheader").all_inner_texts()
    assert sorted(listed) == sorted(TYPES)
    certificates = menu.locator("details", has=page.get_by_text("Mina Certifikat")).get_by_role("link")
    assert sorted(certificates.all_inner_texts()) == sorted(TYPES)
    menu.get_by_role("link", name="Brunnsborrare").click()
    expect(menu.get_by_role("link", name="Brunnsborrare")).to_have_attribute("aria-current", "true")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Brunnsborrare")
    left = menu.bounding_box()
    assert heading.bounding_box()["x"] >= left["x"] + left["width"]


@pytest.mark.handbook("H28")
def test_with_one_case_the_link_leads_straight_into_it(site: Site, browse: Browse) -> None:
    page = browse("enkel")
    page.goto(f"{site.url}/personcertifiering")
    menu = page.get_by_role("navigation", name="Personcertifiering")
    menu.get_by_role("link", name="Mina Certifieringar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brunnsborrare")
    assert "/kunder/" in page.url


@pytest.mark.handbook(*(f"H{number}" for number in range(35, 53)))
def test_the_information_field_says_what_the_handbook_shows(site: Site, browse: Browse) -> None:
    page = browse("ceper")
    walks.open_certification(page, site, "Brunnsborrare")
    assert list(walks.fields(page).items()) == [
        ("Namn:", "CE Person Test"),
        ("Personnummer:", PERSONNUMMER),
        ("Handläggare:", "Handläggare Demo"),
        ("Ärende:", "behandlas"),
        ("Vi når dig:", "Digital"),
        ("Certifikat nr:", "– saknas"),
        ("Certifieringstyp:", "Brunnsborrare"),
        ("Plastkort:", "Nej"),
        ("Publicerad:", "Nej"),
        ("Giltig t.o.m.:", "Saknar giltighetsdatum"),
        ("Order nr:", "FX216494"),
        ("Behörighet:", "– saknas"),
        ("Tentamen:", "– saknas"),
    ]
    four = ["Meddelanden", "Arkiv", "Din adress", "Ladda upp intyg"]
    assert walks.tabs(page) == four
    for title in four:
        walks.open_tab(page, title)
        assert walks.fields(page)["Order nr:"] == "FX216494"
