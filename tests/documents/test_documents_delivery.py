"""Headers of a download: it is saved under its own name and never shown inside the site."""

import unicodedata
from urllib.parse import unquote

from sp.personcert.documents.domain.delivery import disposition, headers

NAME = "Övrig_Bilaga_C129289_120123_130022.pdf"


def test_a_download_is_saved_and_sandboxed():
    found = headers(NAME, "application/pdf", 1234)
    assert found["Content-Disposition"].startswith("attachment; ")
    assert found["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Cache-Control"] == "private, no-store"
    assert found["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (found["Content-Type"], found["Content-Length"]) == ("application/pdf", "1234")


def test_the_name_goes_out_whole_and_composed():
    said = disposition(unicodedata.normalize("NFD", NAME))
    assert unquote(said.partition("filename*=UTF-8''")[2]) == NAME


def test_old_programs_get_a_plain_name():
    assert 'filename="Ovrig_Bilaga_C129289_120123_130022.pdf"' in disposition(NAME)


def test_no_name_can_add_a_header_or_a_parameter():
    said = disposition('a"; filename=evil.exe\r\nSet-Cookie: x=1')
    assert "\r" not in said and "\n" not in said
    assert said.count('"') == 2 and said.count(";") == 2
