"""What stock Plone 6.2.2 takes in and hands out as files, and what is stored and sent here instead (F10)."""

from typing import Any

import pytest
import transaction
from webtest import Upload

from sp.personcert.checklist import queries
from sp.personcert.documents.domain.formats import Format
from tests.documents.samples import REAL
from tests.reading import address

HTML = b"<html><script>alert(1)</script></html>"


def upload(ceper: Any, drillers: Any, name: str, data: bytes, said: str) -> Any:
    """Send a file in the dialog of a slot; ``said`` is the type that the browser claims."""
    page = ceper.see(address(drillers, "ladda-upp?plats=hot_work"))
    form = next(form for form in page.forms.values() if "what" in form.fields)
    form["file"] = Upload(name, data, said)
    return ceper.submit(form)


def kept(drillers: Any) -> Any:
    """What is stored for the slot."""
    transaction.begin()
    return queries.newest(drillers, "hot_work")


@pytest.mark.wall
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("virus.exe", b"MZ\x90\x00" * 10, "application/pdf"),
        ("intyg.pdf", HTML, "application/pdf"),
        ("intyg.pdf.exe", REAL[Format.PDF], "application/pdf"),
        ("intyg.html", HTML, "text/html"),
        ("intyg.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "image/svg+xml"),
        ("stor.pdf", REAL[Format.PDF] + bytes(26_000_000), "application/pdf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_f10_only_what_it_says_it_is_gets_in(
    ceper: Any, drillers: Any, name: str, data: bytes, said: str
) -> None:
    """Stock: ``virus.exe`` was stored (302), HTML named ``intyg.pdf`` and 40 MB too."""
    before = {*drillers.objectIds(), *drillers.__parent__.objectIds()}
    assert upload(ceper, drillers, name, data, said).status_int == 422
    assert kept(drillers) is None
    assert {*drillers.objectIds(), *drillers.__parent__.objectIds()} == before


@pytest.mark.wall
def test_f10_what_comes_out_is_what_came_in_and_is_never_shown(ceper: Any, drillers: Any) -> None:
    """Stock: served inline, without nosniff, CSP or Cache-Control; HTML of 38 bytes came out as 173,
    rewritten by plone.protect's transform.
    """
    data = REAL[Format.PDF] + HTML
    assert upload(ceper, drillers, "<b>intyg</b>.pdf", data, "text/html").status_int == 303
    document = queries.document_of(drillers, kept(drillers))
    answer = ceper.see(address(document, "hamta"))
    assert answer.body == data == document.read()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "<b>" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    for stock in ("@@download/file", "@@display-file/file", "@@images", "file", "view", "SearchableText"):
        assert ceper.see(f"{address(document)}/{stock}").status_int == 404


@pytest.mark.wall
def test_f10_no_text_of_a_file_is_indexed(ceper: Any, portal: Any, drillers: Any) -> None:
    """Stock: ``pdftotext`` ran in the request, and the words went into the catalogue and its lexicon."""
    upload(ceper, drillers, "intyg.pdf", REAL[Format.PDF], "application/pdf")
    assert kept(drillers) is not None
    assert not portal.portal_catalog.unrestrictedSearchResults(SearchableText="Avgångsbetyg")
    lexicon = portal.portal_catalog.plone_lexicon
    assert not [word for word in lexicon.words() if "avgangsbetyg" in word or "avgångsbetyg" in word]
