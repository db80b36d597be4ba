"""The dialog Uppladdning av dokument: one slot, a file or a reason."""

from datetime import datetime

import pytest
import transaction
from plone import api
from webtest import Upload

from sp.personcert.checklist import queries
from sp.personcert.documents.domain.formats import Format
from tests.documents.samples import REAL
from tests.reading import address, tree, words

SHOWN = datetime(2013, 3, 18, 11, 41, 5)
STEM = "Heta_arbeten_C129289_130318_114105"
NOT_TAKEN = {
    "a text": ("betyg.pdf", b"Avgangsbetyg", "Filen är inte en PDF-, Word- eller Excelfil."),
    "a program": ("betyg.exe", b"MZ\x90\x00", "Filen är inte en PDF-, Word- eller Excelfil."),
    "another format": ("betyg.docx", REAL[Format.PDF], "Filen är inte en PDF-, Word- eller Excelfil."),
    "no extension": ("betyg", REAL[Format.PDF], "Filen är inte en PDF-, Word- eller Excelfil."),
    "an empty file": ("betyg.pdf", b"", "Filen är tom. Välj en annan fil."),
}


@pytest.fixture
def ceper(visitor, at):
    """The customer at a browser, at a known moment."""
    at(SHOWN)
    return visitor("ceper")


@pytest.fixture
def dialog(ceper, drillers):
    """The dialog of the slot Heta arbeten, which nobody has answered."""
    return ceper.see(address(drillers, "ladda-upp?plats=hot_work"))


def form_of(page):
    """The form of the dialog."""
    return next(form for form in page.forms.values() if "what" in form.fields)


def answer(case):
    """What is stored for the slot."""
    transaction.begin()
    return queries.newest(case, "hot_work")


def filled(page, name: str = "betyg.pdf", data: bytes = REAL[Format.PDF], note: str = ""):
    """The form with a file."""
    form = form_of(page)
    form["file"], form["note"] = Upload(name, data), note
    return form


@pytest.mark.handbook("H120", "H121", "H122", "H124", "H125", "H126", "H127", "H128")
def test_the_dialog_shows_what_the_handbook_shows(dialog):
    assert [words(h1) for h1 in tree(dialog).xpath("//h1")] == ["Uppladdning av dokument"]
    said = words(tree(dialog).xpath("//main")[0])
    for text in (
        "Ladda upp dokument",
        "Meddela varför dokument ej kan laddas upp",
        "Dokument för: CE Person Test, 811218-9876",
        "Dokumenttyp: Betyg/Intyg",
        "Fil att bifoga",
        "Tillåtna filformat: pdf,doc,xls,docx,xlsx",
        "Bläddra",
        f'Dokumentnamn: "{STEM}"',
        "Notering:",
    ):
        assert text.replace(": ", ":").replace(" ", "") in said.replace(": ", ":").replace(" ", ""), text
    assert form_of(dialog)["what"].value == "upload"
    assert "Överför" in said and "Stäng" in said and tree(dialog).xpath("//button[@class='kw-i']")


@pytest.mark.handbook("H127", "H128", "H129", "H130")
def test_overfor_keeps_the_file_under_the_name_that_was_shown(ceper, drillers, dialog, at):
    at(datetime(2013, 3, 18, 11, 59, 59))
    receipt = ceper.submit(filled(dialog)).follow()
    said = words(tree(receipt).xpath("//*[@role='status']")[0])
    assert f'Din fil "{STEM}.pdf" har laddats upp till dokumentbiblioteket' in said
    assert "Glöm inte att skicka in resterande dokument eller lämna meddelande." in said
    assert 'När du har laddat upp alla dokument ska du klicka på "MEDDELA OSS".' in said
    table = ceper.see(tree(receipt).xpath("//a[normalize-space(.)='Stäng']/@href")[0])
    assert f"Dokument {STEM}.pdf är uppladdat" in words(table)
    document = queries.document_of(drillers, answer(drillers))
    assert document.read() == REAL[Format.PDF] and document.archived_at.minute == 59


@pytest.mark.handbook("H110", "H128")
@pytest.mark.parametrize("kind", list(Format))
def test_each_of_the_five_formats_is_taken_in(ceper, drillers, dialog, kind):
    receipt = ceper.submit(filled(dialog, f"MITT BETYG.{kind.upper()}", REAL[kind])).follow()
    assert f"{STEM}.{kind}" in words(receipt)
    assert queries.document_of(drillers, answer(drillers)).format is kind


@pytest.mark.handbook("H110")
@pytest.mark.parametrize("case_name", NOT_TAKEN)
def test_anything_else_is_refused_with_a_sentence(ceper, drillers, dialog, case_name):
    name, data, sentence = NOT_TAKEN[case_name]
    page = ceper.submit(filled(dialog, name, data, note="test ny miljö"))
    assert page.status_int == 422 and sentence in words(tree(page).xpath("//*[@role='alert']")[0])
    assert form_of(page)["note"].value == "test ny miljö" and f'"{STEM}"' in words(page)
    assert answer(drillers) is None


@pytest.mark.handbook("H128")
def test_without_a_file_the_dialog_asks_for_one(ceper, drillers, dialog):
    page = ceper.submit(form_of(dialog))
    assert page.status_int == 422 and "Välj en fil först." in words(page)
    assert tree(page).xpath("//input[@id='file']/@aria-invalid") == ["true"] and answer(drillers) is None


def test_a_too_large_file_is_refused(ceper, drillers, dialog):
    api.portal.set_registry_record("sp.personcert.max_upload_bytes", 2_000_000)
    transaction.commit()
    page = ceper.submit(filled(dialog, data=REAL[Format.PDF] + b"\0" * 2_000_000))
    assert page.status_int == 422 and "Filen är för stor, högst 2 MB." in words(page)
    assert answer(drillers) is None


@pytest.mark.handbook("H126")
def test_the_note_is_kept_with_the_document_and_shown_in_the_archive(ceper, drillers, dialog):
    ceper.submit(filled(dialog, note="Sidorna 1–4"))
    assert queries.document_of(drillers, answer(drillers)).note == "Sidorna 1–4"
    assert "Sidorna 1–4" in words(ceper.see(address(drillers, "arkiv")))


@pytest.mark.handbook("H121", "H123")
def test_a_reason_answers_the_slot_and_stands_in_its_row(ceper, drillers, dialog):
    form = form_of(dialog)
    form["what"], form["reason"] = "reason", "Kursen är bokad till 2 december."
    page = ceper.submit(form).follow()
    assert "Ditt meddelande är sparat" in words(tree(page).xpath("//main//*[@role='status']")[0])
    assert "”Kursen är bokad till 2 december.”" in words(page)
    assert answer(drillers).reason == "Kursen är bokad till 2 december."


@pytest.mark.handbook("H123")
def test_an_empty_reason_is_refused_and_the_choice_stays(ceper, drillers, dialog):
    form = form_of(dialog)
    form["what"] = "reason"
    page = ceper.submit(form)
    assert page.status_int == 422 and "Skriv varför dokumentet inte kan laddas upp." in words(page)
    assert form_of(page)["what"].value == "reason" and answer(drillers) is None


@pytest.mark.parametrize("view", ["ladda-upp", "ladda-upp?plats=x", "ladda-upp?plats=hot_work&klart=x"])
def test_a_slot_or_receipt_that_does_not_exist_is_not_there(ceper, drillers, view):
    assert ceper.see(address(drillers, view)).status_int == 404
