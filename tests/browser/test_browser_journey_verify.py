"""The journey goes on: anybody, without logging in, checks the certificate and finds the person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks
from tests.browser.axe import faults
from tests.browser.files import as_file, paper
from tests.browser.people import PERSONNUMMER
from tests.browser.serving import Site
from tests.browser.story import Story
from tests.foundation.pdf import tampering

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
OWN_NAME = "min hemliga fil.pdf"
NOT_PDF = "Filen är inte en PDF. Våra certifikat är alltid PDF-filer: välj den som vi har skickat."
TOO_LARGE = "Filen är för stor för att vara ett av våra certifikat. Välj certifikatets egen PDF-fil."
PRIVATE = (
    PERSONNUMMER,
    "19811218",
    "811218",
    "ceper@example.se",
    "arbete@example.se",
    "0455-123456",
    "Stumholmen",
)


def check_file(page: Page, site: Site, data: bytes, name: str = OWN_NAME) -> str:
    """Hand in a file; gives the headline of the answer, and sees that nothing of the file is shown."""
    page.goto(f"{site.url}/kontrollera")
    page.get_by_label("Välj PDF-fil").set_input_files(as_file(name, data))
    page.get_by_role("button", name="Kontrollera filen").click()
    headline = walks.words(page.locator("#svar"))
    for word in ("hemliga", "Erik Exempel", "Hemlig text"):
        assert word not in page.content()
    return headline


@pytest.mark.handbook("H2")
def test_the_file_as_it_was_fetched_is_genuine_and_valid(site: Site, browse: Browse, story: Story) -> None:
    page = browse()
    assert check_file(page, site, story.certificate) == "Certifikatet är äkta och gäller i dag"
    assert not faults(page)
    answer = walks.words(page.get_by_role("status"))
    assert "Är filen oförändrad? Ja." in answer and "Har vi signerat den? Ja." in answer
    for word in (
        story.certificate_number,
        "CE Person Test",
        "Brunnsborrare",
        "Ansvarig AB",
        "Filen är inte sparad",
    ):
        assert word in answer


@pytest.mark.handbook("H2")
def test_a_changed_file_is_called_changed(site: Site, browse: Browse, story: Story) -> None:
    page = browse()
    for forge in (tampering.replace_page, tampering.change_title, tampering.append_comment):
        assert check_file(page, site, forge(story.certificate)) == "Filen är ändrad. Lita inte på den."
        assert "Är filen oförändrad? Nej." in walks.words(page.get_by_role("status"))
    assert check_file(page, site, paper("Hemlig text")) == "Filen är inte signerad. Lita inte på den."


@pytest.mark.handbook("H2")
def test_a_number_alone_is_answered_from_the_register(site: Site, browse: Browse, story: Story) -> None:
    page = browse()
    page.goto(f"{site.url}/kontrollera")
    page.get_by_label("Certifikat nr").fill(f" {story.certificate_number.lower()} ")
    page.get_by_role("button", name="Kontrollera numret").click()
    assert walks.words(page.locator("#svar")) == "Certifikatet gäller i dag"
    expect(page.get_by_role("status")).to_contain_text("CE Person Test")
    page.get_by_label("Certifikat nr").fill("SC9999-26")
    page.get_by_role("button", name="Kontrollera numret").click()
    assert walks.words(page.locator("#svar")) == "Vi hittar inget certifikat med det numret"
    page.get_by_label("Certifikat nr").fill("")
    page.get_by_role("button", name="Kontrollera numret").click()
    assert walks.refusal(page) == "Skriv ett certifikatnummer först, till exempel SC1603-12."


def test_what_is_no_certificate_gets_a_plain_sentence(
    site: Site, browse: Browse, story: Story, tmp_path: Path
) -> None:
    page = browse()
    large = tmp_path / "stor.pdf"
    large.write_bytes(b"%PDF-1.7\n" + bytes(50_000_000))
    text = as_file("text.txt", b"Hemlig text")
    for chosen, sentence in ((text, NOT_PDF), (large, TOO_LARGE), (None, "Välj en PDF-fil först.")):
        page.goto(f"{site.url}/kontrollera")
        if chosen:
            page.get_by_label("Välj PDF-fil").set_input_files(chosen)
        page.get_by_role("button", name="Kontrollera filen").click()
        assert walks.refusal(page) == sentence
        assert "Hemlig text" not in page.content() and "text.txt" not in page.content()


@pytest.mark.handbook("H2", "H51")
def test_the_register_finds_the_person_and_tells_nothing_private(
    site: Site, browse: Browse, story: Story
) -> None:
    page = browse()
    page.goto(f"{site.url}/register")
    page.get_by_label("Sök på namn").fill("test ce")
    page.get_by_label("Certifiering", exact=True).select_option("Brunnsborrare")
    page.get_by_role("button", name="Sök").click()
    (row,) = page.locator("tbody").get_by_role("row").all()
    for word in ("CE Person Test", "Brunnsborrare", "Ansvarig AB", story.certificate_number):
        assert word in walks.words(row)
    assert [word for word in PRIVATE if word in page.content()] == []
    row.get_by_role("link", name="CE Person Test").click()
    assert walks.words(page.locator("#svar")) == "Certifikatet gäller i dag"
    assert [word for word in PRIVATE if word in page.content()] == []
