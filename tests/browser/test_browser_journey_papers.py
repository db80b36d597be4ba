"""The journey goes on: the customer sends papers, and tells that all of them are there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks
from tests.browser.files import paper
from tests.browser.people import CASE_NUMBER, CUSTOMER_NUMBER, PERSONNUMMER
from tests.browser.serving import Site, eventually
from tests.browser.story import Story

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
TAB = "Ladda upp intyg"
FIRST = ("Juridik och Hydrogeologi", "Heta arbeten", "Säkerhet på väg", "Projektlista/Uppdragslista")
REASON_SLOT, LAST = "SGU rapport", "Försäkringsbevis"
REASON = "Rapporterna ligger hos SGU, de kommer i mars."
WRONG_FORMAT = "Filen är inte en PDF-, Word- eller Excelfil. Spara den som PDF och försök igen."
BAD_FILES = (
    ("", b"", "Välj en fil först."),
    ("tom.pdf", b"", "Filen är tom. Välj en annan fil."),
    ("brev.pdf", "Hej, det här är ren text.".encode(), WRONG_FORMAT),
    ("bild.png", b"\x89PNG\r\n\x1a\n", WRONG_FORMAT),
)


def upload_tab(browse: Browse, story: Story) -> Page:
    """The customer at the table of slots."""
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@ladda-upp-intyg")
    return page


@pytest.mark.handbook("H110", "H116", "H120", "H121", "H122", "H124", "H128")
def test_a_bad_file_gets_a_sentence_and_nothing_is_stored(site: Site, browse: Browse, story: Story) -> None:
    page = browse("ceper")
    walks.open_certification(page, site, "Brunnsborrare")
    story.case_url = page.url.partition("/@@")[0]
    walks.open_tab(page, "Arkiv")
    before = walks.archived(page)
    walks.open_tab(page, TAB)
    walks.open_dialog(page, FIRST[0])
    expect(page.get_by_role("radio", name="Ladda upp dokument")).to_be_checked()
    expect(page.get_by_role("radio", name="Meddela varför dokument ej kan laddas upp")).not_to_be_checked()
    shown = walks.words(page.get_by_role("main"))
    assert f"Dokument för: CE Person Test, {PERSONNUMMER} Dokumenttyp: Betyg/Intyg" in shown
    assert "Tillåtna filformat: pdf,doc,xls,docx,xlsx" in shown
    stem = walks.shown_stem(page)
    for name, data, sentence in BAD_FILES:
        walks.transfer(page, name, data, "Kursen i maj")
        assert walks.refusal(page) == sentence
        assert page.get_by_label("Notering:").input_value() == "Kursen i maj"
        assert walks.shown_stem(page) == stem
    page.get_by_role("link", name="Stäng").click()
    expect(walks.slot_row(page, FIRST[0])).to_contain_text("Saknas")
    walks.open_tab(page, "Arkiv")
    assert walks.archived(page) == before


@pytest.mark.handbook("H117", "H118", "H124", "H126", "H127", "H129", "H130", "H75", "H83", "H85")
def test_each_paper_is_kept_under_the_name_that_was_shown(site: Site, browse: Browse, story: Story) -> None:
    page = upload_tab(browse, story)
    for title in FIRST:
        data = paper(f"Intyg: {title}")
        name = walks.upload(page, title, data)
        assert walks.UPLOAD_NAME.fullmatch(name) and f"_{CUSTOMER_NUMBER}_" in name
        expect(walks.slot_row(page, title)).to_contain_text(f"Dokument {name} är uppladdat")
        story.sent[name] = data
    expect(page.get_by_role("link", name="Hämta mall för Projektlista/Uppdragslista")).to_be_visible()
    assert page.get_by_role("link", name="Hämta mall").count() == 1
    walks.open_tab(page, "Arkiv")
    heads = [walks.words(head) for head in page.get_by_role("columnheader").all()]
    assert heads == ["Datum", "Dokumentnamn", "Dokumenttyp", "Notering"]
    assert set(story.sent) <= set(walks.archived(page))
    row = page.get_by_role("row").filter(has_text="Juridik_och_Hydrogeologi")
    expect(row).to_have_text(re.compile(r"Betyg/Intyg\s+Om Juridik och Hydrogeologi\s*$"))
    officer = browse("handlaggare")
    walks.open_from_list(officer, site, "mine")
    for name in story.sent:
        expect(officer.get_by_role("link", name=name)).to_be_visible()


@pytest.mark.handbook("H121", "H123")
def test_a_missing_paper_needs_a_reason_which_the_officer_reads(
    site: Site, browse: Browse, story: Story
) -> None:
    page = upload_tab(browse, story)
    walks.open_dialog(page, REASON_SLOT)
    page.get_by_role("radio", name="Meddela varför dokument ej kan laddas upp").check()
    page.get_by_role("button", name="Överför").click()
    assert walks.refusal(page) == "Skriv varför dokumentet inte kan laddas upp."
    page.get_by_label("Varför kan dokumentet inte laddas upp?").fill(REASON)
    page.get_by_role("button", name="Överför").click()
    expect(page.get_by_role("status").first).to_have_text("Ditt meddelande är sparat och står på raden.")
    expect(walks.slot_row(page, REASON_SLOT)).to_contain_text(f"Meddelat ”{REASON}”")
    officer = browse("handlaggare")
    walks.open_from_list(officer, site, "mine")
    expect(walks.slot_row(officer, REASON_SLOT)).to_contain_text(f"Inget dokument. Kundens skäl: {REASON}")


@pytest.mark.handbook("H119", "H134")
def test_the_button_names_the_rows_that_wait_and_tells_nobody(
    site: Site, browse: Browse, story: Story
) -> None:
    page = upload_tab(browse, story)
    page.get_by_role("button", name="MEDDELA OSS").click()
    assert walks.refusal(page) == (
        f"De här raderna väntar på svar: {LAST}. Ladda upp, eller meddela varför dokumentet saknas."
    )
    walks.open_tab(page, "Meddelanden")
    assert walks.thread(page, "Du har meddelat oss").count() == 0
    assert walks.rows_in_list(browse("handlaggare2"), site, "notified") == 0
    walks.open_tab(page, TAB)
    data = paper(f"Intyg: {LAST}")
    story.sent[walks.upload(page, LAST, data)] = data


@pytest.mark.handbook("H82")
def test_a_download_is_the_file_that_was_sent(site: Site, browse: Browse, story: Story) -> None:
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@arkiv")
    for name, data in story.sent.items():
        link = page.get_by_role("link", name=name)
        with page.expect_download() as saving:
            link.click()
        assert saving.value.suggested_filename == name
        assert saving.value.path().read_bytes() == data
        answer = page.request.get(link.get_attribute("href"))
        assert answer.body() == data
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in answer.headers["cache-control"]


@pytest.mark.handbook("H132", "H133")
def test_a_double_click_makes_one_notice(site: Site, browse: Browse, story: Story) -> None:
    page = upload_tab(browse, story)
    page.get_by_role("button", name="MEDDELA OSS").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Vi har fått din anmälan.")
    assert page.get_by_role("button", name="MEDDELA OSS").count() == 0
    walks.open_tab(page, "Meddelanden")
    assert walks.thread(page, "Du har meddelat oss att dina handlingar är inskickade").count() == 1
    assert walks.rows_in_list(browse("handlaggare2"), site, "notified") == 1


@pytest.mark.handbook("H53", "H56", "H59", "H63", "H64", "H67", "H68", "H69", "H70", "H72")
def test_customer_and_officer_write_to_each_other(site: Site, browse: Browse, story: Story) -> None:
    page, officer = browse("ceper"), browse("handlaggare2")
    page.goto(f"{story.case_url}/@@meddelanden")
    page.get_by_role("link", name="Nytt meddelande").click()
    expect(page.locator("#nytt")).to_contain_text("Från: CE Person Test (ceper)")
    page.get_by_label("Meddelandetyp:").select_option("Notering")
    walks.write(page, "Jag borrar i Blekinge under april.")
    walks.answer(page, "Jag borrar i Blekinge", "Och i Småland i maj.")
    walks.open_from_list(officer, site, "messages")
    walks.open_tab(officer, "Meddelanden")
    history = walks.unfold(officer, "Jag borrar i Blekinge")
    expect(history.filter(has_text="Och i Småland i maj.")).to_be_visible()
    walks.answer(officer, "Jag borrar i Blekinge", "Tack, vi ses i Karlskrona.")
    page.reload()
    history = walks.unfold(page, "Jag borrar i Blekinge")
    assert history.count() == 3
    received = history.filter(has_text="Tack, vi ses i Karlskrona.")
    expect(received).to_be_visible()
    expect(received).to_contain_text("Handläggare Demo Två")


@pytest.mark.handbook("H59", "H164")
def test_a_letter_says_that_there_is_a_message_and_nothing_of_the_case(site: Site, story: Story) -> None:
    (letter,) = eventually(lambda: site.letters("ceper@example.se", "Du har ett nytt meddelande"))
    text = "".join(part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")
    assert "Det finns ett nytt meddelande till dig på Kundwebben." in text
    secrets = ("Karlskrona", "Blekinge", "Brunnsborrare", CASE_NUMBER, PERSONNUMMER, "811218", "FX216494")
    assert [secret for secret in secrets if secret in letter.as_string() + text] == []
