"""The five formats: the name and the content must say the same (H110)."""

import io
import zipfile

import pytest

from sp.personcert.documents.domain import formats
from sp.personcert.documents.domain.formats import Format
from tests.documents.samples import REAL, office, ole

NOT_TAKEN = {
    "text": b"Avgangsbetyg",
    "program": b"MZ\x90\x00" + b"\0" * 60,
    "picture": b"\x89PNG\r\n\x1a\n",
    "web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "zip": office("readme.txt"),
    "broken zip": b"PK\x03\x04 and then nothing",
    "other compound file": ole("PowerPoint Document"),
    "broken compound file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing",
    "word without types": office("word/document.xml"),
    "nothing": b"",
    "late pdf": b"x" * 2000 + b"%PDF-1.4",
}


@pytest.mark.handbook("H110", "H124")
@pytest.mark.parametrize("kind", list(Format))
def test_each_format_is_known_by_its_content(kind):
    assert formats.real_format(REAL[kind]) is kind


@pytest.mark.handbook("H110")
@pytest.mark.parametrize("data", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_anything_else_is_no_format(data):
    assert formats.real_format(data) is None


def test_an_old_excel_workbook_is_excel():
    assert formats.real_format(ole("Book")) is Format.XLS


@pytest.mark.parametrize("kind", list(Format))
def test_a_broken_off_file_raises_nothing(kind):
    data = REAL[kind]
    for length in range(0, len(data), max(1, len(data) // 60)):
        formats.real_format(data[:length])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("betyg.pdf", Format.PDF),
        ("BETYG.PDF", Format.PDF),
        ("betyg.2013.docx", Format.DOCX),
        ("betyg.pdf.exe", None),
        ("betyg", None),
        ("pdf", None),
        ("betyg.pages", None),
        ("betyg.pdf ", None),
        ("", None),
    ],
)
def test_the_last_extension_says_what_a_name_claims(name, kind):
    assert formats.named_format(name) is kind


def test_each_format_has_a_media_type():
    assert set(formats.MEDIA_TYPES) == set(Format)


def test_a_small_zip_that_claims_to_be_enormous_is_judged_by_its_names_alone():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"\0" * 50_000_000)
        made.writestr("word/document.xml", "<x/>")
    assert len(stream.getvalue()) < 100_000
    assert formats.real_format(stream.getvalue()) is Format.DOCX


def test_a_file_of_very_many_members_is_not_read():
    """Half a million directory entries would take seconds and hundreds of megabytes."""
    parts = ["[Content_Types].xml", "word/document.xml", *(f"word/{number}" for number in range(5000))]
    assert formats.real_format(office(*parts)) is None


def test_a_directory_that_hides_behind_zip64_is_not_read():
    made = office("[Content_Types].xml", "word/document.xml")
    end = made.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    assert formats.real_format(made) is Format.DOCX
    assert formats.real_format(made[:end] + locator + made[end:]) is None
