"""Signing: what other programs say of our signature, and what we refuse to sign."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader

from sp.personcert.foundation.pdf.checking import check
from sp.personcert.foundation.pdf.signing import CannotSign, pdf_date, sign
from tests.foundation.pdf import tampering
from tests.foundation.pdf.workshop import Workshop, sign_as


def _run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def signed_file(workshop: Workshop, tmp_path: Path) -> Path:
    """The signed document as a file."""
    path = tmp_path / "signed.pdf"
    path.write_bytes(workshop.signed)
    return path


def test_poppler_finds_the_signature_valid_and_over_the_whole_document(signed_file: Path) -> None:
    report = _run("pdfsig", "-nocert", signed_file)
    assert "Signature Validation: Signature is Valid." in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    assert "Signing Hash Algorithm: SHA-256" in report
    assert "SP Personcertifiering TEST Signer" in report


def test_qpdf_finds_no_fault(signed_file: Path) -> None:
    assert "No syntax or stream encoding errors found" in _run("qpdf", "--check", signed_file)


def test_signing_keeps_the_document_its_tags_and_its_properties(
    workshop: Workshop, signed_file: Path
) -> None:
    assert workshop.signed.startswith(workshop.plain)
    properties = _run("pdfinfo", signed_file)
    assert "Tagged:          yes" in properties
    assert "Certifikat SC1603-12" in properties
    assert "Åsa Öberg, Ängström" in _run("pdftotext", signed_file, "-")


def test_the_signature_closes_the_document_and_says_why_where_and_when(workshop: Workshop) -> None:
    catalog = PdfReader(io.BytesIO(workshop.signed)).trailer["/Root"]
    signature = catalog["/Perms"]["/DocMDP"]
    assert signature["/Reference"][0]["/TransformMethod"] == "/DocMDP"
    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert catalog["/AcroForm"]["/SigFlags"] == 3
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (signature["/Reason"], signature["/Location"]) == ("Certifikat utfärdat", "Borås")
    assert signature["/M"] == "D:20261123143015+00'00'"


def test_the_signature_itself_names_its_certificate_and_no_time(workshop: Workshop) -> None:
    """PAdES B-B: ESS signing-certificate-v2 is there, and the time stands in /M only (EN 319 142-1, 6.3)."""
    signer = tampering.read_cms(workshop.signed)["content"]["signer_infos"][0]
    attributes = {attribute["type"].native for attribute in signer["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1))), "D:20260102030405+01'00'"),
        (
            datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "D:20260102030405-03'30'",
        ),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "D:20260102030405+00'00'"),
    ],
)
def test_a_moment_is_written_as_a_pdf_date(moment: datetime, written: str) -> None:
    assert pdf_date(moment) == written


def test_a_moment_without_a_zone_is_an_error(workshop: Workshop) -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign(workshop.plain, workshop.key, reason="", location="", moment=datetime(2026, 1, 2))


@pytest.mark.parametrize(
    "unfit",
    [lambda w: w.signed, lambda w: tampering.encrypt(w.plain), lambda w: b"Hej!"],
    ids=["signed", "encrypted", "no PDF"],
)
def test_a_document_that_a_signature_would_break_is_refused(workshop: Workshop, unfit: object) -> None:
    with pytest.raises(CannotSign):
        sign_as(workshop.key, unfit(workshop))


def test_threads_do_not_disturb_each_other(workshop: Workshop) -> None:
    with ThreadPoolExecutor(4) as pool:
        signed = list(pool.map(lambda _: sign_as(workshop.key, workshop.plain), range(8)))
    assert all(check(pdf, workshop.trust).accepted for pdf in signed)


def test_the_stand_in_for_certvalidator_is_gone_after_the_import() -> None:
    program = (
        "import sys; from sp.personcert.foundation.pdf.endesive_import import cms; "
        "import pyhanko_certvalidator; print('certvalidator' in sys.modules, 'oscrypto' in sys.modules)"
    )
    assert _run(sys.executable, "-c", program).split() == ["False", "False"]
