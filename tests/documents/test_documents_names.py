"""Names of documents: the handbook's ten, and what a name must never hold."""

import re
import unicodedata
from datetime import date, datetime

import pytest

from sp.personcert.documents.domain import names

CUSTOMER = "C129289"
UPLOADS = (
    ("Tjänstgöringsintyg_C129289_130315_083310.pdf", "Tjänstgöringsintyg", datetime(2013, 3, 15, 8, 33, 10)),
    ("Avgångsbetyg_C129289_130311_114105.pdf", "Avgångsbetyg", datetime(2013, 3, 11, 11, 41, 5)),
    ("Avgångsbetyg_C129289_121129_104620.docx", "Avgångsbetyg", datetime(2012, 11, 29, 10, 46, 20)),
    ("Avgångsbetyg_C129289_120611_110117.pdf", "Avgångsbetyg", datetime(2012, 6, 11, 11, 1, 17)),
    ("Intyg_Svetsprov_C129289_121207_075124.pdf", "Intyg Svetsprov", datetime(2012, 12, 7, 7, 51, 24)),
    ("Övrig_Bilaga_C129289_120123_130022.pdf", "Övrig Bilaga", datetime(2012, 1, 23, 13, 0, 22)),
    ("Övrig_Bilaga_C129289_111222_111757.docx", "Övrig Bilaga", datetime(2011, 12, 22, 11, 17, 57)),
)
LETTERS = (
    ("Kompletteringsbrev_NyCert_ca555436_2013-03-15.pdf", date(2013, 3, 15)),
    ("Kompletteringsbrev_NyCert_ca555436_2012-12-07.pdf", date(2012, 12, 7)),
)


@pytest.mark.handbook("H85", "H127")
@pytest.mark.parametrize(("name", "label", "stamp"), UPLOADS, ids=[row[0] for row in UPLOADS])
def test_an_upload_is_named_as_in_the_handbook(name, label, stamp):
    stem = names.upload_stem(label, CUSTOMER, stamp)
    assert names.free_name(stem, name.rpartition(".")[2], ()) == name


@pytest.mark.handbook("H85")
@pytest.mark.parametrize(("name", "day"), LETTERS, ids=[row[0] for row in LETTERS])
def test_a_letter_is_named_as_in_the_handbook(name, day):
    assert names.free_name(names.letter_stem("NyCert", "ca555436", day), "pdf", ()) == name


@pytest.mark.handbook("H85")
def test_a_certificate_is_named_as_in_the_handbook():
    stem = names.certificate_stem("SC1603-12", CUSTOMER, date(2013, 5, 31))
    assert names.free_name(stem, "pdf", ()) == "Certifikat_SC1603-12_C129289_2013-05-31.pdf"


def test_the_extension_is_in_lower_case():
    assert names.free_name("Avgångsbetyg", "PDF", ()) == "Avgångsbetyg.pdf"


def test_a_taken_name_gets_a_number():
    taken = {"Avgångsbetyg.pdf", "Avgångsbetyg_2.pdf"}
    assert names.free_name("Avgångsbetyg", "pdf", taken) == "Avgångsbetyg_3.pdf"


def test_letters_are_composed():
    label = unicodedata.normalize("NFD", "Avgångsbetyg")
    stem = names.upload_stem(label, CUSTOMER, datetime(2013, 3, 11, 11, 41, 5))
    assert stem == unicodedata.normalize("NFC", stem) == "Avgångsbetyg_C129289_130311_114105"


@pytest.mark.parametrize(
    "label", ["../../etc/passwd", 'a"; filename=x', "intyg\r\nSet-Cookie: x", "a\x00b", "\u202efdp"]
)
def test_nothing_in_a_label_can_mislead_a_path_or_a_header(label):
    stem = names.upload_stem(label, CUSTOMER, datetime(2013, 3, 11, 11, 41, 5))
    assert re.fullmatch(r"[\w-]+", stem)


def test_a_name_breaks_after_each_underscore_and_loses_nothing():
    name = "Övrig_Bilaga_C129289_120123_130022.pdf"
    parts = names.breakable(name)
    assert parts == ("Övrig_", "Bilaga_", "C129289_", "120123_", "130022.pdf")
    assert "".join(names.breakable("__x__y")) == "__x__y"
