"""The tab Din adress: three panels to be read."""

import pytest

from tests.reading import address, tree, words

PANELS = {
    "Personuppgifter": "Förnamn: Mellannamn: Efternamn: Adress: Postnummer: Ort: "
    "Telefon: Telefax: Mobiltelefon: E-post (privat):",
    "Företagsuppgifter": "Företag: Adress: Postnummer: Ort: Websida: "
    "Telefon: Telefax: Mobiltelefon: E-post (arbete):",
    "Faktureringsuppgifter": "Företag: Adress: Postnummer: Ort: Fakturamärkning:",
}


@pytest.fixture(params=["tab", "page"])
def shown(request, visitor, case):
    """The panels, in the tab of a case and on the page of the account menu."""
    found = address(case("ceper", "brunnsborrare"), "din-adress")
    return visitor("ceper").see(found if request.param == "tab" else "/din-adress")


@pytest.mark.handbook("H86", "H89", "H90", "H91", "H92")
def test_the_panels_have_the_handbooks_labels_and_show_empty_fields_empty(shown):
    found = {}
    for panel in tree(shown).xpath("//section[@class='kw-panel']"):
        found[words(panel.find("h3"))] = " ".join(words(label) for label in panel.iter("dt"))
    assert found == PANELS
    values = [words(value) for value in tree(shown).xpath("//section[@class='kw-panel'][1]//dd")]
    assert (
        values[:3] == ["CE", "Person", "Test"] and values[7:9] == ["", ""] and values[9] == "ceper@example.se"
    )


@pytest.mark.handbook("H87", "H88")
def test_the_tab_says_how_changes_are_made_and_that_correct_details_matter(shown):
    text = words(shown)
    assert "Uppgifterna ändras inte med automatik." in text
    assert "Ändringarna syns på vår och Boverkets sida inom en arbetsvecka." in text
    assert "Det är av yttersta vikt att kontaktuppgifterna och faktureringsuppgifterna är korrekta." in text


def test_a_change_is_asked_for_in_a_message_of_its_type(shown):
    page = shown.click("Skriv om en uppgiftsändring")
    chosen = tree(page).xpath("//select[@name='message_type']/option[@selected]")
    assert [words(option) for option in chosen] == ["Uppgiftsändring"]


def test_who_has_no_case_is_not_sent_to_messages(visitor):
    assert "Skriv om en uppgiftsändring" not in words(visitor("tom").see("/din-adress"))


def test_staff_have_no_address_of_their_own(visitor):
    assert visitor("handlaggare").see("/din-adress").status_int == 404
