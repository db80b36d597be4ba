"""The site without JavaScript: everything that a customer must do can be done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks
from tests.browser.files import paper
from tests.browser.people import log_in
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]


@pytest.fixture
def page(site: Site, browse: Browse) -> Page:
    """Enkel in the only case, logged in through the form."""
    page = browse(javascript=False)
    log_in(page, site, "enkel")
    page.goto(f"{site.url}/mina-certifieringar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brunnsborrare")
    return page


@pytest.mark.handbook("H60", "H63", "H67", "H69")
def test_messages_are_read_and_written(page: Page) -> None:
    page.get_by_role("link", name="Nytt meddelande").click()
    page.get_by_label("Meddelandetyp:").select_option("Notering")
    walks.write(page, "Jag skriver utan skript.")
    history = walks.unfold(page, "Jag skriver utan skript.")
    expect(history).to_contain_text("Enkel Exempel")
    walks.answer(page, "Jag skriver utan skript.", "Och svarar.")
    assert walks.unfold(page, "Jag skriver utan skript.").count() == 2


@pytest.mark.handbook("H134")
def test_the_button_answers_with_a_sentence(page: Page) -> None:
    walks.open_tab(page, "Ladda upp intyg")
    page.get_by_role("button", name="MEDDELA OSS").click()
    assert walks.refusal(page).startswith("De här raderna väntar på svar: Avgångsbetyg/Examen, ")


@pytest.mark.handbook("H79", "H80", "H81", "H117", "H129")
def test_a_paper_is_sent_and_the_archive_sorted_and_filtered(page: Page) -> None:
    walks.open_tab(page, "Ladda upp intyg")
    first = walks.upload(page, "Heta arbeten", paper("Heta arbeten"))
    second = walks.upload(page, "Försäkringsbevis", paper("Försäkringsbevis"))
    expect(walks.slot_row(page, "Heta arbeten")).to_contain_text(f"Dokument {first} är uppladdat")
    walks.open_tab(page, "Arkiv")
    assert walks.archived(page) == [second, first]
    page.get_by_role("link", name="Dokumentnamn").click()
    ascending = walks.archived(page)
    assert ascending == sorted([first, second])
    page.get_by_role("link", name="Dokumentnamn").click()
    assert walks.archived(page) == ascending[::-1]
    page.get_by_label("Dokumenttyp som ska visas").select_option("Bilaga")
    page.get_by_role("button", name="Visa").click()
    assert walks.archived(page) == [second]
    walks.open_tab(page, "Arkiv")
    assert len(walks.archived(page)) == 2
